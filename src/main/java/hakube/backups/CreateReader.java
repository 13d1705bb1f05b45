package hakube.backups;

import hakube.access.Caller;
import hakube.api.ApiFailure;
import hakube.api.ApiVersion;
import hakube.api.Body;
import hakube.archive.Password;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads what is asked of a new backup (upstream {@code supervisor/api/backups.py}, {@code SCHEMA_BACKUP_FULL} and
 * {@code SCHEMA_BACKUP_PARTIAL}, 2026-08); pure.
 */
final class CreateReader {

    private CreateReader() {}

    /**
     * A full backup.
     *
     * @throws ApiFailure.BadRequest with every fault on a line of its own
     * @throws ApiFailure.Forbidden Core's transit area is named by somebody else
     * @throws ApiFailure.NotFound another location is named
     */
    static CreateRequest full(String text, Caller caller) {
        return read(text, caller, body -> Optional.empty());
    }

    /** A partial one. @throws ApiFailure as {@link #full} does */
    static CreateRequest partial(String text, ApiVersion version, Caller caller) {
        return read(text, caller, body -> Optional.of(PartReader.toSave(body, version)));
    }

    private static CreateRequest read(String text, Caller caller, Function<Body, Optional<PartChoice>> parts) {
        Body body = Body.of(text);
        Optional<PartChoice> choice = parts.apply(body);
        String name = body.text("name").orElse("");
        Optional<String> fileName = FileName.read(body, "filename");
        Optional<Password> password = body.nullableText("password").flatMap(Password::of);
        boolean isCompressed = isCompressed(body);
        Optional<Boolean> excludesDatabase = body.lenientBool("homeassistant_exclude_database");
        boolean inBackground = body.lenientBool("background").orElse(false);
        Optional<JsonObject> extra = body.object("extra");
        List<Optional<String>> locations = LocationRequest.names(body);
        body.check();
        return new CreateRequest(
                choice,
                name,
                fileName,
                password,
                isCompressed,
                placesOf(locations, caller),
                excludesDatabase,
                inBackground,
                extra.orElse(JsonValue.EMPTY_JSON_OBJECT).toString());
    }

    /** No place at all is the local one; upstream fails at an empty list. */
    private static List<BackupLocation> placesOf(List<Optional<String>> names, Caller caller) {
        return names.isEmpty() ? List.of(BackupLocation.LOCAL) : LocationRequest.find(names, caller);
    }

    /** {@code null} is no for upstream, where absence is yes. */
    private static boolean isCompressed(Body body) {
        return body.nullableBool("compressed").orElse(!body.has("compressed"));
    }
}
