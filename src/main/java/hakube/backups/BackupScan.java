package hakube.backups;

import hakube.archive.ForLog;
import hakube.archive.NotABackup;
import hakube.storage.Folders;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Reads what backups there are (upstream {@code supervisor/backups/manager.py}, {@code reload}, and {@code backup.py}, {@code load},
 * 2026-08): every {@code *.tar} directly in one of the folders. What is none is told in the log and left alone.
 */
final class BackupScan {

    /** Of all metadata together in memory, in octets. */
    private static final int MOST_METADATA = 16 * 1024 * 1024;

    /** In one location. */
    static final int MOST_FILES = 10_000;

    /** Of one reading about files that are no backups. */
    static final int MOST_LINES = 100;

    private static final Logger LOG = Logger.getLogger(BackupScan.class.getName());

    private final Folders folders;
    private final Told.Reading reading;
    private final int mostMetadata;

    /** What was read the last time; each file is read again only when it has changed. */
    private Map<Path, Seen> seen = Map.of();

    BackupScan(Folders folders) {
        this(folders, MetadataReader::read, MOST_METADATA);
    }

    BackupScan(Folders folders, Told.Reading reading, int mostMetadata) {
        this.folders = folders;
        this.reading = reading;
        this.mostMetadata = mostMetadata;
    }

    /** A file as it was when it was read. @param key of the file system, as good as an inode; may be null */
    private record Seen(FileTime modified, long size, Object key, Told told) {

        boolean isStill(BasicFileAttributes now) {
            return modified.equals(now.lastModifiedTime()) && size == now.size() && Objects.equals(key, now.fileKey());
        }
    }

    /** All backups by slug; neither what one location refuses to tell nor any archive hides another. To be run one at a time. */
    Map<String, Backup> run() {
        Map<String, Backup> found = new LinkedHashMap<>();
        Map<Path, Seen> now = new HashMap<>();
        Unlisted unlisted = new Unlisted();
        int left = mostMetadata;
        for (BackupLocation location : BackupLocation.values()) {
            for (Path file : filesIn(folders.of(location.folder()))) {
                try {
                    Seen one = look(file);
                    left -= take(found, location, one.told(), left);
                    now.put(file, one);
                } catch (IOException | NotABackup reason) {
                    unlisted.note(file, reason.getMessage(), Level.WARNING, null);
                } catch (RuntimeException fault) {
                    unlisted.note(file, "reading it failed: " + fault, Level.SEVERE, fault);
                }
            }
        }
        seen = now;
        unlisted.end();
        LOG.info(() -> found.size() + " backups were found");
        return found;
    }

    private Seen look(Path file) throws IOException, NotABackup {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Seen before = seen.get(file);
        return before != null && before.isStill(attributes)
                ? before
                : new Seen(
                        attributes.lastModifiedTime(), attributes.size(), attributes.fileKey(), Told.of(file, reading));
    }

    /** Files that are no backups: the first ones are told of by name, since a folder can be full of them. */
    private static final class Unlisted {

        private int count;

        void note(Path file, String reason, Level level, Throwable cause) {
            if (++count <= MOST_LINES) {
                LOG.log(
                        level,
                        cause,
                        () -> ForLog.of(file.toString()) + " is not listed as a backup: "
                                + ForLog.of(String.valueOf(reason)));
            }
        }

        void end() {
            if (count > MOST_LINES) {
                LOG.warning(() -> (count - MOST_LINES) + " more files are not listed as backups");
            }
        }
    }

    /** In the order of their names, so that of two that contradict each other it is always the same one that counts. */
    private static Iterable<Path> filesIn(Path folder) {
        TreeSet<Path> files = new TreeSet<>();
        if (Files.isSymbolicLink(folder)) {
            LOG.warning(() -> folder + " is a link: what it leads to is not read, and no backup there is listed");
        }
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return files;
        }
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(folder, "*.tar")) {
            int count = 0;
            for (Path archive : archives) {
                files.add(archive);
                if (++count > MOST_FILES) {
                    files.pollLast();
                }
            }
            if (count > MOST_FILES) {
                LOG.warning(() -> folder + " has more than " + MOST_FILES + " archives: the last ones are not listed");
            }
        } catch (IOException | DirectoryIteratorException failure) {
            LOG.log(Level.SEVERE, "Backups in " + folder + " cannot be listed", failure);
        }
        return files;
    }

    /** @return octets of memory that it takes, {@code left} at most */
    private static int take(Map<String, Backup> found, BackupLocation location, Told told, int left) throws NotABackup {
        int weight = told.metadata().weight();
        if (weight > left) {
            throw new NotABackup("those before it have taken all memory that there is for the list");
        }
        add(found, location, new Backup(told.metadata(), Map.of(location, told.file())));
        return weight;
    }

    private static void add(Map<String, Backup> found, BackupLocation location, Backup backup) throws NotABackup {
        Backup known = found.putIfAbsent(backup.slug(), backup);
        if (known == null) {
            return;
        }
        if (known.files().containsKey(location)) {
            throw new NotABackup("backup " + backup.slug() + " is in "
                    + known.files().get(location).path() + " already");
        }
        if (!known.metadata().isOfSameBackupAs(backup.metadata())) {
            throw new NotABackup("it says other things of backup " + backup.slug() + " than "
                    + known.file().path());
        }
        found.put(backup.slug(), known.with(location, backup.file()));
    }
}
