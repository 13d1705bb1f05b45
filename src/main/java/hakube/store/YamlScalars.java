package hakube.store;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a plain YAML word means. Upstream reads YAML 1.1, where {@code yes} and {@code on} are booleans, {@code 010} is
 * eight and {@code 1:30} is ninety; manifests rely on it. Dates stay text.
 */
final class YamlScalars {

    private static final Map<String, Boolean> WORDS =
            Map.of("yes", true, "true", true, "on", true, "no", false, "false", false, "off", false);

    private static final Pattern DECIMAL = Pattern.compile("[-+]?(?:0|[1-9][0-9_]*)");
    private static final Pattern OCTAL = Pattern.compile("[-+]?0[0-7_]+");
    private static final Pattern HEX = Pattern.compile("[-+]?0x[0-9a-fA-F_]+");
    private static final Pattern BINARY = Pattern.compile("[-+]?0b[01_]+");
    private static final Pattern SEXAGESIMAL = Pattern.compile("[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+");
    private static final Pattern FLOAT =
            Pattern.compile("[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?|[-+]?\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?");
    private static final Pattern INFINITE = Pattern.compile("[-+]?\\.(?:inf|Inf|INF)");
    private static final Pattern NOT_A_NUMBER = Pattern.compile("\\.(?:nan|NaN|NAN)");

    /** Longer than any number that means something; Python refuses at 4300 digits. */
    private static final int LONGEST_NUMBER = 400;

    private YamlScalars() {}

    /** {@code null}, Boolean, Long, BigInteger, Double or the text itself. */
    static Object meaning(String text) {
        if (text.isEmpty() || text.equals("~") || isWord(text, "null")) {
            return null;
        }
        Boolean bool = WORDS.get(text.toLowerCase(Locale.ROOT));
        if (bool != null && hasWordCase(text)) {
            return bool;
        }
        return text.length() > LONGEST_NUMBER || "+-.0123456789".indexOf(text.charAt(0)) < 0 ? text : number(text);
    }

    private static Object number(String text) {
        String digits = text.replace("_", "");
        if (DECIMAL.matcher(text).matches()) {
            return narrow(new BigInteger(digits));
        } else if (OCTAL.matcher(text).matches()) {
            return narrow(new BigInteger(digits, 8));
        } else if (HEX.matcher(text).matches()) {
            return radix(digits, "0x", 16, text);
        } else if (BINARY.matcher(text).matches()) {
            return radix(digits, "0b", 2, text);
        } else if (SEXAGESIMAL.matcher(text).matches()) {
            return sexagesimal(digits);
        } else if (FLOAT.matcher(text).matches()) {
            return Double.valueOf(digits);
        } else if (INFINITE.matcher(text).matches()) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        } else if (NOT_A_NUMBER.matcher(text).matches()) {
            return Double.NaN;
        }
        return text;
    }

    private static Object radix(String digits, String prefix, int radix, String text) {
        String bare = digits.replace(prefix, "");
        boolean empty = bare.isEmpty() || bare.equals("-") || bare.equals("+");
        return empty ? text : narrow(new BigInteger(bare, radix));
    }

    private static Object sexagesimal(String digits) {
        boolean negative = digits.startsWith("-");
        BigInteger sum = BigInteger.ZERO;
        for (String part : digits.replaceFirst("^[-+]", "").split(":", -1)) {
            sum = sum.multiply(BigInteger.valueOf(60)).add(new BigInteger(part));
        }
        return narrow(negative ? sum.negate() : sum);
    }

    /** A Long where it fits. */
    static Object narrow(BigInteger number) {
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }

    private static boolean isWord(String text, String word) {
        return text.equalsIgnoreCase(word) && hasWordCase(text);
    }

    /** {@code word}, {@code Word} or {@code WORD}, no other mix. */
    private static boolean hasWordCase(String text) {
        String tail = text.substring(1);
        return text.equals(text.toUpperCase(Locale.ROOT)) || tail.equals(tail.toLowerCase(Locale.ROOT));
    }
}
