package hakube.archive;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Octets on their way into the file: taken in blocks, worked on side by side, and written in their order by a thread of its own. So
 * many blocks are under way at most; whoever writes waits then.
 */
final class BlockPipe extends OutputStream {

    /** What becomes of a block. */
    interface Stage {

        /** Begins; a block's content stays as it is until the future is done and {@link #write} was called. */
        Future<?> begin(Block block);

        void write(Block block) throws IOException;

        /** After the last block. */
        void finish() throws IOException;

        /** Whether a block needs the end of the one before it. */
        default boolean looksBack() {
            return false;
        }
    }

    private final Stage stage;
    private final BlockingQueue<Block> free;
    private final BlockingQueue<Block> begun;
    private final Thread writer;
    private volatile Throwable failure;
    private Block current;

    /** @param ahead how many blocks are under way at most */
    BlockPipe(Stage stage, int ahead) {
        this.stage = stage;
        free = new ArrayBlockingQueue<>(ahead);
        begun = new ArrayBlockingQueue<>(ahead);
        for (int i = 1; i < ahead; i++) {
            free.add(new Block());
        }
        current = new Block();
        writer = Thread.ofPlatform().name("backup-writer").daemon().start(this::writeAll);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        while (at < from + length) {
            int part = Math.min(from + length - at, current.room());
            System.arraycopy(bytes, at, current.content, current.length, part);
            current.length += part;
            at += part;
            passOnWhatIsFull();
        }
    }

    /** All that is left in it. */
    void write(ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            int part = Math.min(octets.remaining(), current.room());
            octets.get(current.content, current.length, part);
            current.length += part;
            passOnWhatIsFull();
        }
    }

    /** Zeros. */
    void fill(long length) throws IOException {
        long left = length;
        while (left > 0) {
            int part = (int) Math.min(left, current.room());
            Arrays.fill(current.content, current.length, current.length + part, (byte) 0);
            current.length += part;
            left -= part;
            passOnWhatIsFull();
        }
    }

    /** Takes so many octets at most. @return how many it were before the end */
    long transfer(ReadableByteChannel source, long most) throws IOException {
        long taken = 0;
        while (taken < most) {
            int part = (int) Math.min(most - taken, current.room());
            int read = source.read(ByteBuffer.wrap(current.content, current.length, part));
            if (read < 0) {
                return taken;
            }
            current.length += read;
            taken += read;
            passOnWhatIsFull();
        }
        return taken;
    }

    /** Writes all that is under way; with it the pipe has ended. */
    void finish() throws IOException {
        current.isLast = true;
        passOn();
        join();
        requireNoFailure();
    }

    /**
     * Gives up unless it has ended; nothing more is written when it returns. Not by an interrupt: that would close the file, which goes
     * on without this part.
     */
    void abort() {
        if (current != null) {
            if (failure == null) {
                failure = new InterruptedIOException("given up");
            }
            current.isLast = true;
            current.work = CompletableFuture.completedFuture(null);
            begun.add(current);
            current = null;
        }
        Joining.of(writer);
    }

    private void passOnWhatIsFull() throws IOException {
        if (current.room() == 0) {
            passOn();
        }
    }

    private void passOn() throws IOException {
        requireNoFailure();
        boolean wasLast = current.isLast;
        Block next = wasLast ? null : take();
        if (next != null) {
            next.clear();
            if (stage.looksBack()) {
                next.follow(current);
            }
        }
        current.work = stage.begin(current);
        begun.add(current);
        current = next;
    }

    private Block take() throws IOException {
        try {
            return free.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while it was written");
        }
    }

    private void join() throws IOException {
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while it was written");
        }
    }

    private void requireNoFailure() throws IOException {
        Throwable found = failure;
        if (found != null) {
            throw new IOException(found.getMessage(), found);
        }
    }

    /** Goes on taking blocks after a failure, so that nobody waits for a free one for ever. */
    private void writeAll() {
        try {
            boolean isLast = false;
            while (!isLast) {
                Block block = begun.take();
                isLast = block.isLast;
                write(block, isLast);
                free.add(block);
            }
        } catch (InterruptedException nobodyDoes) {
            failure = nobodyDoes;
        }
    }

    private void write(Block block, boolean isLast) throws InterruptedException {
        try {
            block.work.get();
            if (failure == null) {
                stage.write(block);
                if (isLast) {
                    stage.finish();
                }
            }
        } catch (ExecutionException e) {
            failure = e.getCause();
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
    }
}
