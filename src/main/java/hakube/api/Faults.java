package hakube.api;

import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a request, in the words of upstream's validation library; with secrets, no message repeats a value. */
final class Faults {

    /** What stands in a message for a value that must not be there. */
    private static final String HIDDEN = "'***'";

    /** A list of a hundred thousand wrong items is told by its first ones. */
    static final int MOST = 1_000;

    private final List<String> all = new ArrayList<>();
    private final boolean hidesValues;
    private int count;

    Faults(boolean hidesValues) {
        this.hidesValues = hidesValues;
    }

    /** @param place such as {@code data['boot']} */
    void add(String what, String place, JsonValue value) {
        if (++count <= MOST) {
            all.add(told(what, place, got(value)));
        }
    }

    /** A required key is not there. */
    void addAbsent(String place) {
        if (++count <= MOST) {
            all.add(told("required key not provided", place, "None"));
        }
    }

    int count() {
        return count;
    }

    /** How a message quotes that value. */
    String got(JsonValue value) {
        return hidesValues ? HIDDEN : PythonText.of(value);
    }

    /** @throws ApiFailure.BadRequest with every fault on a line of its own, if there is any */
    void end() {
        if (count > 0) {
            String told = String.join("\n", all.stream().sorted().toList());
            throw new ApiFailure.BadRequest(count > MOST ? told + "\nand " + (count - MOST) + " more faults" : told);
        }
    }

    private static String told(String what, String place, String got) {
        return what + " @ " + place + ". Got " + got;
    }
}
