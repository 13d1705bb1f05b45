package hakube.archive;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * A file read from its begin to its end as it is on disk: past the copy that the kernel keeps in memory, where the file system lets one
 * do so.
 */
final class StoredOctets implements Closeable {

    private static final int PIECE = 1024 * 1024;

    /** What Linux says of a disk that fails ({@code EIO}). */
    private static final String BROKEN = "Input/output error";

    /** It belongs to this Java and to no standard, so the compiler warns of whoever names it. */
    private static final Optional<OpenOption> DIRECT = direct();

    private final Path path;
    private final ByteBuffer buffer;
    private FileChannel channel;
    private boolean isDirect = true;
    private long offset;

    private StoredOctets(Path path, FileChannel channel, int alignment) {
        this.path = path;
        this.channel = channel;
        buffer = ByteBuffer.allocateDirect(PIECE + alignment)
                .alignedSlice(alignment)
                .slice(0, PIECE)
                .limit(0);
    }

    static StoredOctets open(Path path) throws IOException {
        int block = (int) Files.getFileStore(path).getBlockSize();
        boolean isUsable = DIRECT.isPresent() && Integer.bitCount(block) == 1 && block <= PIECE;
        StoredOctets stored =
                new StoredOctets(path, FileChannel.open(path, StandardOpenOption.READ), isUsable ? block : 1);
        if (isUsable) {
            stored.openDirectly();
        } else {
            stored.isDirect = false;
        }
        return stored;
    }

    /** Of the next so many octets, the sum as {@link BlockDigest} makes it. @throws EOFException there are fewer */
    byte[] digest(long length, Digesters digesters) throws IOException {
        BlockDigest digest = new BlockDigest();
        if (length <= Block.SIZE) {
            read(length, part -> digest.update(part));
            return digest.digest();
        }
        BlockPipe pipe = digesters.before(OutputStream.nullOutputStream(), digest);
        try {
            read(length, pipe::write);
            pipe.finish();
        } finally {
            pipe.abort();
        }
        return digest.digest();
    }

    /** Takes what was read. */
    private interface Taking {
        void take(ByteBuffer part) throws IOException;
    }

    private void read(long length, Taking taking) throws IOException {
        long left = length;
        while (left > 0) {
            if (!buffer.hasRemaining()) {
                readMore();
            }
            int part = (int) Math.min(left, buffer.remaining());
            taking.take(buffer.slice(buffer.position(), part));
            buffer.position(buffer.position() + part);
            left -= part;
        }
    }

    private void readMore() throws IOException {
        buffer.clear();
        int read = readAt(offset);
        buffer.flip();
        if (read <= 0) {
            throw new EOFException("it ends too early");
        }
        offset += read;
    }

    /**
     * Network and memory file systems refuse direct reads, some of them only now. A disk that does not give back what it should is another
     * matter: the kernel may still have its copy.
     */
    private int readAt(long from) throws IOException {
        if (isDirect) {
            try {
                return channel.read(buffer, from);
            } catch (IOException refused) {
                if (BROKEN.equals(refused.getMessage())) {
                    throw refused;
                }
                openAsUsual();
            }
        }
        return channel.read(buffer, from);
    }

    private static Optional<OpenOption> direct() {
        try {
            return Arrays.stream(
                            Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants())
                    .filter(option -> option.toString().equals("DIRECT"))
                    .map(OpenOption.class::cast)
                    .findFirst();
        } catch (ClassNotFoundException elsewhere) {
            return Optional.empty();
        }
    }

    private void openDirectly() throws IOException {
        try {
            reopen(FileChannel.open(path, StandardOpenOption.READ, DIRECT.orElseThrow()));
        } catch (IOException | UnsupportedOperationException refused) {
            isDirect = false;
        }
    }

    private void openAsUsual() throws IOException {
        isDirect = false;
        reopen(FileChannel.open(path, StandardOpenOption.READ));
    }

    private void reopen(FileChannel other) throws IOException {
        channel.close();
        channel = other;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
