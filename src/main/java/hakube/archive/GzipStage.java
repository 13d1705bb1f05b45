package hakube.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.Future;
import java.util.zip.CRC32;

/** One member of gzip (RFC 1952), made by several threads. */
final class GzipStage implements BlockPipe.Stage {

    /** Deflate, no name, no time, an unknown system. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private final Compressors compressors;
    private final OutputStream target;
    private final CRC32 sum = new CRC32();
    private long length;
    private boolean hasBegun;

    GzipStage(Compressors compressors, OutputStream target) {
        this.compressors = compressors;
        this.target = target;
    }

    @Override
    public Future<?> begin(Block block) {
        return compressors.begin(block);
    }

    @Override
    public void write(Block block) throws IOException {
        if (!hasBegun) {
            target.write(HEADER);
            hasBegun = true;
        }
        sum.update(block.content, 0, block.length);
        length += block.length;
        target.write(block.made, 0, block.madeLength);
    }

    @Override
    public boolean looksBack() {
        return true;
    }

    @Override
    public void finish() throws IOException {
        target.write(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) sum.getValue())
                .putInt((int) length)
                .array());
    }
}
