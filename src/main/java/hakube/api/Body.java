package hakube.api;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A request's JSON, checked key by key. Each question notes what is wrong with its key and then answers empty;
 * {@link #check} ends the request with all of it, in the words of upstream's validation library, which clients show.
 *
 * <p>The content type of the request is never looked at, and an empty body counts as {@code {}}
 * ({@code supervisor/api/utils.py}, {@code api_validate}).
 */
public final class Body extends CheckedLists {

    private static final Pattern ANY_TEXT = Pattern.compile("(?s).*");

    private final List<Body> parts = new ArrayList<>();

    private Body(JsonObject object, String place, Faults faults) {
        super(object, place, faults);
    }

    /**
     * Reads a body.
     *
     * @throws ApiFailure.BadRequest {@code Invalid json}, or {@code expected a dictionary. Got …}
     */
    public static Body of(String text) {
        return of(text, new Faults(false));
    }

    /** As {@link #of}, and no message repeats a value: with passwords, a message that is shown or logged must not have them. */
    public static Body ofSecrets(String text) {
        return of(text, new Faults(true));
    }

    private static Body of(String text, Faults faults) {
        JsonValue value = JsonText.parse(text);
        if (value instanceof JsonObject map) {
            return new Body(map, "data", faults);
        }
        throw new ApiFailure.BadRequest("expected a dictionary. Got " + faults.got(value));
    }

    /** A value as messages show it: as Python does, and cut off. */
    public static String quoted(JsonValue value) {
        return PythonText.of(value);
    }

    /** The key must be there. */
    public Body require(String key) {
        if (!has(key)) {
            faults.addAbsent(placeOf(key));
        }
        return this;
    }

    /** A text. */
    public Optional<String> text(String key) {
        return value(key, "expected str", value -> value instanceof JsonString s ? s.getString() : null);
    }

    /** A text or {@code null}, which is answered as empty as well: ask {@link #has}. */
    public Optional<String> nullableText(String key) {
        return nullableText(key, ANY_TEXT);
    }

    /** A text of that form, or {@code null}. */
    public Optional<String> nullableText(String key, Pattern form) {
        return isNull(key)
                ? Optional.empty()
                : value(
                        key,
                        "not a valid value",
                        value -> value instanceof JsonString s
                                        && form.matcher(s.getString()).matches()
                                ? s.getString()
                                : null);
    }

    /** A text that fits. */
    public Optional<String> text(String key, Predicate<String> fits, String refusal) {
        return text(key).filter(text -> fits.test(text) || fault(key, refusal));
    }

    /** One of a fixed list. */
    public Optional<String> oneOf(String key, List<String> words) {
        return oneOf(key, words, "value must be one of " + PythonText.list(words));
    }

    /** One of an enumeration that upstream calls {@code type}. */
    public Optional<String> oneOf(String key, String type, List<String> words) {
        return oneOf(key, words, PythonText.choice(type, words));
    }

    /** {@code true} or {@code false} and nothing else. */
    public Optional<Boolean> bool(String key) {
        return value(key, "expected bool", value -> switch (value.getValueType()) {
            case TRUE -> true;
            case FALSE -> false;
            default -> null;
        });
    }

    /** As lenient as upstream: {@code yes}, {@code off}, {@code 1}, {@code null}, any number or collection. */
    public Optional<Boolean> lenientBool(String key) {
        return value(key, "expected boolean", LenientValues::truth);
    }

    /** As lenient as {@link #lenientBool}, or {@code null}, which is answered as empty: ask {@link #has}. */
    public Optional<Boolean> nullableBool(String key) {
        return isNull(key) ? Optional.empty() : value(key, "not a valid value", LenientValues::truth);
    }

    /** A whole number, or what can be made into one, from {@code least} to {@code most}. */
    public OptionalInt number(String key, int least, int most) {
        Optional<Long> found = value(key, "expected int", LenientValues::whole);
        Optional<Integer> fitting = found.filter(
                        number -> number >= least || fault(key, "value must be at least " + least))
                .filter(number -> number <= most || fault(key, "value must be at most " + most))
                .map(Long::intValue);
        return fitting.isPresent() ? OptionalInt.of(fitting.get()) : OptionalInt.empty();
    }

    /** A whole number and nothing that could be made into one, but {@code true} and {@code false}, which are numbers in Python. */
    public OptionalInt integer(String key, int least) {
        Optional<Long> found = value(key, "expected int", LenientValues::integer)
                .filter(number -> number >= least || fault(key, "value must be at least " + least));
        return found.isPresent()
                ? OptionalInt.of(Math.clamp(found.get(), least, Integer.MAX_VALUE))
                : OptionalInt.empty();
    }

    /** A number, or what can be made into one. */
    public Optional<Double> decimal(String key) {
        return value(key, "expected float", LenientValues::decimal);
    }

    /** A map whose own keys are asked for; it is checked together with this one. */
    public Optional<Body> part(String key) {
        if (has(key) && !(object.get(key) instanceof JsonObject)) {
            fault(key, "expected a dictionary");
            return Optional.empty();
        }
        return has(key)
                ? Optional.of(object.getJsonObject(key)).map(map -> {
                    Body part = new Body(map, placeOf(key), faults);
                    parts.add(part);
                    return part;
                })
                : Optional.empty();
    }

    /** A list of maps whose own keys are asked for; they are checked together with this one. Items that are no map are left out. */
    public Optional<List<Body>> listOfParts(String key) {
        return array(key).map(items -> {
            List<Body> found = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                String placeOfItem = placeOf(key) + "[" + i + "]";
                if (items.get(i) instanceof JsonObject map) {
                    found.add(new Body(map, placeOfItem, faults));
                } else {
                    faults.add("expected a dictionary", placeOfItem, items.get(i));
                }
            }
            parts.addAll(found);
            return found;
        });
    }

    /** A map with any keys, as JSON. */
    public Optional<JsonObject> object(String key) {
        return value(key, "expected dict", value -> value instanceof JsonObject map ? map : null);
    }

    /** A map with any keys, or {@code null}, which is answered as empty as well: ask {@link #has}. */
    public Optional<JsonObject> nullableObject(String key) {
        return isNull(key)
                ? Optional.empty()
                : value(key, "not a valid value", value -> value instanceof JsonObject map ? map : null);
    }

    /** A map of lenient booleans, whose keys are out of an enumeration that upstream calls {@code type}. */
    public Map<String, Boolean> switches(String key, String type, List<String> words) {
        Map<String, Boolean> switches = new LinkedHashMap<>();
        part(key).ifPresent(part -> {
            words.forEach(word -> part.lenientBool(word).ifPresent(on -> switches.put(word, on)));
            part.object.forEach((word, value) -> {
                if (part.known.add(word)) {
                    faults.add(PythonText.choice(type, words), part.placeOf(word), value);
                }
            });
        });
        return switches;
    }

    /** Where keys are free: what this one is called must be of that form. */
    public Body named(String key, Pattern form) {
        if (has(key) && !form.matcher(key).matches()) {
            faults.add("does not match regular expression " + form.pattern(), placeOf(key), object.get(key));
        }
        return this;
    }

    /** All entries as JSON, none of them known by that. */
    public Map<String, JsonValue> entries() {
        return new LinkedHashMap<>(object);
    }

    /** Notes what whoever asks has found wrong with a key. */
    public void refuse(String key, String refusal) {
        fault(key, refusal);
    }

    /** From now on all keys are known: those that nobody asks for are good as well. */
    public Body withAnyOthers() {
        known.addAll(object.keySet());
        return this;
    }

    /**
     * Ends the questions.
     *
     * @throws ApiFailure.BadRequest with every fault on a line of its own, unknown keys included
     */
    public void check() {
        noteAllStrangers();
        faults.end();
    }

    private void noteAllStrangers() {
        noteStrangers();
        parts.forEach(Body::noteAllStrangers);
    }

    private Optional<String> oneOf(String key, List<String> words, String wanted) {
        return value(
                key,
                wanted,
                value -> value instanceof JsonString s && words.contains(s.getString()) ? s.getString() : null);
    }
}
