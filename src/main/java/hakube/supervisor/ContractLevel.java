package hakube.supervisor;

/** What the Supervisor calls itself towards clients and backups, which compare it. */
final class ContractLevel {

    /** The release of upstream whose contract is served; the own version stands in the log, the metrics and the docs. */
    static final String VERSION = "2026.11.0";

    private ContractLevel() {}
}
