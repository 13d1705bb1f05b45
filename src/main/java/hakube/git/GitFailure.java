package hakube.git;

/** No tree was fetched; the message is one line for people, without user and password. */
public final class GitFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Kind {
        /** Nobody answers, or not in time, or not as who they should be. */
        UNREACHABLE,
        /** There is no such repository or branch, or nobody may read it without a password. */
        GONE,
        /** It is more than a repository may be. */
        TOO_LARGE,
        /** It may not be asked for. */
        REFUSED,
        /** What came is no tree. */
        DAMAGED
    }

    private final Kind kind;

    public GitFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
