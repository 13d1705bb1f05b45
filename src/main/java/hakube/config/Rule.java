package hakube.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a setting may hold.
 *
 * @param allowed completes the sentence "allowed: …"
 * @param reader turns the text, never blank and without outer white space, into the value
 */
record Rule<T>(String allowed, Reader<T> reader) {

    /** Throws {@link Refusal} when the text is not allowed. */
    interface Reader<T> {
        T read(String text);
    }

    /** The text is not allowed; the message completes the sentence "… holds x: ". */
    static final class Refusal extends RuntimeException {
        Refusal(String message) {
            super(message);
        }
    }

    private static final Map<String, Boolean> TRUTH = Map.of(
            "true", true, "1", true, "yes", true, "on", true, "false", false, "0", false, "no", false, "off", false);

    static final Rule<Boolean> BOOLEAN = new Rule<>("`true/false`, `1/0`, `yes/no` or `on/off`, in any case", text -> {
        Boolean truth = TRUTH.get(text.toLowerCase(Locale.ROOT));
        if (truth == null) {
            throw new Refusal("neither yes nor no");
        }
        return truth;
    });

    static Rule<String> pattern(String allowed, String expression, int longest) {
        Pattern pattern = Pattern.compile(expression);
        return new Rule<>(allowed, text -> {
            if (text.length() > longest) {
                throw new Refusal("%d characters, at most %d are allowed".formatted(text.length(), longest));
            }
            if (!pattern.matcher(text).matches()) {
                throw new Refusal("not of the allowed form");
            }
            return text;
        });
    }

    static Rule<Integer> port(int first) {
        String allowed = first == 0 ? "1 to 65535, or 0 for any free port" : "%d to 65535".formatted(first);
        return new Rule<>(allowed, text -> {
            if (!text.matches("[0-9]{1,5}")) {
                throw new Refusal("not a port number");
            }
            int port = Integer.parseInt(text);
            if (port < first || port > 65535) {
                throw new Refusal("out of range");
            }
            return port;
        });
    }

    /** One of the words, in any case; the value is the word as it is listed here. */
    static Rule<String> oneOf(String... words) {
        return new Rule<>(quoted(List.of(words)), text -> {
            for (String word : words) {
                if (word.equalsIgnoreCase(text)) {
                    return word;
                }
            }
            throw new Refusal("unknown");
        });
    }

    /** Words parted by commas or blanks. */
    static Rule<Set<String>> someOf(String... words) {
        Rule<String> one = oneOf(words);
        return new Rule<>("a comma-separated list out of " + one.allowed(), text -> {
            Set<String> some = new LinkedHashSet<>();
            for (String part : parts(text, "[,\\s]+")) {
                try {
                    some.add(one.reader().read(part));
                } catch (Refusal e) {
                    throw new Refusal("`%s` is %s".formatted(part, e.getMessage()));
                }
            }
            return Set.copyOf(some);
        });
    }

    static List<String> parts(String text, String separator) {
        List<String> parts = new ArrayList<>();
        for (String part : Pattern.compile(separator).split(text, -1)) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
        return parts;
    }

    private static String quoted(List<String> words) {
        return "`" + String.join("`, `", words) + "`";
    }
}
