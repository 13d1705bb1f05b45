package hakube.relay;

import java.util.List;
import java.util.Locale;

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
     * The name as programs see it that make variables of headers, as CGI and WSGI do: to them {@code X_Remote_User_Id} and
     * {@code X-Remote-User-Id} are one.
     */
    public String folded() {
        return name.replace('_', '-').toLowerCase(Locale.ROOT);
    }

    /** The values of all headers of that name, in their order. */
    static List<String> values(List<Field> fields, String name) {
        return fields.stream().filter(field -> field.is(name)).map(Field::value).toList();
    }
}
