package hakube.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Future;

/** Blocks as they are, summed up by several threads; the target is closed behind the last one. */
record SumStage(Digesters digesters, BlockDigest digest, OutputStream target) implements BlockPipe.Stage {

    @Override
    public Future<?> begin(Block block) {
        return digesters.begin(block);
    }

    @Override
    public void write(Block block) throws IOException {
        target.write(block.content, 0, block.length);
        if (block.length > 0) {
            digest.add(block.made);
        }
    }

    @Override
    public void finish() throws IOException {
        target.close();
    }
}
