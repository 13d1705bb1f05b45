package hakube.apps;

import hakube.ports.ExternalPort;
import hakube.store.OptionType;
import hakube.store.PythonText;
import hakube.store.WholeNumbers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/**
 * One value as its type wants it (upstream {@code supervisor/addons/options.py} and voluptuous, 2026-08).
 *
 * @param type as the manifest writes it
 * @param key of the option, for messages
 * @param app name and slug, for messages
 */
record OptionValue(String type, String key, String app) {

    private static final Set<String> TRUE_WORDS = Set.of("1", "true", "yes", "on", "enable");
    private static final Set<String> FALSE_WORDS = Set.of("0", "false", "no", "off", "disable");
    /** The value, converted. @param value never {@code null}, secrets replaced already */
    Object of(OptionType parsed, Object value) throws OptionFault {
        OptionType.Kind kind = parsed.kind().orElseThrow(this::fatal);
        return switch (kind) {
            case STR, PASSWORD -> lengthWithin(parsed, text(value, "expected str"));
            case INT -> within(parsed, WholeNumbers.of(value).orElseThrow(() -> new OptionFault("expected int")));
            case FLOAT -> within(parsed, FloatNumbers.of(value).orElseThrow(() -> new OptionFault("expected float")));
            case BOOL -> bool(value);
            case EMAIL -> {
                if (value instanceof String text && Addresses.isEmail(text)) {
                    yield text;
                }
                throw new OptionFault("expected an email address");
            }
            case URL -> {
                if (value instanceof String text && Addresses.isUrl(text)) {
                    yield text;
                }
                throw new OptionFault("expected a URL");
            }
            case PORT -> port(value);
            case MATCH -> matching(parsed.argument().orElse(""), PythonText.str(value));
            case LIST -> word(parsed.words(), PythonText.str(value));
            case DEVICE -> {
                String path = text(value, "Expected a string for option '" + key + "' in " + app);
                throw new OptionFault("Device '" + path + "' does not exist in " + app);
            }
        };
    }

    /** What Python takes for true. */
    static boolean isTruthy(Object value) {
        return switch (value) {
            case null -> false;
            case Boolean bool -> bool;
            case Number number -> number.doubleValue() != 0;
            case String text -> !text.isEmpty();
            case List<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            default -> true;
        };
    }

    private static String text(Object value, String otherwise) throws OptionFault {
        if (value instanceof String text) {
            return text;
        }
        throw new OptionFault(otherwise);
    }

    private static boolean bool(Object value) throws OptionFault {
        if (!(value instanceof String text)) {
            return isTruthy(value);
        }
        String word = text.toLowerCase(Locale.ROOT);
        if (TRUE_WORDS.contains(word)) {
            return true;
        } else if (FALSE_WORDS.contains(word)) {
            return false;
        }
        throw new OptionFault("expected boolean");
    }

    private static Object port(Object value) throws OptionFault {
        Number number = WholeNumbers.of(value).orElseThrow(() -> new OptionFault("expected int"));
        if (number.doubleValue() < 1) {
            throw new OptionFault("value must be at least 1");
        } else if (number.doubleValue() > ExternalPort.HIGHEST) {
            throw new OptionFault("value must be at most " + ExternalPort.HIGHEST);
        }
        return number;
    }

    private static String lengthWithin(OptionType type, String text) throws OptionFault {
        int length = text.codePointCount(0, text.length());
        refuseOutside(type, length, "length of value");
        return text;
    }

    private static Number within(OptionType type, Number number) throws OptionFault {
        refuseOutside(type, number.doubleValue(), "value");
        return number;
    }

    /** Asked this way round, since not-a-number fails every comparison and must fail every bound. */
    private static void refuseOutside(OptionType type, double measure, String what) throws OptionFault {
        if (type.min().isPresent() && !(measure >= type.min().getAsDouble())) {
            throw new OptionFault(
                    what + " must be at least " + PythonText.repr(type.min().getAsDouble()));
        } else if (type.max().isPresent() && !(measure <= type.max().getAsDouble())) {
            throw new OptionFault(
                    what + " must be at most " + PythonText.repr(type.max().getAsDouble()));
        }
    }

    private String matching(String expression, String text) throws OptionFault {
        try {
            if (PythonRegex.compile(expression).matchesStart(text)) {
                return text;
            }
        } catch (PatternSyntaxException | PythonRegex.Exhausted e) {
            throw fatal();
        }
        throw new OptionFault("does not match regular expression " + expression);
    }

    private static String word(List<String> words, String text) throws OptionFault {
        if (words.contains(text)) {
            return text;
        }
        throw new OptionFault("value must be one of "
                + PythonText.repr(words.stream().sorted().toList()));
    }

    private OptionFault fatal() {
        return new OptionFault("Fatal error for option '" + key + "' with type '" + type + "' in " + app);
    }
}
