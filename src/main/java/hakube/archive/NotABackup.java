package hakube.archive;

/** A file that cannot be listed as a backup; the message says why, without the file's name. */
public final class NotABackup extends Exception {

    private static final long serialVersionUID = 1L;

    public NotABackup(String reason) {
        super(reason);
    }

    public NotABackup(String reason, Throwable cause) {
        super(reason, cause);
    }
}
