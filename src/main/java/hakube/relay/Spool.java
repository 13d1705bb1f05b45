package hakube.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Holds a body whose length must be known before it goes on, and was not told: on disk, but for small ones. As many may do that at
 * once as fit on a small disk.
 */
final class Spool implements AutoCloseable {

    /** Of a body that is not streamed; the contract's limit. */
    static final long LARGEST = 16L * 1024 * 1024;

    private static final Semaphore FILES = new Semaphore(16);
    private static final long PATIENCE_SECONDS = 30;

    private final ByteBuffer memory;
    /** Null for a small body. */
    private final FileChannel file;

    private final long length;

    private Spool(ByteBuffer memory, FileChannel file, long length) {
        this.memory = memory;
        this.file = file;
        this.length = length;
    }

    /**
     * Reads all of it.
     *
     * @return empty when it is larger than {@link #LARGEST}
     * @throws ClientWire.ClientGone the client went before the end
     * @throws IOException there is no room
     */
    static Optional<Spool> of(RequestBody body) throws IOException {
        byte[] start = new byte[Buffers.LARGE];
        int length = 0;
        while (length < start.length) {
            int count = body.read(start, length, start.length - length);
            if (count < 0) {
                return Optional.of(new Spool(ByteBuffer.wrap(Arrays.copyOf(start, length)), null, length));
            }
            length += count;
        }
        return onDisk(start, body);
    }

    long length() {
        return length;
    }

    /** As of a stream: at least one octet, -1 at the end. */
    int read(byte[] into, int offset, int count) throws IOException {
        if (file != null) {
            return file.read(ByteBuffer.wrap(into, offset, count));
        }
        if (!memory.hasRemaining()) {
            return -1;
        }
        int some = Math.min(count, memory.remaining());
        memory.get(into, offset, some);
        return some;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            try (file) {
                FILES.release();
            }
        }
    }

    private static Optional<Spool> onDisk(byte[] buffer, RequestBody body) throws IOException {
        takePlace();
        Spool spool = null;
        try {
            FileChannel file = open();
            try {
                long length = copy(buffer, body, file);
                spool = length > LARGEST ? null : new Spool(null, file.position(0), length);
                return Optional.ofNullable(spool);
            } finally {
                if (spool == null) {
                    file.close();
                }
            }
        } finally {
            if (spool == null) {
                FILES.release();
            }
        }
    }

    /** Linux forgets its name at once: nothing is left of it, however the process ends. */
    private static FileChannel open() throws IOException {
        Path path = Files.createTempFile("hakube-body-", "");
        return FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** Gives up when it is too large. */
    private static long copy(byte[] buffer, RequestBody body, FileChannel file) throws IOException {
        long total = 0;
        for (int count = buffer.length; count >= 0 && total <= LARGEST; count = body.read(buffer, 0, buffer.length)) {
            total += count;
            ByteBuffer rest = ByteBuffer.wrap(buffer, 0, count);
            while (rest.hasRemaining()) {
                file.write(rest);
            }
        }
        return total;
    }

    private static void takePlace() throws IOException {
        try {
            if (!FILES.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new FarFailure("too many bodies wait for their length");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FarFailure("the process ends", e);
        }
    }
}
