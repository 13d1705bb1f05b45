package hakube.api;

import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A list of texts in a request's JSON. */
final class TextList {

    private TextList() {}

    /**
     * Its texts; what is wrong with an item is noted.
     *
     * @param place such as {@code data['folders']}
     * @param wanted what is said of an item that is no text
     * @param faultOf what is wrong with a text, empty when it is fine
     */
    static List<String> read(
            JsonArray items, String place, String wanted, Function<String, Optional<String>> faultOf, Faults faults) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            JsonValue item = items.get(i);
            Optional<String> text =
                    item instanceof JsonString found ? Optional.of(found.getString()) : Optional.empty();
            Optional<String> wrong = text.isPresent() ? faultOf.apply(text.get()) : Optional.of(wanted);
            String placeOfItem = place + "[" + i + "]";
            wrong.ifPresent(what -> faults.add(what, placeOfItem, item));
            text.ifPresent(texts::add);
        }
        return texts;
    }

    /**
     * Texts with {@code null} among them, which are answered as empty; what is wrong with an item is noted.
     *
     * @param shown what a message quotes for each of the items
     */
    static List<Optional<String>> nullable(List<JsonValue> items, String place, List<JsonValue> shown, Faults faults) {
        List<Optional<String>> texts = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            JsonValue item = items.get(i);
            if (!(item instanceof JsonString) && item.getValueType() != JsonValue.ValueType.NULL) {
                faults.add("not a valid value", place + "[" + i + "]", shown.get(i));
            }
            texts.add(item instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty());
        }
        return texts;
    }

    /** Those that come more than once, each of them once. */
    static <T> List<T> doubles(List<T> items) {
        Set<T> seen = new HashSet<>();
        Set<T> doubles = new LinkedHashSet<>();
        for (T item : items) {
            if (!seen.add(item)) {
                doubles.add(item);
            }
        }
        return List.copyOf(doubles);
    }
}
