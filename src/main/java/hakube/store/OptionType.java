package hakube.store;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of one option as a manifest's {@code schema} writes it: {@code int(1,10)?}, {@code list(a|b)}, {@code match(^x$)}.
 *
 * @param kind empty for the empty text, which is a type that accepts nothing
 * @param min inclusive; of a number, or of the length of a text
 * @param max likewise
 * @param argument the expression of {@code match}, the words of {@code list}, the subsystem of {@code device}
 */
public record OptionType(
        Optional<Kind> kind, boolean optional, OptionalDouble min, OptionalDouble max, Optional<String> argument) {

    /** Upstream's {@code RE_SCHEMA_ELEMENT}, 2026-08; Python's {@code $} lets one line feed follow, as a YAML block has it. */
    private static final Pattern GRAMMAR = Pattern.compile(
            "(?:"
                    + "(?<plain>|bool|email|url|port|device|str|password|int|float)"
                    + "|device\\(subsystem=(?<subsystem>[a-z]+)\\)"
                    + "|(?<text>str|password)\\((?<textMin>[0-9]+)?,(?<textMax>[0-9]+)?\\)"
                    + "|int\\((?<intMin>-?[0-9]+)?,(?<intMax>-?[0-9]+)?\\)"
                    + "|float\\((?<floatMin>-?[0-9]*\\.?[0-9]+)?,(?<floatMax>-?[0-9]*\\.?[0-9]+)?\\)"
                    + "|match\\((?<match>.*)\\)"
                    + "|list\\((?<list>.+)\\)"
                    + ")\\??\n?",
            Pattern.UNIX_LINES);

    /** The words of the grammar. */
    public enum Kind {
        BOOL,
        EMAIL,
        URL,
        PORT,
        DEVICE,
        STR,
        PASSWORD,
        INT,
        FLOAT,
        MATCH,
        LIST
    }

    /** @return empty when the text does not follow the grammar */
    public static Optional<OptionType> parse(String text) {
        Matcher match = GRAMMAR.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        // Upstream looks at the very end: with a line feed there, the question mark says nothing.
        boolean optional = text.endsWith("?");
        String plain = match.group("plain");
        if (plain != null) {
            return Optional.of(of(plain.isEmpty() ? Optional.empty() : Optional.of(kind(plain)), optional));
        } else if (match.group("text") != null) {
            return Optional.of(
                    bounded(kind(match.group("text")), optional, match.group("textMin"), match.group("textMax")));
        } else if (match.group("match") != null) {
            return Optional.of(withArgument(Kind.MATCH, optional, match.group("match")));
        } else if (match.group("list") != null) {
            return Optional.of(withArgument(Kind.LIST, optional, match.group("list")));
        } else if (match.group("subsystem") != null) {
            return Optional.of(withArgument(Kind.DEVICE, optional, match.group("subsystem")));
        } else if (text.startsWith("int")) {
            return Optional.of(bounded(Kind.INT, optional, match.group("intMin"), match.group("intMax")));
        }
        return Optional.of(bounded(Kind.FLOAT, optional, match.group("floatMin"), match.group("floatMax")));
    }

    /** The words of a {@code list}, in written order, none trimmed. */
    public List<String> words() {
        return List.of(argument.orElse("").split("\\|", -1));
    }

    private static OptionType of(Optional<Kind> kind, boolean optional) {
        return new OptionType(kind, optional, OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty());
    }

    private static OptionType bounded(Kind kind, boolean optional, String min, String max) {
        return new OptionType(Optional.of(kind), optional, bound(min), bound(max), Optional.empty());
    }

    private static OptionType withArgument(Kind kind, boolean optional, String argument) {
        return new OptionType(
                Optional.of(kind), optional, OptionalDouble.empty(), OptionalDouble.empty(), Optional.of(argument));
    }

    private static OptionalDouble bound(String text) {
        return text == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
    }

    private static Kind kind(String word) {
        return Kind.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
