package hakube.api;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A map in a request's JSON: which of its keys were asked for, and what was wrong with them. */
abstract sealed class CheckedMap permits CheckedLists {

    final JsonObject object;
    final Faults faults;
    final Set<String> known = new HashSet<>();
    private final String place;

    /** @param place such as {@code data['network']} */
    CheckedMap(JsonObject object, String place, Faults faults) {
        this.object = object;
        this.place = place;
        this.faults = faults;
    }

    /** Whether the key is there, {@code null} included; the key then counts as known. */
    public boolean has(String key) {
        known.add(key);
        return object.containsKey(key);
    }

    /** Empty for a key that is absent, or whose value the reading, which then answers null, cannot take. */
    <T> Optional<T> value(String key, String wanted, Function<JsonValue, T> reading) {
        if (!has(key)) {
            return Optional.empty();
        }
        Optional<T> value = Optional.ofNullable(reading.apply(object.get(key)));
        if (value.isEmpty()) {
            fault(key, wanted);
        }
        return value;
    }

    /** Always false, so that it can end a condition. */
    boolean fault(String key, String what) {
        faults.add(what + " for dictionary value", placeOf(key), object.get(key));
        return false;
    }

    boolean isNull(String key) {
        return has(key) && object.isNull(key);
    }

    String placeOf(String key) {
        return place + "[" + PythonText.of(key) + "]";
    }

    /** Keys that nobody asked for are wrong. */
    void noteStrangers() {
        object.forEach((key, value) -> {
            if (!known.contains(key)) {
                faults.add("extra keys not allowed", placeOf(key), value);
            }
        });
    }
}
