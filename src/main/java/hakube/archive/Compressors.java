package hakube.archive;

import java.io.Closeable;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.zip.Deflater;

/**
 * Threads that deflate blocks side by side, each with the end of the block before as its dictionary and each ending on an octet: put
 * one behind the other they are one stream, as {@code pigz} makes it.
 */
final class Compressors implements Closeable {

    private static final int LEVEL = 6;

    /** More than deflate adds to what cannot be compressed, in octets. */
    private static final int SLACK = 1024;

    private final ExecutorService threads;
    private final BlockingQueue<Deflater> deflaters = new LinkedBlockingQueue<>();
    private final int number;

    Compressors(int number) {
        this.number = number;
        ThreadFactory factory =
                Thread.ofPlatform().name("backup-gzip-", 0).daemon().factory();
        threads = Executors.newFixedThreadPool(number, work -> factory.newThread(() -> {
            Courtesy.ofThisThread();
            work.run();
        }));
        for (int i = 0; i < number; i++) {
            deflaters.add(new Deflater(LEVEL, true));
        }
    }

    int number() {
        return number;
    }

    Future<?> begin(Block block) {
        return threads.submit(() -> compress(block));
    }

    private void compress(Block block) {
        Deflater deflater = deflaters.remove();
        try {
            if (block.made.length < Block.SIZE + SLACK) {
                block.made = new byte[Block.SIZE + SLACK];
            }
            deflater.reset();
            if (block.beforeLength > 0) {
                deflater.setDictionary(block.before, 0, block.beforeLength);
            }
            deflater.setInput(block.content, 0, block.length);
            if (block.isLast) {
                deflater.finish();
            }
            block.madeLength = deflater.deflate(
                    block.made, 0, block.made.length, block.isLast ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
            if (block.madeLength == block.made.length || block.isLast && !deflater.finished()) {
                throw new IllegalStateException("a block became larger by compression than deflate allows");
            }
        } finally {
            deflaters.add(deflater);
        }
    }

    @Override
    public void close() {
        threads.close();
        deflaters.forEach(Deflater::end);
    }
}
