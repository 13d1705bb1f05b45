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

    /** Those that come more than once, each of them once. */
    static List<String> doubles(List<String> texts) {
        Set<String> seen = new HashSet<>();
        Set<String> doubles = new LinkedHashSet<>();
        for (String text : texts) {
            if (!seen.add(text)) {
                doubles.add(text);
            }
        }
        return List.copyOf(doubles);
    }
}
