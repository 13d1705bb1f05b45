package hakube.backups;

/** What a backup is meant to hold. */
enum BackupType {
    FULL("full"),
    PARTIAL("partial");

    private final String wire;

    BackupType(String wire) {
        this.wire = wire;
    }

    /** The word in {@code backup.json} and in answers. */
    String wire() {
        return wire;
    }
}
