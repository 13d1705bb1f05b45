package hakube.store;

/** A text that is no YAML or JSON, or that asks for more than a manifest may; the message is for people. */
public final class Unreadable extends Exception {

    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
        super(message);
    }
}
