package hakube.backups;

import hakube.archive.CheckedFile;
import hakube.archive.ForLog;
import hakube.storage.DurableNames;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A file on its way into a folder of backups: hidden in that folder, hence on its file system, until it is whole and takes its name at
 * once. Unless that happens nothing of it stays.
 */
final class Incoming implements Closeable {

    private static final Logger LOG = Logger.getLogger(Incoming.class.getName());

    /** No list of backups shows it: that has {@code *.tar} alone. */
    private static final String PREFIX = ".upload-";

    private static final String SUFFIX = ".part";

    /** After so many octets it is asked again whether there is room. */
    private static final long ROUND = 16L << 20;

    /** How much room there is. */
    interface Space {
        /** Octets that may still be written. */
        long left() throws IOException;
    }

    private final Path path;
    private final CheckedFile file;
    private final OutputStream content;
    private final Space space;
    private long allowed;

    private Incoming(Path path, CheckedFile file, Space space) {
        this.path = path;
        this.file = file;
        this.content = file.append();
        this.space = space;
    }

    static Incoming in(Path folder, Space space) throws IOException {
        Path path = folder.resolve(PREFIX + UUID.randomUUID().toString().replace("-", "") + SUFFIX);
        return new Incoming(path, CheckedFile.create(path), space);
    }

    /** Removes what a process left that ended in the middle. */
    static void sweep(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            for (Path file : left) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    LOG.warning(() -> ForLog.of(file.toString()) + " is what is left of an upload and is removed");
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | DirectoryIteratorException failure) {
            LOG.log(Level.WARNING, failure, () -> "What is left of uploads in " + folder + " cannot be removed");
        }
    }

    Path path() {
        return path;
    }

    /** @throws IOException there is no room, or the disk fails */
    void write(byte[] octets, int length) throws IOException {
        if (allowed < length) {
            allowed = Math.min(space.left(), ROUND);
            if (allowed < length) {
                throw new IOException("No space left on the shared claim");
            }
        }
        content.write(octets, 0, length);
        allowed -= length;
    }

    /** What was written is on the disk when this returns. @throws IOException the disk does not give back what came */
    void finish() throws IOException {
        content.close();
        file.verify();
        file.close();
    }

    /**
     * Takes its name, and that of a file that had it; the name is on disk when this returns.
     *
     * @param target in the same folder
     * @throws IOException it has no name, unless it took that of another file
     */
    void moveTo(Path target) throws IOException {
        boolean isFirst = !Files.exists(target, LinkOption.NOFOLLOW_LINKS);
        try {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException elsewhere) {
            throw new IOException("a file cannot take its name at once on this file system", elsewhere);
        }
        try {
            DurableNames.sync(target.toAbsolutePath().getParent());
        } catch (IOException failure) {
            if (isFirst) {
                Files.deleteIfExists(target);
            }
            throw failure;
        }
    }

    @Override
    public void close() {
        try (file) {
            Files.deleteIfExists(path);
        } catch (IOException failure) {
            LOG.log(Level.WARNING, failure, () -> path + " cannot be removed: the next start tries again");
        }
    }
}
