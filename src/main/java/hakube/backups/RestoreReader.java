package hakube.backups;

import hakube.access.Caller;
import hakube.api.ApiFailure;
import hakube.api.ApiVersion;
import hakube.api.Body;
import hakube.archive.Password;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads what is asked of a restore (upstream {@code supervisor/api/backups.py}, {@code SCHEMA_RESTORE_FULL} and
 * {@code SCHEMA_RESTORE_PARTIAL}, 2026-08); pure.
 */
final class RestoreReader {

    private RestoreReader() {}

    /**
     * A full restore.
     *
     * @throws ApiFailure.BadRequest with every fault on a line of its own, or the backup is not where it is asked for
     * @throws ApiFailure.Forbidden Core's transit area is asked for by somebody else
     */
    static RestoreRequest full(Backup backup, String text, Caller caller) {
        return read(backup, text, caller, body -> Optional.empty());
    }

    /** A partial one. @throws ApiFailure as {@link #full} does */
    static RestoreRequest partial(Backup backup, String text, ApiVersion version, Caller caller) {
        return read(backup, text, caller, body -> Optional.of(PartReader.toRestore(body, version)));
    }

    private static RestoreRequest read(
            Backup backup, String text, Caller caller, Function<Body, Optional<PartChoice>> parts) {
        Body body = Body.of(text);
        Optional<PartChoice> choice = parts.apply(body);
        Optional<Password> password = body.nullableText("password").flatMap(Password::of);
        boolean inBackground = body.lenientBool("background").orElse(false);
        Optional<String> name = body.nullableText("location");
        boolean namesPlace = body.has("location");
        body.check();
        Optional<BackupLocation> place =
                namesPlace ? BackupLocation.named(name.orElse("")) : Optional.of(backup.location());
        place.ifPresent(named -> LocationRequest.requireMay(caller, named));
        if (place.filter(backup.files()::containsKey).isEmpty()) {
            throw new ApiFailure.BadRequest("Backup " + backup.slug() + " does not exist in " + shown(place, name));
        }
        return new RestoreRequest(choice, password, namesPlace ? place : Optional.empty(), inBackground);
    }

    /** The local place is nothing in Python. */
    private static String shown(Optional<BackupLocation> place, Optional<String> name) {
        return place.isPresent() ? place.get().wire().orElse("None") : name.orElse("None");
    }
}
