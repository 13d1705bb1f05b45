package hakube.backups;

import hakube.api.ApiFailure;
import hakube.api.Body;
import hakube.archive.NotABackup;
import hakube.backups.BackupMetadata.AppPart;
import hakube.backups.BackupMetadata.CorePart;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads {@code backup.json} and its older sister {@code snapshot.json}, with the defaults and the oddities of upstream
 * ({@code supervisor/backups/validate.py}, 2026-08); pure.
 */
final class MetadataReader {

    /** Backups that do not say which Supervisor made them. */
    private static final String FIRST_TO_TELL = "2022.08.3";

    private static final String OLD_FOLDER_OF_CORE = "homeassistant";
    private static final Set<String> FOLDERS = Set.of("share", "addons/local", "ssl", "media");

    /** Of old backups: how they are encrypted, and log-ins to registries, which may differ from copy to copy. */
    private static final Set<String> FORGOTTEN = Set.of("crypto", "docker");

    private final Body body;
    private final Set<String> known = new HashSet<>(FORGOTTEN);

    private MetadataReader(Body body) {
        this.body = body;
    }

    /** @throws NotABackup with every fault on a line of its own, in the words of upstream's validation */
    static BackupMetadata read(String text) throws NotABackup {
        try {
            return new MetadataReader(Body.of(text)).metadata();
        } catch (ApiFailure.BadRequest fault) {
            throw new NotABackup("what it says of itself does not fit: " + fault.getMessage(), fault);
        }
    }

    private BackupMetadata metadata() {
        Optional<String> slug = text("slug");
        Optional<String> type = key("type").require("type").oneOf("type", "BackupType", words());
        Optional<String> name = text("name");
        Optional<String> date = text("date");
        OptionalInt version = key("version").number("version", 1, 2);
        Optional<String> supervisor = version(key("supervisor_version"), "supervisor_version");
        Optional<Boolean> compressed = key("compressed").lenientBool("compressed");
        Optional<JsonValue> isProtected = key("protected").any("protected");
        Optional<CorePart> core = core();
        List<AppPart> apps = apps();
        Optional<List<String>> folders = key("folders").distinctTexts("folders", MetadataReader::faultOfFolder);
        Optional<List<String>> repositories =
                key("repositories").distinctTexts("repositories", RepositoryName::faultOf);
        Optional<JsonObject> extra = key("extra").object("extra");
        JsonObject others = others(extra);
        body.check();
        return new BackupMetadata(
                slug.orElseThrow(),
                version.orElse(1),
                type.filter(BackupType.FULL.wire()::equals).isPresent() ? BackupType.FULL : BackupType.PARTIAL,
                name.orElseThrow(),
                date.orElseThrow(),
                supervisor.orElse(FIRST_TO_TELL),
                compressed.orElse(true),
                isProtected.map(value -> !value.equals(JsonValue.FALSE)).orElse(false),
                core,
                apps,
                folders.orElse(List.of()).stream()
                        .filter(folder -> !folder.equals(OLD_FOLDER_OF_CORE))
                        .toList(),
                repositories.orElse(List.of()),
                extra.orElse(JsonValue.EMPTY_JSON_OBJECT).toString(),
                JsonDigest.of(others));
    }

    private Body key(String key) {
        known.add(key);
        return body;
    }

    private Optional<String> text(String key) {
        return key(key).require(key).text(key);
    }

    private static List<String> words() {
        return List.of(BackupType.FULL.wire(), BackupType.PARTIAL.wire());
    }

    /** What is not known is good, which the body has to be told. */
    private JsonObject others(Optional<JsonObject> extra) {
        JsonObjectBuilder others = Json.createObjectBuilder();
        body.entries().forEach((key, value) -> {
            if (body.has(key) && !known.contains(key)) {
                others.add(key, value);
            }
        });
        return others.add("extra", extra.orElse(JsonValue.EMPTY_JSON_OBJECT)).build();
    }

    private static Optional<String> faultOfFolder(String folder) {
        return FOLDERS.contains(folder) || folder.equals(OLD_FOLDER_OF_CORE)
                ? Optional.empty()
                : Optional.of(
                        FOLDERS.stream().sorted().collect(Collectors.joining("', '", "value must be one of ['", "']")));
    }

    /** Empty for what is nothing, or has no version. */
    private Optional<CorePart> core() {
        return key("homeassistant")
                .any("homeassistant")
                .filter(value -> !isNothing(value) && !hasNoVersion(value))
                .flatMap(value -> body.part("homeassistant"))
                .map(Body::withAnyOthers)
                .map(part -> new CorePart(
                        version(part, "version").orElse(""),
                        part.lenientBool("exclude_database").orElse(false),
                        size(part)));
    }

    private List<AppPart> apps() {
        List<AppPart> apps = key("addons").listOfParts("addons").orElse(List.of()).stream()
                .map(Body::withAnyOthers)
                .map(MetadataReader::app)
                .toList();
        if (apps.stream().map(AppPart::slug).distinct().count() < apps.size()) {
            body.refuse("addons", "Invalid app list in backup!");
        }
        return apps;
    }

    private static AppPart app(Body part) {
        return new AppPart(
                part.require("slug").text("slug").orElse(""),
                part.require("name").text("name").orElse(""),
                version(part.require("version"), "version").orElse(""),
                size(part));
    }

    /** Writers of old took one such as {@code 1.0} for a number, and {@code null} is one that nobody knows. */
    private static Optional<String> version(Body part, String key) {
        return part.any(key)
                .filter(JsonNumber.class::isInstance)
                .map(JsonValue::toString)
                .or(() -> part.any(key).filter(JsonValue.NULL::equals).isPresent() ? Optional.empty() : part.text(key));
    }

    private static double size(Body part) {
        return part.decimal("size").filter(Double::isFinite).orElse(0.0);
    }

    private static boolean hasNoVersion(JsonValue value) {
        return value instanceof JsonObject map && JsonValue.NULL.equals(map.getOrDefault("version", JsonValue.NULL));
    }

    private static boolean isNothing(JsonValue value) {
        return switch (value) {
            case JsonObject map -> map.isEmpty();
            case JsonArray list -> list.isEmpty();
            case JsonString text -> text.getString().isEmpty();
            case JsonNumber number -> number.bigDecimalValue().signum() == 0;
            default -> !JsonValue.TRUE.equals(value);
        };
    }
}
