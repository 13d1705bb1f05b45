package hakube.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Replaces a file in one step: whoever reads it sees the old content or the new, also after a crash. */
public final class AtomicWrite {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private static final Logger LOG = Logger.getLogger(AtomicWrite.class.getName());

    private AtomicWrite() {}

    /** Gives the written file its owner and mode, to be on disk before it gets its name. */
    private interface Finish {
        void accept(Path temporary) throws IOException;
    }

    /** Writes with mode 0600. */
    public static void write(Path target, byte[] bytes) {
        write(target, bytes, OWNER_ONLY);
    }

    /**
     * Writes to a temporary file beside {@code target}, fsyncs it, renames it, fsyncs the folder.
     *
     * @throws UncheckedIOException names the file; the old content is still there then, unless it is the folder alone that cannot be
     *     synced
     */
    public static void write(Path target, byte[] bytes, Set<PosixFilePermission> mode) {
        write(target, bytes, temporary -> {
            if (!mode.equals(OWNER_ONLY)) {
                Files.setPosixFilePermissions(temporary, mode);
            }
        });
    }

    /**
     * As {@link #write(Path, byte[])}, with owner, group and mode of another file, which may be the target itself. Where the
     * file system lets nobody give a file away, it is ours.
     */
    public static void writeLike(Path model, Path target, byte[] bytes) {
        write(target, bytes, temporary -> {
            PosixFileAttributes wanted =
                    Files.readAttributes(model, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            PosixFileAttributeView view =
                    Files.getFileAttributeView(temporary, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            try {
                view.setOwner(wanted.owner());
                view.setGroup(wanted.group());
            } catch (FileSystemException e) {
                LOG.log(Level.FINE, "The owner of " + target + " cannot be kept", e);
            }
            view.setPermissions(wanted.permissions());
        });
    }

    private static void write(Path target, byte[] bytes, Finish finish) {
        Path folder = target.toAbsolutePath().getParent();
        Path temporary = null;
        try {
            DurableNames.makeFolders(folder);
            temporary = Files.createTempFile(
                    folder,
                    "." + target.getFileName() + ".",
                    ".part",
                    PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                finish.accept(temporary);
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            temporary = null;
            DurableNames.sync(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + target, e);
        } finally {
            discard(temporary);
        }
    }

    /**
     * Removes what a crash left of writes to files of that folder; nobody may be writing there.
     *
     * @param names glob of the targets' names, such as {@code *.json}
     * @throws UncheckedIOException names the folder
     */
    static void removeLeftovers(Path folder, String names) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, "." + names + ".*.part")) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new UncheckedIOException("Cannot tidy " + folder, new IOException(e));
        }
    }

    private static void discard(Path temporary) {
        if (temporary != null) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot remove " + temporary, e);
            }
        }
    }
}
