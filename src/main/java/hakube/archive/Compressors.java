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
 *
 * <p>Pictures, films and what is packed already cannot be made smaller, and trying costs the most time: a block that looks so, and whose
 * begin indeed does not become smaller, is stored as it is.
 */
final class Compressors implements Closeable {

    private static final int LEVEL = 6;

    /** More than deflate adds to what cannot be compressed, in octets. */
    private static final int SLACK = 1024;

    /** How much of a block is tried, in octets, and what of it has to be saved at least. */
    private static final int TRIAL = 8 * 1024;

    private static final int LEAST_SAVING = TRIAL / 64;

    /** What one worker compresses with. */
    private record Worker(Deflater thorough, Deflater storing) {

        Worker() {
            this(new Deflater(LEVEL, true), new Deflater(Deflater.NO_COMPRESSION, true));
        }
    }

    private final ExecutorService threads;
    private final BlockingQueue<Worker> workers = new LinkedBlockingQueue<>();
    private final int number;

    Compressors(int number) {
        this.number = number;
        ThreadFactory factory =
                Thread.ofPlatform().name("backup-gzip-", 0).daemon().factory();
        threads = Executors.newFixedThreadPool(
                number,
                work -> factory.newThread(() -> {
                    Courtesy.ofThisThread();
                    work.run();
                }));
        for (int i = 0; i < number; i++) {
            workers.add(new Worker());
        }
    }

    int number() {
        return number;
    }

    Future<?> begin(Block block) {
        return threads.submit(() -> compress(block));
    }

    private void compress(Block block) {
        Worker worker = workers.remove();
        try {
            if (block.made.length < Block.SIZE + SLACK) {
                block.made = new byte[Block.SIZE + SLACK];
            }
            boolean isHopeless = Noise.looksLike(block.content, block.length) && !isSmaller(worker.thorough(), block);
            deflate(isHopeless ? worker.storing() : worker.thorough(), block);
        } finally {
            workers.add(worker);
        }
    }

    private static boolean isSmaller(Deflater deflater, Block block) {
        begin(deflater, block);
        int trial = Math.min(TRIAL, block.length);
        deflater.setInput(block.content, 0, trial);
        return deflater.deflate(block.made, 0, block.made.length, Deflater.SYNC_FLUSH) < trial - LEAST_SAVING;
    }

    private static void deflate(Deflater deflater, Block block) {
        begin(deflater, block);
        deflater.setInput(block.content, 0, block.length);
        if (block.isLast) {
            deflater.finish();
        }
        block.madeLength = deflater.deflate(
                block.made, 0, block.made.length, block.isLast ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
        if (block.madeLength == block.made.length || block.isLast && !deflater.finished()) {
            throw new IllegalStateException("a block became larger by compression than deflate allows");
        }
    }

    private static void begin(Deflater deflater, Block block) {
        deflater.reset();
        if (block.beforeLength > 0) {
            deflater.setDictionary(block.before, 0, block.beforeLength);
        }
    }

    @Override
    public void close() {
        threads.close();
        for (Worker worker : workers) {
            worker.thorough().end();
            worker.storing().end();
        }
    }
}
