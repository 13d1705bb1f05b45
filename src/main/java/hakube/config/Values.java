package hakube.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The values that were read so far, by setting. */
final class Values {

    private final Map<String, Object> values = new HashMap<>();

    <T> void put(Setting<T> setting, T value) {
        values.put(setting.variable(), value);
    }

    /** For a setting that has a value in any case. */
    <T> T get(Setting<T> setting) {
        return find(setting).orElseThrow(() -> new IllegalStateException(setting.variable() + " has no value"));
    }

    @SuppressWarnings("unchecked") // put() lets in only values of the setting's type
    <T> Optional<T> find(Setting<T> setting) {
        return Optional.ofNullable((T) values.get(setting.variable()));
    }
}
