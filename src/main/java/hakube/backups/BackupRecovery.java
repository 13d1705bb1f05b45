package hakube.backups;

import hakube.storage.Folders;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.logging.Logger;

/** Tidies what an earlier process has left of making backups. Its jobs are told by the ledger of jobs, its apps come back by their list. */
@Singleton
public final class BackupRecovery {

    private static final Logger LOG = Logger.getLogger(BackupRecovery.class.getName());

    private final Folders folders;
    private final CoreHold hold;

    @Inject
    BackupRecovery(Folders folders, CoreHold hold) {
        this.folders = folders;
        this.hold = hold;
    }

    /** To be called once storage is there, before the API opens; a failure is logged. Core is told when it can be. */
    public void recover() {
        for (BackupLocation location : BackupLocation.values()) {
            try {
                PartFile.removeLeftovers(folders.of(location.folder()));
            } catch (IOException failure) {
                LOG.warning(() -> "What a crash left of a backup is still there: " + PartFile.reason(failure));
            }
        }
        hold.recover();
    }
}
