package hakube.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Whether anything below folders was changed since it was asked last, told from names, sizes and times. */
final class LocalChanges {

    /** A file that was written so shortly before the last look may have been written again with the same time. */
    private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

    private long mark;
    private Instant newest = Instant.MIN;
    private Instant looked = Instant.MIN;

    /** The first look finds a change. */
    synchronized boolean look(List<Path> folders) {
        long before = mark;
        boolean isFresh = looked.equals(Instant.MIN) || newest.isAfter(looked.minus(CLOCK_STEP));
        looked = Instant.now();
        newest = Instant.MIN;
        mark = 1;
        folders.forEach(this::add);
        return isFresh || mark != before;
    }

    private void add(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                    return add(path, attributes);
                }

                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                    return add(path, attributes);
                }

                @Override
                public FileVisitResult visitFileFailed(Path path, IOException cause) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // What cannot be looked at is read again, and told there.
            newest = Instant.MAX;
        }
    }

    private FileVisitResult add(Path path, BasicFileAttributes attributes) {
        Instant time = attributes.lastModifiedTime().toInstant();
        // The order in which a folder lists its children does not matter.
        mark += Objects.hash(path, time, attributes.size()) * 31L + 1;
        newest = time.isAfter(newest) ? time : newest;
        return FileVisitResult.CONTINUE;
    }
}
