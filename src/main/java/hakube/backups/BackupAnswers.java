package hakube.backups;

import hakube.api.ApiVersion;
import hakube.api.JsonText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is told of backups, in the words of one version of the API; pure (upstream {@code supervisor/api/backups.py}, 2026-08). */
final class BackupAnswers {

    private static final BigDecimal MEGABYTE = BigDecimal.valueOf(1 << 20);

    private final ApiVersion version;

    BackupAnswers(ApiVersion version) {
        this.version = version;
    }

    /** The list, without what lies in Core's transit area alone. */
    Map<String, Object> list(Collection<Backup> backups) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(
                "backups",
                backups.stream()
                        .filter(backup -> !backup.isHidden())
                        .map(this::item)
                        .toList());
        return answer;
    }

    /** The list, and the options. */
    Map<String, Object> info(Collection<Backup> backups, BackupOptions options) {
        Map<String, Object> answer = list(backups);
        answer.put("days_until_stale", options.daysUntilStale());
        return answer;
    }

    /** All that is known of one. */
    Map<String, Object> details(Backup backup) {
        BackupMetadata metadata = backup.metadata();
        Map<String, Object> answer = common(backup);
        answer.put("supervisor_version", metadata.supervisorVersion());
        answer.put(
                "homeassistant",
                metadata.core().map(BackupMetadata.CorePart::version).orElse(null));
        answer.put(
                version.apps(), metadata.apps().stream().map(BackupAnswers::app).toList());
        answer.put("repositories", metadata.repositories());
        answer.put("folders", metadata.folders());
        answer.put(
                "homeassistant_exclude_database",
                metadata.core().map(BackupMetadata.CorePart::excludesDatabase).orElse(null));
        answer.put("extra", JsonText.parse(metadata.extra()));
        return answer;
    }

    /** A backup that is made, or on its way, in which case nobody knows its slug yet. */
    Map<String, Object> started(BackupMaker.Started started) {
        Map<String, Object> answer = started(started.jobId());
        started.slug().ifPresent(slug -> answer.put("slug", slug));
        return answer;
    }

    /** A restore. */
    Map<String, Object> started(String jobId) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("job_id", jobId);
        return answer;
    }

    private static Map<String, Object> app(BackupMetadata.AppPart app) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("slug", app.slug());
        answer.put("name", app.name());
        answer.put("version", app.version());
        answer.put("size", app.size());
        return answer;
    }

    private Map<String, Object> item(Backup backup) {
        BackupMetadata metadata = backup.metadata();
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("homeassistant", metadata.core().isPresent());
        content.put(
                version.apps(),
                metadata.apps().stream().map(BackupMetadata.AppPart::slug).toList());
        content.put("folders", metadata.folders());
        Map<String, Object> item = common(backup);
        item.put("content", content);
        return item;
    }

    /** Size and protection are those of the first location. */
    private static Map<String, Object> common(Backup backup) {
        BackupMetadata metadata = backup.metadata();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("slug", metadata.slug());
        answer.put("name", metadata.name());
        answer.put("date", metadata.date());
        answer.put("type", metadata.type().wire());
        answer.put("size", megabytes(backup.file().size()));
        answer.put("size_bytes", backup.file().size());
        answer.put("location", backup.location().wire().orElse(null));
        answer.put("locations", locations(backup));
        answer.put("protected", backup.file().isProtected());
        answer.put("location_attributes", attributes(backup));
        answer.put("compressed", metadata.isCompressed());
        return answer;
    }

    /** The local one is {@code null}, which no unmodifiable list takes. */
    private static List<String> locations(Backup backup) {
        List<String> names = new ArrayList<>();
        backup.locations().stream()
                .map(BackupLocation::wire)
                .map(name -> name.orElse(null))
                .forEach(names::add);
        return names;
    }

    private static Map<String, Object> attributes(Backup backup) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        backup.locations().forEach(location -> {
            BackupFile file = backup.files().get(location);
            attributes.put(location.key(), Map.of("protected", file.isProtected(), "size_bytes", file.size()));
        });
        return attributes;
    }

    /** With two decimals, rounded as Python does. */
    private static double megabytes(long octets) {
        return BigDecimal.valueOf(octets)
                .divide(MEGABYTE)
                .setScale(2, RoundingMode.HALF_EVEN)
                .doubleValue();
    }
}
