package hakube.supervisor;

import hakube.apps.AppWatchdog;
import hakube.backups.BackupRounds;
import hakube.resolution.HealthCheck;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What is done again and again once the Supervisor runs. */
@Singleton
final class Rounds {

    private final HealthCheck healthCheck;
    private final AppWatchdog watchdog;
    private final AutoUpdate autoUpdate;
    private final BackupRounds backups;

    @Inject
    Rounds(HealthCheck healthCheck, AppWatchdog watchdog, AutoUpdate autoUpdate, BackupRounds backups) {
        this.healthCheck = healthCheck;
        this.watchdog = watchdog;
        this.autoUpdate = autoUpdate;
        this.backups = backups;
    }

    void begin() {
        healthCheck.begin();
        watchdog.begin();
        autoUpdate.begin();
        backups.begin();
    }

    void end() {
        watchdog.end();
        autoUpdate.end();
        backups.end();
    }
}
