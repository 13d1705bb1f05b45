package hakube.archive;

import java.io.Closeable;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/** Threads that deflate blocks side by side: what they make is one stream, put one behind the other, as {@code pigz} makes it. */
final class Compressors implements Closeable {

    private final ExecutorService threads;
    private final BlockingQueue<BlockDeflater> deflaters = new LinkedBlockingQueue<>();
    private final int number;

    Compressors(int number) {
        this.number = number;
        threads = Executors.newFixedThreadPool(number, Courtesy.threads("backup-gzip-"));
        for (int i = 0; i < number; i++) {
            deflaters.add(new BlockDeflater());
        }
    }

    int number() {
        return number;
    }

    Future<?> begin(Block block) {
        return threads.submit(() -> compress(block));
    }

    private void compress(Block block) {
        BlockDeflater deflater = deflaters.remove();
        try {
            deflater.deflate(block);
        } finally {
            deflaters.add(deflater);
        }
    }

    @Override
    public void close() {
        threads.close();
        deflaters.forEach(BlockDeflater::close);
    }
}
