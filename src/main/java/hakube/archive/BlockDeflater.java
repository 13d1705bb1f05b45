package hakube.archive;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/**
 * Deflates one block after the other, each with the end of the block before as its dictionary and each ending on an octet. By one thread
 * at a time.
 *
 * <p>Pictures, films and what is packed already cannot be made smaller, and trying costs the most time: a block that looks so, and whose
 * begin indeed does not become smaller, is stored as it is.
 *
 * <p>It copies what it works on into memory outside of the heap: on an array no collection of the heap can begin until zlib is through
 * with it, and everybody who needs memory would wait for a thread that lets everybody else go first ({@link Courtesy}).
 */
final class BlockDeflater implements Closeable {

    private static final int LEVEL = 6;

    /** More than deflate adds to what cannot be compressed, in octets. */
    private static final int SLACK = 1024;

    /** How much of a block is tried, in octets, and what of it has to be saved at least. */
    private static final int TRIAL = 8 * 1024;

    private static final int LEAST_SAVING = TRIAL / 64;

    /** Of a step, in octets: a fifth of a millisecond, since for so long two who want to run may wait for each other. */
    private static final int STEP = 4 * 1024;

    private final Courtesy courtesy = new Courtesy();
    private final Deflater thorough = new Deflater(LEVEL, true);
    private final Deflater storing = new Deflater(Deflater.NO_COMPRESSION, true);
    private final ByteBuffer content = ByteBuffer.allocateDirect(Block.SIZE);
    private final ByteBuffer before = ByteBuffer.allocateDirect(Block.WINDOW);
    private final ByteBuffer made = ByteBuffer.allocateDirect(Block.SIZE + SLACK);

    /** Fills {@link Block#made}. */
    void deflate(Block block) {
        content.clear().put(block.content, 0, block.length).flip();
        before.clear().put(block.before, 0, block.beforeLength).flip();
        boolean isHopeless = Noise.looksLike(block.content, block.length) && !isSmaller(block.length);
        deflate(isHopeless ? storing : thorough, block.isLast);
        if (block.made.length < made.capacity()) {
            block.made = new byte[made.capacity()];
        }
        block.madeLength = made.flip().remaining();
        made.get(block.made, 0, block.madeLength);
    }

    private boolean isSmaller(int length) {
        begin(thorough);
        int trial = Math.min(TRIAL, length);
        thorough.setInput(content.slice(0, trial));
        return thorough.deflate(made, Deflater.SYNC_FLUSH) < trial - LEAST_SAVING;
    }

    private void deflate(Deflater deflater, boolean isLast) {
        begin(deflater);
        courtesy.begin();
        int at = 0;
        for (; at + STEP < content.limit(); at += STEP) {
            deflater.setInput(content.slice(at, STEP));
            deflater.deflate(made, Deflater.NO_FLUSH);
            courtesy.step();
        }
        deflater.setInput(content.slice(at, content.limit() - at));
        if (isLast) {
            deflater.finish();
        }
        deflater.deflate(made, isLast ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
        if (!made.hasRemaining() || isLast && !deflater.finished()) {
            throw new IllegalStateException("a block became larger by compression than deflate allows");
        }
    }

    private void begin(Deflater deflater) {
        made.clear();
        deflater.reset();
        if (before.hasRemaining()) {
            deflater.setDictionary(before.duplicate());
        }
    }

    @Override
    public void close() {
        thorough.end();
        storing.end();
    }
}
