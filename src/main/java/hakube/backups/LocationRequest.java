package hakube.backups;

import hakube.access.Caller;
import hakube.api.ApiFailure;
import hakube.api.Body;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which locations a request names, and who may name them (upstream {@code supervisor/api/backups.py}, 2026-08); pure. */
final class LocationRequest {

    private static final String KEY = "location";

    private LocationRequest() {}

    /** What a body has under {@code location}: one name, or a list of them; empty for the local place. What is wrong is noted there. */
    static List<Optional<String>> names(Body body) {
        return body.oneOrMore(KEY, LocationRequest::meant).orElse(List.of());
    }

    /**
     * Reads a body with nothing but {@code location}: one, or a list of them.
     *
     * @return empty when it names none
     * @throws ApiFailure.Forbidden, ApiFailure.NotFound as {@link #find}
     */
    static List<BackupLocation> read(String text, Caller caller) {
        Body body = Body.of(text);
        List<Optional<String>> names = names(body);
        body.check();
        return find(names, caller);
    }

    /** What the places are that a query names. @throws ApiFailure.Forbidden, ApiFailure.NotFound as {@link #find} */
    static List<BackupLocation> ofQuery(Collection<String> names, Caller caller) {
        return find(names.stream().map(LocationRequest::meant).distinct().toList(), caller);
    }

    /**
     * The places that are called so.
     *
     * @throws ApiFailure.Forbidden {@link #requireMay}
     * @throws ApiFailure.NotFound {@code mount_not_found_error} for every other name, since there are no mounts
     */
    static List<BackupLocation> find(List<Optional<String>> names, Caller caller) {
        names.stream()
                .flatMap(name -> BackupLocation.named(name.orElse("")).stream())
                .forEach(location -> requireMay(caller, location));
        return names.stream().map(name -> find(name.orElse(""))).toList();
    }

    /** @throws ApiFailure.Forbidden Core's transit area is for Core alone */
    static void requireMay(Caller caller, BackupLocation location) {
        if (location == BackupLocation.CLOUD && !(caller instanceof Caller.Core)) {
            throw new ApiFailure.Forbidden("Location " + location.key() + " is only available for Home Assistant");
        }
    }

    /** Empty for the local place, which has more than one name. */
    private static Optional<String> meant(String name) {
        return Optional.of(name)
                .filter(given -> !BackupLocation.named(given).equals(Optional.of(BackupLocation.LOCAL)));
    }

    private static BackupLocation find(String name) {
        return BackupLocation.named(name)
                .orElseThrow(() -> new ApiFailure.NotFound(
                        "No mount exists with name '" + name + "'", "mount_not_found_error", Map.of("name", name)));
    }
}
