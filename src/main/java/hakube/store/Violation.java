package hakube.store;

import java.util.ArrayList;
import java.util.List;

/** A value that breaks a rule. The path to it grows while it travels up, outermost key first. */
final class Violation extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Object> path = new ArrayList<>();

    Violation(String message) {
        super(message, null, false, false);
    }

    Violation under(Object key) {
        path.addFirst(key);
        return this;
    }

    int depth() {
        return path.size();
    }

    /** The sentence and, where it is about a part, which one: {@code expected str @ data['ports']['80']}. */
    String reason() {
        if (path.isEmpty()) {
            return getMessage();
        }
        StringBuilder text = new StringBuilder(getMessage()).append(" @ data");
        path.forEach(key -> text.append('[').append(PythonText.repr(key)).append(']'));
        return text.toString();
    }
}
