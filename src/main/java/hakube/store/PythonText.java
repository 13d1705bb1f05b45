package hakube.store;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Values as Python writes them: upstream's messages and its texts of booleans and numbers are in that notation. */
public final class PythonText {

    private PythonText() {}

    /** What {@code str(value)} gives: text as it is, {@code True}, {@code None}, {@code 1.5}. */
    public static String str(Object value) {
        return value instanceof String text ? text : repr(value);
    }

    /** What {@code repr(value)} gives: text in quotes. What is nested deeply takes one small frame of the stack for each level. */
    public static String repr(Object value) {
        StringBuilder text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private static void write(Object value, StringBuilder text) {
        switch (value) {
            case null -> text.append("None");
            case Boolean bool -> text.append(bool ? "True" : "False");
            case Double number -> text.append(number(number));
            case String given -> text.append(quoted(given));
            case List<?> list -> {
                String before = "[";
                for (Object entry : list) {
                    text.append(before);
                    write(entry, text);
                    before = ", ";
                }
                text.append(list.isEmpty() ? "[]" : "]");
            }
            case Map<?, ?> map -> {
                String before = "{";
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    write(entry.getKey(), text.append(before));
                    write(entry.getValue(), text.append(": "));
                    before = ", ";
                }
                text.append(map.isEmpty() ? "{}" : "}");
            }
            default -> text.append(value);
        }
    }

    private static String number(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        } else if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        } else if (number == 0) {
            return 1 / number > 0 ? "0.0" : "-0.0";
        }
        BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            String plain = exact.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String digits = exact.unscaledValue().abs().toString();
        return (number < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + "e"
                + (exponent < 0 ? "-" : "+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }

    private static String quoted(String text) {
        char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
        StringBuilder result = new StringBuilder().append(quote);
        text.codePoints().forEach(point -> {
            switch (point) {
                case '\\' -> result.append("\\\\");
                case '\n' -> result.append("\\n");
                case '\r' -> result.append("\\r");
                case '\t' -> result.append("\\t");
                default -> {
                    if (point == quote) {
                        result.append('\\').append(quote);
                    } else if (isPrintable(point)) {
                        result.appendCodePoint(point);
                    } else {
                        result.append(String.format(
                                point < 0x100 ? "\\x%02x" : point < 0x10000 ? "\\u%04x" : "\\U%08x", point));
                    }
                }
            }
        });
        return result.append(quote).toString();
    }

    private static boolean isPrintable(int point) {
        return point == ' '
                || switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SPACE_SEPARATOR -> false;
                    default -> true;
                };
    }
}
