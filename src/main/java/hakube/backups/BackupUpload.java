package hakube.backups;

import hakube.api.ApiFailure;
import hakube.archive.ForLog;
import hakube.archive.NotABackup;
import hakube.jobs.Jobs;
import hakube.jobs.Work;
import hakube.storage.DurableNames;
import hakube.storage.Folders;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Takes in a backup that a client sends (upstream {@code supervisor/backups/manager.py}, {@code import_backup}, 2026-08). */
@Singleton
final class BackupUpload {

    private static final Logger LOG = Logger.getLogger(BackupUpload.class.getName());

    private static final int PIECE = 64 * 1024;

    /** In which a client has to send something. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Folders folders;
    private final Backups backups;
    private final Jobs jobs;
    private final Duration patience;
    private final Incoming.Space space;

    @Inject
    BackupUpload(Folders folders, Backups backups, Jobs jobs) {
        this(folders, backups, jobs, PATIENCE, new Room(folders.root())::left);
    }

    BackupUpload(Folders folders, Backups backups, Jobs jobs, Duration patience, Incoming.Space space) {
        this.folders = folders;
        this.backups = backups;
        this.jobs = jobs;
        this.patience = patience;
        this.space = space;
    }

    /**
     * Writes the first part of a multipart body to the disk as it comes, and lists it once the disk gives back what came and it is a
     * backup.
     *
     * @param places where it goes, then where copies of it go; at least one
     * @param name of the file; empty for the slug
     * @return slug
     * @throws ApiFailure.BadRequest the body is none, no backup, or one that contradicts another; or the disk is full or does not
     *     give back what came: nothing is left of it
     */
    String take(InputStream body, String boundary, List<BackupLocation> places, Optional<String> name) {
        BackupLocation place = places.getFirst();
        try (Incoming file = Incoming.in(folderOf(place), space)) {
            receive(body, boundary, file);
            Told told = read(file.path());
            jobs.run(Work.of("backup_manager_import_backup"), () -> {
                keep(told, place, name, file);
                places.stream().skip(1).forEach(other -> copy(told, other, name));
            });
            LOG.info(() -> "Backup " + ForLog.of(told.metadata().slug()) + " was uploaded");
            return told.metadata().slug();
        } catch (IOException failure) {
            throw cannotWrite(failure);
        }
    }

    private Path folderOf(BackupLocation place) throws IOException {
        Path folder = folders.of(place.folder());
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            DurableNames.makeFolders(folder);
        }
        return folder;
    }

    private void receive(InputStream body, String boundary, Incoming file) throws IOException {
        try (Stall watched = new Stall(body, patience)) {
            write(FirstPart.of(watched, boundary), file);
        }
        file.finish();
    }

    private static void write(InputStream part, Incoming file) throws IOException {
        byte[] piece = new byte[PIECE];
        int read = part.read(piece);
        while (read >= 0) {
            file.write(piece, read);
            read = part.read(piece);
        }
    }

    private static Told read(Path file) throws IOException {
        try {
            return Told.of(file, MetadataReader::read);
        } catch (NotABackup reason) {
            throw new ApiFailure.BadRequest("What was uploaded is no backup: " + reason.getMessage(), reason);
        }
    }

    private void keep(Told told, BackupLocation place, Optional<String> name, Incoming file) {
        try {
            Path target = file.path().resolveSibling(nameOf(told, name));
            backups.admit(told.at(target), place, () -> {
                requireFree(told, target);
                file.moveTo(target);
            });
        } catch (IOException failure) {
            throw cannotWrite(failure);
        }
    }

    /** A slug is whatever the archive says, and may be meant to lead out of the folder. */
    private static String nameOf(Told told, Optional<String> name) {
        return name.orElseGet(() -> FileName.require(told.metadata().slug() + ".tar"));
    }

    /** A file may have been put there by hand and not be listed yet. */
    private static void requireFree(Told told, Path target) throws IOException {
        try {
            String there = Told.of(target, MetadataReader::read).metadata().slug();
            if (!there.equals(told.metadata().slug())) {
                throw Contradiction.cannotImport(
                        told.metadata().slug(), target.getFileName() + " is the file of backup " + there);
            }
        } catch (NotABackup | NoSuchFileException ignored) {
            // Nothing, or nothing that anybody could restore.
        }
    }

    /** The upload has succeeded whatever becomes of a copy. */
    private void copy(Told told, BackupLocation place, Optional<String> name) {
        try (Incoming file = Incoming.in(folderOf(place), space);
                InputStream original = Files.newInputStream(
                        backups.find(told.metadata().slug()).file().path(), LinkOption.NOFOLLOW_LINKS)) {
            write(original, file);
            file.finish();
            keep(told, place, name, file);
        } catch (IOException | ApiFailure failure) {
            LOG.log(Level.SEVERE, failure, () -> "Could not copy backup to " + place.key() + " due to: " + failure);
        }
    }

    private static ApiFailure cannotWrite(IOException failure) {
        String reason = failure instanceof FileSystemException disk && disk.getReason() != null
                ? disk.getReason()
                : String.valueOf(failure.getMessage());
        LOG.log(Level.SEVERE, "An uploaded backup cannot be written", failure);
        return new ApiFailure.BadRequest("Can't write new backup file: " + reason, failure);
    }
}
