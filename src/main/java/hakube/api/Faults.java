package hakube.api;

import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a request, in the words of upstream's validation library; with secrets, no message repeats a value. */
final class Faults {

    /** What stands in a message for a value that must not be there. */
    private static final String HIDDEN = "'***'";

    private final List<String> all = new ArrayList<>();
    private final boolean hidesValues;

    Faults(boolean hidesValues) {
        this.hidesValues = hidesValues;
    }

    /** @param place such as {@code data['boot']} */
    void add(String what, String place, JsonValue value) {
        all.add(what + " @ " + place + ". Got " + got(value));
    }

    /** A required key is not there. */
    void addAbsent(String place) {
        all.add("required key not provided @ " + place + ". Got None");
    }

    int count() {
        return all.size();
    }

    /** How a message quotes that value. */
    String got(JsonValue value) {
        return hidesValues ? HIDDEN : PythonText.of(value);
    }

    /** @throws ApiFailure.BadRequest with every fault on a line of its own, if there is any */
    void end() {
        if (!all.isEmpty()) {
            throw new ApiFailure.BadRequest(
                    String.join("\n", all.stream().sorted().toList()));
        }
    }
}
