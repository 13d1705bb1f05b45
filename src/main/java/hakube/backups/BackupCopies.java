package hakube.backups;

import hakube.api.ApiFailure;
import hakube.archive.VerifiedCopy;
import hakube.jobs.Job;
import hakube.jobs.Jobs;
import hakube.jobs.Work;
import hakube.storage.Folders;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Puts copies of a backup into further locations (upstream {@code supervisor/backups/manager.py},
 * {@code _copy_to_additional_locations}, 2026-08). Each is read again from disk before it is listed, which upstream does not do. One that
 * fails leaves the others and the backup as they are.
 */
@Singleton
final class BackupCopies {

    private static final Logger LOG = Logger.getLogger(BackupCopies.class.getName());

    private final Folders folders;
    private final Backups backups;
    private final Jobs jobs;

    @Inject
    BackupCopies(Folders folders, Backups backups, Jobs jobs) {
        this.folders = folders;
        this.backups = backups;
        this.jobs = jobs;
    }

    /** @return the backup with all places where it is now; what failed is told by the jobs */
    Backup make(Backup backup, List<BackupLocation> locations) {
        return jobs.run(
                Work.of("backup_copy_to_additional_locations", backup.slug()).kept(), () -> {
                    Backup all = backup;
                    for (BackupLocation location : locations) {
                        try {
                            all = copyTo(all, location);
                        } catch (ApiFailure failure) {
                            LOG.log(Level.SEVERE, failure.getMessage(), failure);
                            Job.current().orElseThrow().error(failure);
                        }
                    }
                    return all;
                });
    }

    private Backup copyTo(Backup backup, BackupLocation location) {
        return jobs.run(Work.of("backup_copy_to_location", location.key()).kept(), () -> {
            try {
                Backup copied = backup.with(location, copy(backup, location));
                backups.add(copied);
                return copied;
            } catch (IOException failure) {
                throw new ApiFailure.BadRequest(
                        "Could not copy backup to " + location.key() + ": " + PartFile.reason(failure), failure);
            }
        });
    }

    private BackupFile copy(Backup backup, BackupLocation location) throws IOException {
        BackupFile origin = backup.file();
        PartFile file = PartFile.of(
                folders.of(location.folder()),
                backup.slug(),
                origin.path().getFileName().toString());
        file.requireFree();
        boolean isWhole = false;
        try {
            VerifiedCopy.make(origin.path(), file.part());
            isWhole = true;
        } finally {
            if (!isWhole) {
                Files.deleteIfExists(file.part());
            }
        }
        return new BackupFile(file.target(), origin.isProtected(), file.publish());
    }
}
