package hakube.backups;

import hakube.api.ApiFailure;
import hakube.archive.ForLog;
import hakube.jobs.Every;
import hakube.jobs.JobCondition;
import hakube.jobs.Jobs;
import hakube.jobs.Work;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.logging.Logger;

/** The upkeep of the list (upstream {@code supervisor/misc/tasks.py}, {@code RUN_RELOAD_BACKUPS} and {@code _core_backup_cleanup}, 2026-08). */
@Singleton
public final class BackupRounds {

    private static final Logger LOG = Logger.getLogger(BackupRounds.class.getName());

    /** After which what Core left in its transit area was forgotten. */
    private static final Duration FORGOTTEN = Duration.ofDays(2);

    private final Backups backups;
    private final Jobs jobs;
    private final Every reading;
    private final Every clearing;

    @Inject
    BackupRounds(Backups backups, Jobs jobs) {
        this.backups = backups;
        this.jobs = jobs;
        this.reading = new Every("reading backups", Duration.ofHours(20), backups::reloadLater);
        this.clearing = new Every("clearing the transit area of backups", Duration.ofSeconds(86_200), () -> {
            clear(Instant.now());
        });
    }

    public void begin() {
        reading.begin();
        clearing.begin();
    }

    public void end() {
        reading.end();
        clearing.end();
    }

    /** Removes from the transit area what has been there for long: of an old backup, too, that Core put there today. */
    void clear(Instant now) {
        Work work = Work.of("tasks_core_backup_cleanup")
                .internal()
                .requiring("Tasks._core_backup_cleanup", JobCondition.HEALTHY);
        jobs.run(work, () -> List.copyOf(backups.all()).stream()
                .filter(backup -> isForgotten(backup, now.minus(FORGOTTEN)))
                .forEach(this::remove));
    }

    private static boolean isForgotten(Backup backup, Instant limit) {
        BackupFile file = backup.files().get(BackupLocation.CLOUD);
        if (file == null) {
            return false;
        }
        try {
            TemporalAccessor date = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                    backup.metadata().date(), OffsetDateTime::from, LocalDateTime::from);
            Instant made = date instanceof OffsetDateTime known
                    ? known.toInstant()
                    : LocalDateTime.from(date).toInstant(ZoneOffset.UTC);
            Instant put = Files.getLastModifiedTime(file.path(), LinkOption.NOFOLLOW_LINKS)
                    .toInstant();
            return made.isBefore(limit) && put.isBefore(limit);
        } catch (DateTimeException | IOException unknown) {
            return false;
        }
    }

    private void remove(Backup backup) {
        try {
            backups.remove(backup.slug(), List.of(BackupLocation.CLOUD));
            LOG.info(() ->
                    "Backup " + ForLog.of(backup.slug()) + " was forgotten in the transit area and is removed there");
        } catch (ApiFailure failure) {
            LOG.warning(failure::getMessage);
        }
    }
}
