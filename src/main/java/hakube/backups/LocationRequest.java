package hakube.backups;

import hakube.access.Caller;
import hakube.api.ApiFailure;
import hakube.api.Body;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which locations a request names, and who may name them (upstream {@code supervisor/api/backups.py}, 2026-08); pure. */
final class LocationRequest {

    private LocationRequest() {}

    /**
     * Reads a body with nothing but {@code location}: one, or a list of them.
     *
     * @return empty when it names none
     * @throws ApiFailure.NotFound {@code mount_not_found_error} for every other name, since there are no mounts
     */
    static List<BackupLocation> read(String text, Caller caller) {
        Body body = Body.of(text);
        Optional<JsonValue> value = body.any("location");
        body.check();
        List<JsonValue> items = value.map(given -> given instanceof JsonArray list ? List.copyOf(list) : List.of(given))
                .orElse(List.of());
        List<String> names = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            names.add(name(items.get(i), i));
        }
        List<BackupLocation> locations =
                names.stream().map(LocationRequest::find).toList();
        if (locations.stream().distinct().count() < locations.size()) {
            throw new ApiFailure.BadRequest("contains duplicate items @ data['location']");
        }
        locations.forEach(location -> requireMay(caller, location));
        return locations;
    }

    /** @throws ApiFailure.Forbidden Core's transit area is for Core alone */
    static void requireMay(Caller caller, BackupLocation location) {
        if (location == BackupLocation.CLOUD && !(caller instanceof Caller.Core)) {
            throw new ApiFailure.Forbidden("Location " + location.key() + " is only available for Home Assistant");
        }
    }

    private static String name(JsonValue item, int place) {
        return switch (item) {
            case JsonString text -> text.getString();
            case JsonValue nothing when nothing.getValueType() == JsonValue.ValueType.NULL -> "";
            default ->
                throw new ApiFailure.BadRequest("not a valid value @ data['location'][" + place + "]. Got " + item);
        };
    }

    private static BackupLocation find(String name) {
        return BackupLocation.named(name)
                .orElseThrow(() -> new ApiFailure.NotFound(
                        "No mount exists with name '" + name + "'", "mount_not_found_error", Map.of("name", name)));
    }
}
