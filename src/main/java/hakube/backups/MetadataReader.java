package hakube.backups;

import hakube.api.ApiFailure;
import hakube.api.Body;
import hakube.backups.BackupMetadata.AppPart;
import hakube.backups.BackupMetadata.CorePart;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

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
        Optional<String> supervisor = key("supervisor_version").text("supervisor_version");
        Optional<Boolean> compressed = key("compressed").lenientBool("compressed");
        Optional<JsonValue> isProtected = key("protected").any("protected");
        Optional<JsonValue> core = key("homeassistant").any("homeassistant");
        Optional<JsonValue> apps = key("addons").any("addons");
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
                core.flatMap(MetadataReader::core),
                apps.map(MetadataReader::apps).orElse(List.of()),
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
                        "value must be one of " + FOLDERS.stream().sorted().toList());
    }

    /** Empty for what is nothing, or has no version. */
    private static Optional<CorePart> core(JsonValue value) {
        if (isNothing(value)
                || value instanceof JsonObject map
                        && JsonValue.NULL.equals(map.getOrDefault("version", JsonValue.NULL))) {
            return Optional.empty();
        }
        return Optional.of(part(value, part -> {
            Optional<String> version = part.text("version");
            Optional<Boolean> excludesDatabase = part.lenientBool("exclude_database");
            double size = size(part);
            part.check();
            return new CorePart(version.orElseThrow(), excludesDatabase.orElse(false), size);
        }));
    }

    private static List<AppPart> apps(JsonValue value) {
        if (!(value instanceof JsonArray items)) {
            throw new ApiFailure.BadRequest("expected a list for dictionary value @ data['addons']");
        }
        List<AppPart> apps = new ArrayList<>();
        Set<String> slugs = new HashSet<>();
        for (JsonValue item : items) {
            AppPart app = part(item, MetadataReader::app);
            if (!slugs.add(app.slug())) {
                throw new ApiFailure.BadRequest("Invalid app list in backup!");
            }
            apps.add(app);
        }
        return apps;
    }

    private static AppPart app(Body part) {
        Optional<String> slug = part.require("slug").text("slug");
        Optional<String> name = part.require("name").text("name");
        Optional<String> version = part.require("version").text("version");
        double size = size(part);
        part.check();
        return new AppPart(slug.orElseThrow(), name.orElseThrow(), version.orElseThrow(), size);
    }

    /** A map of which only some keys matter; all others are good. */
    private static <T> T part(JsonValue value, Function<Body, T> reading) {
        Body part = Body.of(value.toString());
        part.entries().keySet().forEach(part::has);
        return reading.apply(part);
    }

    private static double size(Body part) {
        return part.any("size")
                .map(value -> switch (value) {
                    case JsonNumber number -> number.doubleValue();
                    case JsonString text -> number(text.getString());
                    default -> throw noSize();
                })
                .filter(Double::isFinite)
                .orElse(0.0);
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw noSize();
        }
    }

    private static ApiFailure.BadRequest noSize() {
        return new ApiFailure.BadRequest("expected float for dictionary value @ data['size']");
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
