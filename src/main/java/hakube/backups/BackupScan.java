package hakube.backups;

import hakube.archive.ArchiveReader;
import hakube.archive.ForLog;
import hakube.archive.NotABackup;
import hakube.archive.TarMember;
import hakube.storage.Folders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Reads what backups there are (upstream {@code supervisor/backups/manager.py}, {@code reload}, and {@code backup.py}, {@code load},
 * 2026-08): every {@code *.tar} directly in one of the folders. What is none is told in the log and left alone.
 */
final class BackupScan {

    /** Of {@code backup.json}, in octets, in the archive as well as in memory; a real one has some kilobytes. */
    static final int LARGEST_METADATA = 1024 * 1024;

    /** Of all of them together in memory, in octets. */
    private static final int MOST_METADATA = 16 * 1024 * 1024;

    /** The older one wins where both are there. */
    private static final List<String> METADATA = List.of("./snapshot.json", "./backup.json");

    private static final Logger LOG = Logger.getLogger(BackupScan.class.getName());

    /** How the text of {@code backup.json} is read. */
    interface Reading {
        BackupMetadata read(String text) throws NotABackup;
    }

    private final Folders folders;
    private final Reading reading;
    private final int mostMetadata;

    BackupScan(Folders folders) {
        this(folders, MetadataReader::read, MOST_METADATA);
    }

    BackupScan(Folders folders, Reading reading, int mostMetadata) {
        this.folders = folders;
        this.reading = reading;
        this.mostMetadata = mostMetadata;
    }

    /** All backups by slug; neither what one location refuses to tell nor any archive hides another. */
    Map<String, Backup> run() {
        Map<String, Backup> found = new LinkedHashMap<>();
        int left = mostMetadata;
        for (BackupLocation location : BackupLocation.values()) {
            for (Path file : filesIn(folders.of(location.folder()))) {
                try {
                    left -= take(found, location, file, left);
                } catch (IOException | NotABackup reason) {
                    LOG.warning(() -> unlisted(file, reason.getMessage()));
                } catch (RuntimeException fault) {
                    LOG.log(Level.SEVERE, fault, () -> unlisted(file, "reading it failed: " + fault));
                }
            }
        }
        LOG.info(() -> found.size() + " backups were found");
        return found;
    }

    private static String unlisted(Path file, String reason) {
        return ForLog.of(file.toString()) + " is not listed as a backup: " + ForLog.of(String.valueOf(reason));
    }

    /** In the order of their names, so that of two that contradict each other it is always the same one that counts. */
    private static Iterable<Path> filesIn(Path folder) {
        TreeSet<Path> files = new TreeSet<>();
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return files;
        }
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(folder, "*.tar")) {
            archives.forEach(files::add);
        } catch (IOException | DirectoryIteratorException failure) {
            LOG.log(Level.SEVERE, "Backups in " + folder + " cannot be listed", failure);
        }
        return files;
    }

    /** @return octets of memory that it takes, {@code left} at most */
    private int take(Map<String, Backup> found, BackupLocation location, Path file, int left)
            throws IOException, NotABackup {
        try (ArchiveReader archive = ArchiveReader.open(file)) {
            byte[] told = archive.read(metadataOf(archive), LARGEST_METADATA);
            BackupMetadata metadata = reading.read(text(told));
            int weight = metadata.weight();
            if (weight > LARGEST_METADATA) {
                throw new NotABackup("what it says of itself would take " + weight + " octets of memory");
            }
            if (weight > left) {
                throw new NotABackup("those before it have taken all memory that there is for the list");
            }
            BackupFile self = new BackupFile(file, metadata.isProtected(), archive.size());
            add(found, location, new Backup(metadata, Map.of(location, self)));
            return weight;
        }
    }

    /** Of members of one name the last one counts. */
    private static TarMember metadataOf(ArchiveReader archive) throws IOException, NotABackup {
        List<TarMember> members = archive.members();
        for (String name : METADATA) {
            for (TarMember member : members.reversed()) {
                if (member.name().equals(name) && member.isFile()) {
                    return member;
                }
            }
        }
        throw new NotABackup("it has no ./backup.json");
    }

    private static String text(byte[] bytes) throws NotABackup {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new NotABackup("what it says of itself is no UTF-8", e);
        }
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
