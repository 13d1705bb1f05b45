package hakube.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** What is done with whole trees; no symbolic link is followed. */
public final class Trees {

    private static final Logger LOG = Logger.getLogger(Trees.class.getName());

    private static final int AT_A_TIME = 8;

    private Trees() {}

    /** Deletes a tree; fine when it is not there, as a whole or in parts. */
    public static void delete(Path root) throws IOException {
        if (!exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Waits until all files and folders of a tree are on disk. Some at a time: a disk ends many writes at once as fast as one. */
    static void sync(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root);
                ExecutorService pool = Executors.newFixedThreadPool(AT_A_TIME)) {
            Iterator<Path> paths = all.iterator();
            Callable<Boolean> each = () -> syncEach(paths);
            for (Future<Boolean> end : pool.invokeAll(Collections.nCopies(AT_A_TIME, each))) {
                end.get();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The Supervisor ends");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException known ? known : new IOException(failed.getCause());
        }
    }

    private static boolean syncEach(Iterator<Path> paths) throws IOException {
        for (Optional<Path> path = next(paths); path.isPresent(); path = next(paths)) {
            if (Files.isDirectory(path.get(), LinkOption.NOFOLLOW_LINKS)) {
                DurableNames.sync(path.get());
            } else if (Files.isRegularFile(path.get(), LinkOption.NOFOLLOW_LINKS)) {
                syncContent(path.get());
            }
        }
        return true;
    }

    private static Optional<Path> next(Iterator<Path> paths) {
        synchronized (paths) {
            return paths.hasNext() ? Optional.of(paths.next()) : Optional.empty();
        }
    }

    private static void syncContent(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            channel.force(true);
        } catch (AccessDeniedException unreadable) {
            LOG.log(Level.FINE, "Not synced, since it may not be read", unreadable);
        }
    }

    static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Names of the children, sorted; none where there is no folder. */
    static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
