package hakube.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** Blocks as they are. */
record PlainStage(OutputStream target) implements BlockPipe.Stage {

    @Override
    public Future<?> begin(Block block) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void write(Block block) throws IOException {
        target.write(block.content, 0, block.length);
    }

    @Override
    public void finish() {
        // Nothing is held back.
    }
}
