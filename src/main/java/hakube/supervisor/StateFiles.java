package hakube.supervisor;

import hakube.auth.Logins;
import hakube.backups.BackupRecovery;
import hakube.backups.Backups;
import hakube.backups.RestoreRecovery;
import hakube.discovery.Discovery;
import hakube.ingress.IngressSessions;
import hakube.services.Services;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What rooms remember that nothing else of the start depends on: any order is right, as long as storage is there and the list of apps is read. */
@Singleton
final class StateFiles {

    private final Services services;
    private final Discovery discovery;
    private final Logins logins;
    private final IngressSessions sessions;
    private final BackupRecovery backupRecovery;
    private final Backups backups;
    private final RestoreRecovery restore;

    @Inject
    StateFiles(
            Services services,
            Discovery discovery,
            Logins logins,
            IngressSessions sessions,
            BackupRecovery backupRecovery,
            Backups backups,
            RestoreRecovery restore) {
        this.services = services;
        this.discovery = discovery;
        this.logins = logins;
        this.sessions = sessions;
        this.backupRecovery = backupRecovery;
        this.backups = backups;
        this.restore = restore;
    }

    /** Reads the files of all of them. */
    void load() {
        services.load();
        discovery.load();
        logins.load();
        sessions.load();
        backupRecovery.recover();
        backups.load();
        restore.load();
    }
}
