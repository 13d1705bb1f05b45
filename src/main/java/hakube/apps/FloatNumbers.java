package hakube.apps;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Python's {@code float(value)} accepts: numbers, booleans, text with fraction and exponent, {@code nan}, {@code inf}. */
final class FloatNumbers {

    private static final String DIGITS = "[0-9]++(?:_[0-9]++)*+";
    private static final Pattern TEXT = Pattern.compile(
            "[-+]?(?:" + DIGITS + "(?:\\.(?:" + DIGITS + ")?)?|\\." + DIGITS + ")(?:[eE][-+]?" + DIGITS + ")?");
    private static final Pattern NO_NUMBER = Pattern.compile("([-+]?)(inf|infinity|nan)");
    private static final int LONGEST = 400;

    private FloatNumbers() {}

    /** Empty for what is no number. */
    static Optional<Double> of(Object value) {
        return switch (value) {
            case Boolean bool -> Optional.of(bool ? 1.0 : 0.0);
            case Double number -> Optional.of(number);
            // Python refuses a whole number that is beyond every floating one.
            case Number number -> Optional.of(number.doubleValue()).filter(Double::isFinite);
            case String text -> ofText(text.strip());
            case null, default -> Optional.empty();
        };
    }

    private static Optional<Double> ofText(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        var special = NO_NUMBER.matcher(text.toLowerCase(Locale.ROOT));
        if (special.matches()) {
            double found = special.group(2).equals("nan") ? Double.NaN : Double.POSITIVE_INFINITY;
            return Optional.of(special.group(1).equals("-") ? -found : found);
        }
        return TEXT.matcher(text).matches() ? Optional.of(Double.valueOf(text.replace("_", ""))) : Optional.empty();
    }
}
