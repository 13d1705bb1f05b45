package hakube.backups;

import hakube.api.ContractLevel;
import hakube.api.JsonText;
import hakube.archive.NotABackup;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What {@code backup.json} of a new backup will say (upstream {@code supervisor/backups/backup.py} and {@code utils.py}, 2026-08). It
 * grows with each part that is written; only for the thread that makes the backup.
 */
final class NewBackup {

    private static final BigDecimal MEGABYTE = BigDecimal.valueOf(1 << 20);
    private static final int SLUG_DIGITS = 8;

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);

    private final CreateRequest request;
    private final String date;
    private final String slug;
    private final List<String> repositories;
    private final List<BackupMetadata.AppPart> apps = new ArrayList<>();
    private final List<String> folders = new ArrayList<>();
    private Optional<BackupMetadata.CorePart> core = Optional.empty();

    NewBackup(CreateRequest request, Instant now, List<String> repositories) {
        this.request = request;
        this.date = text(now);
        this.slug = slug(date, request.name());
        this.repositories = List.copyOf(repositories);
    }

    /** As Python writes it: without a fraction when there is none. */
    static String text(Instant time) {
        Instant whole = time.truncatedTo(ChronoUnit.MICROS);
        return (whole.getNano() == 0 ? SECONDS : MICROSECONDS).format(whole);
    }

    /** By which everybody knows the backup. */
    static String slug(String date, String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((date + " - " + name).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, SLUG_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String slug() {
        return slug;
    }

    CreateRequest request() {
        return request;
    }

    /** Its name in each location. */
    String fileName() {
        return request.fileName().orElse(slug + ".tar");
    }

    boolean isProtected() {
        return request.password().isPresent();
    }

    /** @param octets that the part takes in the file */
    void addCore(String version, boolean excludesDatabase, long octets) {
        core = Optional.of(new BackupMetadata.CorePart(version, excludesDatabase, megabytes(octets)));
    }

    /** @param octets that the part takes in the file */
    void addApp(String appSlug, String name, String version, long octets) {
        apps.add(new BackupMetadata.AppPart(appSlug, name, version, megabytes(octets)));
    }

    void addFolder(String folder) {
        folders.add(folder);
    }

    /** {@code backup.json}. */
    byte[] json() {
        JsonArrayBuilder appList = Json.createArrayBuilder();
        apps.forEach(app -> appList.add(Json.createObjectBuilder()
                .add("slug", app.slug())
                .add("name", app.name())
                .add("version", app.version())
                .add("size", app.size())));
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("slug", slug)
                .add("version", 2)
                .add("name", request.name())
                .add("date", date)
                .add("type", (request.choice().isPresent() ? BackupType.PARTIAL : BackupType.FULL).wire())
                .add("supervisor_version", ContractLevel.TEXT)
                .add("compressed", request.isCompressed())
                .add("protected", isProtected())
                .add("homeassistant", core.map(NewBackup::json).orElse(JsonValue.NULL))
                .add("folders", Json.createArrayBuilder(folders))
                .add("addons", appList)
                .add("repositories", Json.createArrayBuilder(repositories))
                .add("extra", JsonText.parse(request.extra()));
        return json.build().toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The same as a reader will see it. */
    BackupMetadata metadata() {
        try {
            return MetadataReader.read(new String(json(), StandardCharsets.UTF_8));
        } catch (NotABackup fault) {
            throw new IllegalStateException("What a new backup says of itself does not fit", fault);
        }
    }

    private static JsonValue json(BackupMetadata.CorePart core) {
        JsonObject part = Json.createObjectBuilder()
                .add("version", core.version())
                .add("exclude_database", core.excludesDatabase())
                .add("size", core.size())
                .build();
        return part;
    }

    private static double megabytes(long octets) {
        return BigDecimal.valueOf(octets)
                .divide(MEGABYTE, 2, RoundingMode.HALF_EVEN)
                .doubleValue();
    }
}
