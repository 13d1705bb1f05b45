package hakube.apps;

/** Options do not fit their schema; the message is upstream's, without what was got. */
final class OptionFault extends Exception {

    private static final long serialVersionUID = 1L;

    OptionFault(String message) {
        super(message, null, false, false);
    }
}
