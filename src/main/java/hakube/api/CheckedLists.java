package hakube.api;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The questions of a {@link Body} whose answers are lists. */
abstract sealed class CheckedLists extends CheckedMap permits Body {

    CheckedLists(JsonObject object, String place, Faults faults) {
        super(object, place, faults);
    }

    /** A list of texts. */
    public Optional<List<String>> texts(String key) {
        return list(key, "expected str", text -> Optional.empty());
    }

    /** A list of words of an enumeration that upstream calls {@code type}. */
    public Optional<List<String>> words(String key, String type, List<String> words) {
        String wanted = PythonText.choice(type, words);
        return list(key, wanted, word -> words.contains(word) ? Optional.empty() : Optional.of(wanted));
    }

    /**
     * A list of different texts.
     *
     * @param faultOf what is wrong with one of them, empty when it is fine
     */
    public Optional<List<String>> distinctTexts(String key, Function<String, Optional<String>> faultOf) {
        return distinct(key, "expected str", faultOf);
    }

    /** A list of different words out of a set. */
    public Optional<List<String>> distinctWords(String key, Set<String> words) {
        String wanted = "value must be one of "
                + PythonText.list(words.stream().sorted().toList());
        return distinct(key, wanted, word -> words.contains(word) ? Optional.empty() : Optional.of(wanted));
    }

    /**
     * {@code "ALL"}, which is answered as empty, or a list of different texts (upstream's {@code vol.Or}, whose last alternative
     * tells what is wrong with an item, and nothing of the rest).
     *
     * @return the value is empty when the key is absent
     */
    public Optional<Optional<List<String>>> allOrTexts(String key) {
        Optional<JsonValue> value = any(key);
        if (value.filter(given -> PythonText.of(given).equals("'ALL'")).isPresent()) {
            return Optional.of(Optional.empty());
        }
        if (value.isPresent() && !(value.get() instanceof JsonArray)) {
            fault(key, "not a valid value");
            return Optional.empty();
        }
        int before = faults.count();
        Optional<List<String>> texts = texts(key);
        if (faults.count() == before
                && !TextList.doubles(texts.orElse(List.of())).isEmpty()) {
            fault(key, "not a valid value");
        }
        return texts.map(Optional::of);
    }

    /**
     * One text, or a list of different ones, {@code null} among them.
     *
     * @param meaning what a text stands for, empty for the same as {@code null}
     */
    public Optional<List<Optional<String>>> oneOrMore(String key, Function<String, Optional<String>> meaning) {
        int before = faults.count();
        Optional<List<Optional<String>>> items = any(key).map(value -> value instanceof JsonArray list
                ? TextList.nullable(list, placeOf(key), list, faults)
                // Of what is no list upstream's library finds no item that it could quote.
                : TextList.nullable(List.of(value), placeOf(key), List.of(JsonValue.NULL), faults));
        Optional<List<Optional<String>>> meant = items.map(
                list -> list.stream().map(text -> text.flatMap(meaning)).toList());
        List<Optional<String>> doubles = TextList.doubles(meant.orElse(List.of()));
        if (faults.count() == before && !doubles.isEmpty()) {
            fault(
                    key,
                    "contains duplicate items: "
                            + doubles.stream()
                                    .map(text -> text.map(PythonText::of).orElse("None"))
                                    .collect(Collectors.joining(", ", "[", "]")));
        }
        return meant;
    }

    /** Whatever is there, as JSON; for keys whose content another room checks. */
    public Optional<JsonValue> any(String key) {
        return has(key) ? Optional.of(object.get(key)) : Optional.empty();
    }

    Optional<JsonArray> array(String key) {
        return value(key, "expected a list", value -> value instanceof JsonArray found ? found : null);
    }

    private Optional<List<String>> distinct(String key, String wanted, Function<String, Optional<String>> faultOf) {
        int before = faults.count();
        Optional<List<String>> texts = list(key, wanted, faultOf);
        List<String> doubles = TextList.doubles(texts.orElse(List.of()));
        if (faults.count() == before && !doubles.isEmpty()) {
            fault(key, "contains duplicate items: " + PythonText.list(doubles));
        }
        return texts;
    }

    /** @param wanted what is said of an item that is no text */
    private Optional<List<String>> list(String key, String wanted, Function<String, Optional<String>> faultOf) {
        return array(key).map(items -> TextList.read(items, placeOf(key), wanted, faultOf, faults));
    }
}
