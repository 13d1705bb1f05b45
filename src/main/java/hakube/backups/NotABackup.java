package hakube.backups;

/** A file that cannot be listed as a backup; the message says why, without the file's name. */
final class NotABackup extends Exception {

    private static final long serialVersionUID = 1L;

    NotABackup(String reason) {
        super(reason);
    }

    NotABackup(String reason, Throwable cause) {
        super(reason, cause);
    }
}
