package hakube.relay;

import java.util.ArrayList;
import java.util.List;

/**
 * One header line. Names and values are octets, each as one character.
 *
 * @param name as it was written; compared without regard to case
 */
public record Field(String name, String value) {

    /** Whether that is its name. */
    public boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }

    /**
     * Whether programs take it for that one which make variables of headers, as CGI and WSGI do: to them {@code X_Remote_User_Id} and
     * {@code X-Remote-User-Id} are one.
     */
    public boolean isTakenFor(String other) {
        return name.length() == other.length()
                && (is(other) || name.replace('_', '-').equalsIgnoreCase(other));
    }

    /** Whether there is a header of that name. */
    static boolean isIn(List<Field> fields, String name) {
        for (Field field : fields) {
            if (field.is(name)) {
                return true;
            }
        }
        return false;
    }

    /** The values of all headers of that name, in their order. */
    static List<String> values(List<Field> fields, String name) {
        List<String> values = List.of();
        for (Field field : fields) {
            if (field.is(name)) {
                values = values.isEmpty() ? new ArrayList<>(1) : values;
                values.add(field.value());
            }
        }
        return values;
    }
}
