package hakube.archive;

import java.io.Closeable;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that sum up blocks side by side. */
final class Digesters implements Closeable {

    private final ExecutorService threads;
    private final int number;

    Digesters(int number) {
        this.number = number;
        threads = Executors.newFixedThreadPool(number, Courtesy.threads("backup-digest-"));
    }

    /** What is written to it goes on as it is, and is summed up on the way; behind the last of it the target is closed. */
    BlockPipe before(OutputStream target, BlockDigest digest) {
        return new BlockPipe(new SumStage(this, digest, target), 2 * number + 2);
    }

    /** Leaves its SHA-256 as what is made of the block. */
    Future<?> begin(Block block) {
        return threads.submit(() -> sum(block));
    }

    private static void sum(Block block) {
        MessageDigest digest = Digests.sha256();
        digest.update(block.content, 0, block.length);
        block.made = digest.digest();
        block.madeLength = block.made.length;
    }

    @Override
    public void close() {
        threads.close();
    }
}
