package hakube.apps;

import hakube.api.Body;
import hakube.config.Quantities;
import hakube.config.Settings;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The key {@code resources} of an app's options: requests and limits of CPU and memory. */
final class ResourceChoice {

    private static final String KEY = "resources";

    private ResourceChoice() {}

    /** A resource, and what a quantity of it must be: of so many parts of one a whole number. */
    private enum Resource {
        CPU("cpu", 1000, "a Kubernetes quantity of at least 1m, not finer than that, such as '250m' or '1.5'"),
        MEMORY("memory", 1, "a Kubernetes quantity of whole bytes, at least 1, such as '256Mi'");

        private final String word;
        private final int parts;
        private final String allowed;

        Resource(String word, int parts, String allowed) {
            this.word = word;
            this.parts = parts;
            this.allowed = allowed;
        }

        boolean fits(String text) {
            return Quantities.number(text)
                    .map(number -> number.multiply(BigDecimal.valueOf(parts)))
                    .filter(number -> number.signum() > 0
                            && number.remainder(BigDecimal.ONE).signum() == 0)
                    .isPresent();
        }
    }

    /**
     * Reads it; what is wrong is noted in the body.
     *
     * @param settings whose values count where the user gives none
     * @return empty: not asked for; {@link AppResources#NONE}: back to the settings'
     */
    static Optional<AppResources> of(Body body, Settings.AppSettings settings) {
        Optional<JsonValue> given = body.any(KEY);
        if (given.isEmpty()) {
            return Optional.empty();
        } else if (given.get().getValueType() == JsonValue.ValueType.NULL) {
            return Optional.of(AppResources.NONE);
        }
        return body.part(KEY).map(part -> {
            AppResources chosen = new AppResources(amounts(part, "requests"), amounts(part, "limits"));
            chosen.over(settings.requests(), settings.limits())
                    .conflict()
                    .ifPresent(conflict -> body.refuse(KEY, conflict));
            return chosen;
        });
    }

    private static Map<String, String> amounts(Body resources, String key) {
        Map<String, String> amounts = new TreeMap<>();
        resources.part(key).ifPresent(part -> {
            for (Resource resource : Resource.values()) {
                part.any(resource.word).ifPresent(value -> {
                    String text =
                            switch (value) {
                                case JsonString string -> string.getString();
                                case JsonNumber number -> number.toString();
                                default -> "";
                            };
                    if (resource.fits(text)) {
                        amounts.put(resource.word, text);
                    } else {
                        part.refuse(resource.word, "expected " + resource.allowed);
                    }
                });
            }
        });
        return amounts;
    }
}
