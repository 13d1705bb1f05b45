package hakube.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A new file that knows the digest of what it should hold. It consists of stretches: what is changed afterwards, such as a header that
 * gets its size last, is one of its own.
 */
public final class CheckedFile implements Closeable {

    /** What is at one place. */
    private record Stretch(long offset, long length, byte[] digest) {}

    private final Path path;
    private final FileChannel channel;
    private final List<Stretch> stretches = new ArrayList<>();
    private long size;

    private CheckedFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** @param path must not exist */
    public static CheckedFile create(Path path) throws IOException {
        return new CheckedFile(path, FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    /** In octets. */
    long size() {
        return size;
    }

    /** Leaves room for what {@link #fill} brings. @return its offset */
    long reserve(int length) throws IOException {
        long offset = size;
        put(offset, new byte[length], 0, length);
        size += length;
        return offset;
    }

    /** Fills what was reserved. */
    void fill(long offset, byte[] content) throws IOException {
        put(offset, content, 0, content.length);
        stretches.add(new Stretch(offset, content.length, new BlockDigest().digest(content)));
    }

    /** A stretch of its own at the end. */
    void append(byte[] content) throws IOException {
        fill(size, content);
        size += content.length;
    }

    /** A stretch of its own at the end, which ends when the stream is closed. */
    public OutputStream append() {
        BlockDigest digest = new BlockDigest();
        return new DigestOutputStream(new Growing(size, digest), digest);
    }

    /** As {@link #append()}, written by a thread of its own and summed up by others. The stretch ends with the pipe. */
    BlockPipe append(Digesters digesters) {
        BlockDigest digest = new BlockDigest();
        return digesters.before(new Growing(size, digest), digest);
    }

    /** Forgets and cuts off all from that offset on. */
    void cut(long offset) throws IOException {
        stretches.removeIf(stretch -> stretch.offset() >= offset);
        channel.truncate(offset);
        size = offset;
    }

    /** Waits until all is on disk, then reads it again. @throws IOException it is not what was written */
    public void verify() throws IOException {
        channel.force(true);
        if (channel.size() != size) {
            throw new IOException("it has " + channel.size() + " octets on disk instead of " + size);
        }
        stretches.sort(Comparator.comparingLong(Stretch::offset));
        try (StoredOctets stored = StoredOctets.open(path);
                Digesters digesters = new Digesters(Runtime.getRuntime().availableProcessors())) {
            long at = 0;
            for (Stretch stretch : stretches) {
                if (stretch.offset() != at
                        || !MessageDigest.isEqual(stretch.digest(), stored.digest(stretch.length(), digesters))) {
                    throw new IOException("what is on disk from octet " + at + " on is not what was written");
                }
                at += stretch.length();
            }
            if (at != size) {
                throw new IOException("what is on disk from octet " + at + " on was never completed");
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void put(long offset, byte[] bytes, int from, int length) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes, from, length);
        long at = offset;
        while (left.hasRemaining()) {
            at += channel.write(left, at);
        }
    }

    private final class Growing extends OutputStream {

        private final long offset;
        private final BlockDigest digest;

        Growing(long offset, BlockDigest digest) {
            this.offset = offset;
            this.digest = digest;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            put(size, bytes, from, length);
            size += length;
        }

        @Override
        public void close() {
            stretches.add(new Stretch(offset, size - offset, digest.digest()));
        }
    }
}
