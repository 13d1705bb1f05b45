package hakube.backups;

import jakarta.json.bind.annotation.JsonbProperty;

/**
 * What {@code backups.json} keeps (upstream {@code supervisor/backups/validate.py}, {@code SCHEMA_BACKUPS_CONFIG}, 2026-08).
 *
 * @param daysUntilStale after so many days a backup is too old for Core to be content with it; 1 or more, and 30 unless it is told
 */
public record BackupOptions(
        @JsonbProperty("days_until_stale") Integer daysUntilStale) {

    static final BackupOptions DEFAULT = new BackupOptions(null);

    private static final int USUAL = 30;

    public BackupOptions {
        daysUntilStale = daysUntilStale == null ? USUAL : daysUntilStale;
        if (daysUntilStale < 1) {
            throw new IllegalArgumentException("days_until_stale must be at least 1");
        }
    }
}
