package hakube.store;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values that manifests and options are made of: {@code null}, Boolean, Long (BigInteger where it does not fit),
 * Double, String, List and Map. An integer is never a Double and the other way round, since the types of options tell
 * them apart.
 */
public final class PlainValues {

    private PlainValues() {}

    /**
     * Narrows whatever a JSON or YAML library made to these kinds; lists and maps are copied.
     *
     * @throws IllegalArgumentException for a kind that neither language has
     */
    public static Object of(Object value) {
        return switch (value) {
            case null -> null;
            case Boolean bool -> bool;
            case String text -> text;
            case BigInteger number -> YamlScalars.narrow(number);
            case BigDecimal number ->
                number.scale() == 0 ? YamlScalars.narrow(number.unscaledValue()) : (Object) number.doubleValue();
            case Double number -> number;
            case Float number -> number.doubleValue();
            case Number number -> number.longValue();
            case List<?> list -> {
                List<Object> copy = new ArrayList<>(list.size());
                list.forEach(entry -> copy.add(of(entry)));
                yield copy;
            }
            case Map<?, ?> map -> {
                Map<Object, Object> copy = new LinkedHashMap<>();
                map.forEach((key, entry) -> copy.put(of(key), of(entry)));
                yield copy;
            }
            default -> throw new IllegalArgumentException("neither JSON nor YAML: " + value.getClass());
        };
    }

    /** Whether it is an object with names only, as JSON has them. */
    static boolean isObject(Object value) {
        return value instanceof Map<?, ?> map && map.keySet().stream().allMatch(String.class::isInstance);
    }
}
