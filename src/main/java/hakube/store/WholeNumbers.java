package hakube.store;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Python's {@code int(value)} accepts: whole and cut numbers, booleans, text of digits. */
public final class WholeNumbers {

    private static final Pattern DIGITS = Pattern.compile("[-+]?[0-9]+(?:_[0-9]+)*");
    private static final int LONGEST = 400;

    private WholeNumbers() {}

    /** Long, or BigInteger where it does not fit; empty for what is no number. */
    public static Optional<Number> of(Object value) {
        return switch (value) {
            case Boolean bool -> Optional.of(bool ? 1L : 0L);
            case Double number ->
                Double.isFinite(number) ? Optional.of(narrow(new BigDecimal(number).toBigInteger())) : Optional.empty();
            case BigInteger number -> Optional.of(narrow(number));
            case Number number -> Optional.of(number.longValue());
            case String text -> ofText(text.strip());
            case null, default -> Optional.empty();
        };
    }

    private static Optional<Number> ofText(String text) {
        return text.length() <= LONGEST && DIGITS.matcher(text).matches()
                ? Optional.of(narrow(new BigInteger(text.replace("_", ""))))
                : Optional.empty();
    }

    private static Number narrow(BigInteger number) {
        return (Number) YamlScalars.narrow(number);
    }
}
