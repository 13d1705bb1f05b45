package hakube.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Names that files and folders still have after a crash. What is in a file is the business of whoever wrote it. */
public final class DurableNames {

    private static final Logger LOG = Logger.getLogger(DurableNames.class.getName());

    /** What Linux says of a file system that has no sync of folders ({@code EINVAL}). */
    private static final String UNKNOWN = "Invalid argument";

    private DurableNames() {}

    /** Makes a folder and those above it; fine when they are there. */
    public static void makeFolders(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath();
        if (!Files.isDirectory(absolute)) {
            makeFolders(absolute.getParent());
            Files.createDirectories(absolute);
            sync(absolute.getParent());
        }
    }

    /** Waits until the names in a folder are on disk. @throws IOException it may be that they are not */
    public static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (AccessDeniedException unreadable) {
            LOG.log(Level.FINE, "Not synced, since it may not be read", unreadable);
        } catch (IOException failure) {
            if (!UNKNOWN.equals(failure.getMessage())) {
                throw failure;
            }
            LOG.log(Level.FINE, failure, () -> folder + " is on a file system that syncs no folders");
        }
    }

    /** Waits until a folder has its name on disk, and so has each one above it, up to that root. */
    static void syncAbove(Path folder, Path root) throws IOException {
        for (Path above = folder.getParent(); above != null && above.startsWith(root); above = above.getParent()) {
            sync(above);
        }
    }
}
