package hakube.api;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.Collection;
import java.util.Map;

/**
 * The answer of every successful JSON route, always status 200: {@code {"result":"ok","data":{}}}.
 *
 * <p>A handler without a value, and one whose value is an empty list or map, both give {@code {}} as upstream does
 * ({@code supervisor/api/utils.py}, {@code api_return_ok}).
 */
@JsonbPropertyOrder({"result", "data"})
public record Envelope(String result, Object data) {

    private static final Envelope EMPTY = new Envelope("ok", Map.of());

    /** An answer without a value. */
    public static Envelope ok() {
        return EMPTY;
    }

    /** An answer with {@code data}. */
    public static Envelope ok(Object data) {
        return switch (data) {
            case null -> EMPTY;
            case Collection<?> list when list.isEmpty() -> EMPTY;
            case Map<?, ?> map when map.isEmpty() -> EMPTY;
            default -> new Envelope("ok", data);
        };
    }
}
