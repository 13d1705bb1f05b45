package hakube.store;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What one value must be; gives it back, converted. Messages are those of upstream's validator. */
@FunctionalInterface
interface Rule {

    Object check(Object value) throws Violation;

    Set<String> TRUE_WORDS = Set.of("1", "true", "yes", "on", "enable");
    Set<String> FALSE_WORDS = Set.of("0", "false", "no", "off", "disable");

    /** Text, and nothing that could be made into text. */
    static Rule text() {
        return value -> {
            if (value instanceof String) {
                return value;
            }
            throw new Violation("expected str");
        };
    }

    /** Booleans, a few words in any letter case, the truthiness of anything that is no text. */
    static Rule truth() {
        return value -> {
            if (!(value instanceof String text)) {
                return isTruthy(value);
            }
            String word = text.toLowerCase(Locale.ROOT);
            if (TRUE_WORDS.contains(word)) {
                return true;
            } else if (FALSE_WORDS.contains(word)) {
                return false;
            }
            throw new Violation("expected boolean");
        };
    }

    static Rule realBoolean() {
        return value -> {
            if (value instanceof Boolean) {
                return value;
            }
            throw new Violation("expected bool");
        };
    }

    /** Text that {@code pattern} matches from its start. */
    static Rule matching(Pattern pattern) {
        return value -> {
            if (!(value instanceof String text)) {
                throw new Violation("expected string or buffer");
            } else if (pattern.matcher(text).matches()) {
                return value;
            }
            throw new Violation("does not match regular expression " + pattern);
        };
    }

    /** One of the words; the message names the kind only. */
    static Rule word(String kind, Set<String> words) {
        return value -> {
            if (value instanceof String text && words.contains(text)) {
                return value;
            }
            throw new Violation("expected " + kind + " or one of " + quoted(words));
        };
    }

    /** One of the words; the message lists them. */
    static Rule oneOf(Set<String> words) {
        return value -> {
            if (value instanceof String text && words.contains(text)) {
                return value;
            }
            throw new Violation("value must be one of [" + quoted(words) + "]");
        };
    }

    /** Text; numbers become text. */
    static Rule version() {
        return value -> switch (value) {
            case String text -> text;
            case Number number -> PythonText.str(number);
            case null, default -> throw new Violation("expected a version");
        };
    }

    /** Text with a scheme and a host. */
    static Rule url() {
        Pattern schemeAndHost = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^/?#].*", Pattern.DOTALL);
        return value -> {
            if (value instanceof String text && schemeAndHost.matcher(text).matches()) {
                return value;
            }
            throw new Violation("expected a URL");
        };
    }

    /** What {@link WholeNumbers} accepts, within inclusive bounds. */
    static Rule number(long min, long max) {
        return value -> {
            Number number = wholeNumber(value);
            long clamped = number instanceof BigInteger big
                    ? (big.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE)
                    : number.longValue();
            if (clamped < min) {
                throw new Violation("value must be at least " + min);
            } else if (clamped > max) {
                throw new Violation("value must be at most " + max);
            }
            return clamped;
        };
    }

    /** A port, 1 to 65535. */
    static Rule port() {
        return number(1, 65535);
    }

    static Number wholeNumber(Object value) throws Violation {
        return WholeNumbers.of(value).orElseThrow(() -> new Violation("expected int"));
    }

    /** A list; a broken entry is named by its index. */
    static Rule list(Rule entry) {
        return value -> {
            if (!(value instanceof List<?> list)) {
                throw new Violation("expected a list");
            }
            List<Object> checked = new ArrayList<>(list.size());
            for (Object each : list) {
                try {
                    checked.add(entry.check(each));
                } catch (Violation e) {
                    throw e.under(checked.size());
                }
            }
            return checked;
        };
    }

    /** An object with any keys. */
    static Rule map(Rule key, Rule entry) {
        return value -> {
            if (!(value instanceof Map<?, ?> map)) {
                throw new Violation("expected a dictionary");
            }
            Map<Object, Object> checked = new LinkedHashMap<>();
            for (Map.Entry<?, ?> each : map.entrySet()) {
                try {
                    checked.put(key.check(each.getKey()), entry.check(each.getValue()));
                } catch (Violation e) {
                    throw e.under(each.getKey());
                }
            }
            return checked;
        };
    }

    /** {@code null} too; the message does not say what else would do. */
    static Rule orNull(Rule rule) {
        return value -> {
            if (value == null) {
                return null;
            }
            try {
                return rule.check(value);
            } catch (Violation e) {
                throw e.depth() > 0 ? e : new Violation("not a valid value");
            }
        };
    }

    /** No entry twice. */
    static Rule unique(Rule list) {
        return value -> {
            Object checked = list.check(value);
            Set<Object> seen = new HashSet<>();
            List<String> twice = ((List<?>) checked)
                    .stream()
                            .filter(entry -> !seen.add(entry))
                            .map(PythonText::repr)
                            .distinct()
                            .toList();
            if (!twice.isEmpty()) {
                throw new Violation("contains duplicate items: [" + String.join(", ", twice) + "]");
            }
            return checked;
        };
    }

    private static boolean isTruthy(Object value) {
        return switch (value) {
            case null -> false;
            case Boolean bool -> bool;
            case Number number -> number.doubleValue() != 0;
            case List<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            default -> true;
        };
    }

    private static String quoted(Set<String> words) {
        return String.join(
                ", ", new TreeSet<>(words).stream().map(PythonText::repr).toList());
    }
}
