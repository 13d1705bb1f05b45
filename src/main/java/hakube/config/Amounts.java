package hakube.config;

import hakube.config.Rule.Refusal;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rules of quantities, times, places and JSON objects. */
final class Amounts {

    static final Rule<String> QUANTITY = new Rule<>("a Kubernetes quantity above 0", text -> {
        positive(text);
        return text;
    });

    static final Rule<Long> BYTES = new Rule<>("a Kubernetes quantity of whole bytes above 0", text -> {
        try {
            return positive(text).longValueExact();
        } catch (ArithmeticException _) {
            throw new Refusal("not a number of whole bytes, or more than there are");
        }
    });

    static final Rule<Map<String, String>> STRINGS = new Rule<>("a JSON object of strings", text -> {
        Map<String, String> strings = new LinkedHashMap<>();
        object(text).forEach((key, value) -> {
            if (!(value instanceof JsonString string)) {
                throw new Refusal("the value of `%s` is no string".formatted(key));
            }
            strings.put(key, string.getString());
        });
        return Map.copyOf(strings);
    });

    static final Rule<Map<String, String>> QUANTITIES =
            new Rule<>("a JSON object of Kubernetes quantities above 0", text -> {
                Map<String, String> quantities = new LinkedHashMap<>();
                object(text).forEach((key, value) -> quantities.put(key, quantity(key, value)));
                return Map.copyOf(quantities);
            });

    static final Rule<Duration> DURATION = new Rule<>("an ISO 8601 duration above 0", text -> {
        try {
            Duration duration = Duration.parse(text);
            if (duration.isNegative() || duration.isZero()) {
                throw new Refusal("not above 0");
            }
            return duration;
        } catch (DateTimeParseException _) {
            throw new Refusal("not a duration");
        }
    });

    static final Rule<Path> FOLDER = new Rule<>("an absolute path of a writable directory", text -> {
        Path folder = path(text);
        if (!folder.isAbsolute()) {
            throw new Refusal("not absolute");
        }
        if (!Files.isDirectory(folder)) {
            throw new Refusal("there is no such directory");
        }
        if (!Files.isWritable(folder)) {
            throw new Refusal("not writable");
        }
        return folder.normalize();
    });

    static final Rule<Path> FILE = new Rule<>("a readable file", text -> {
        Path file = path(text);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new Refusal("there is no such file, or it cannot be read");
        }
        return file.toAbsolutePath().normalize();
    });

    private Amounts() {}

    /** The number behind a quantity such as {@code 50Gi} or {@code 250m}. */
    static BigDecimal positive(String text) {
        BigDecimal number = Quantities.number(text).orElseThrow(() -> new Refusal("not a quantity"));
        if (number.signum() <= 0) {
            throw new Refusal("not above 0");
        }
        return number;
    }

    private static String quantity(String key, JsonValue value) {
        String text =
                switch (value) {
                    case JsonString string -> string.getString();
                    case JsonNumber number -> number.toString();
                    default -> throw new Refusal("the value of `%s` is no quantity".formatted(key));
                };
        try {
            positive(text);
        } catch (Refusal e) {
            throw new Refusal("the value of `%s` is %s".formatted(key, e.getMessage()));
        }
        return text;
    }

    private static JsonObject object(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        } catch (JsonException _) {
            throw new Refusal("not a JSON object");
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException _) {
            // A NUL, or under LANG=C any letter beyond ASCII.
            throw new Refusal("not a path");
        }
    }
}
