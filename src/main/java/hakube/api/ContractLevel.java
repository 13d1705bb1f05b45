package hakube.api;

/** Which contract is served. */
public final class ContractLevel {

    /** The release of upstream whose contract it is: what clients and backups see and compare as the Supervisor's version. */
    public static final String TEXT = "2026.11.0";

    private ContractLevel() {}
}
