package hakube.backups;

import hakube.api.ApiFailure;
import hakube.apps.AppRestore;
import hakube.storage.Folders;
import hakube.storage.TreeSwap;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Ends a restore that the end of a process has cut off: each folder is old or new, and what ran before runs again. */
@Singleton
public final class RestoreRecovery {

    private static final Logger LOG = Logger.getLogger(RestoreRecovery.class.getName());

    private final Folders folders;
    private final AppRestore apps;
    private final Revival revival;
    private volatile Optional<Unfinished> unfinished = Optional.empty();

    @Inject
    RestoreRecovery(Folders folders, AppRestore apps, Revival revival) {
        this.folders = folders;
        this.apps = apps;
        this.revival = revival;
    }

    /**
     * Puts back the folders that were being replaced; to be called when the list of apps is read, before anything else of a start
     * looks at them.
     *
     * @throws UncheckedIOException the storage does not let it: to be tried again
     */
    public void load() {
        try {
            new TreeSwap(folders, RestoreRun.work(folders)).recover(apps::putBack);
        } catch (IOException failure) {
            throw new UncheckedIOException("What a restore was replacing cannot be put back", failure);
        }
        unfinished = Unfinished.read(folders);
        unfinished.ifPresent(left -> LOG.severe(() -> "The restore of backup " + left.backup()
                + " was cut off: each part is as it was before or as it is in the backup, restore it again"));
    }

    /** Whether {@link #resume} has something to start: then this start of the Supervisor is no boot. */
    public boolean isPending() {
        return unfinished.isPresent();
    }

    /** Starts what ran before the restore and what it would have started; takes as long as that does. A failure is logged. */
    public void resume() {
        unfinished.ifPresent(left -> {
            LOG.warning(() -> "Starting again what the restore had stopped: " + (left.core() ? "Home Assistant, " : "")
                    + left.apps());
            try {
                revival.start(revival.due(left.apps()));
                if (left.core()) {
                    revival.startCore();
                }
                end();
            } catch (ApiFailure.Unavailable away) {
                LOG.log(
                        Level.SEVERE,
                        "What ran before the restore is started at the next start: " + away.getMessage(),
                        away);
            } catch (ApiFailure | UncheckedIOException failure) {
                LOG.log(
                        Level.SEVERE,
                        "Not all that ran before the restore runs again: " + failure.getMessage(),
                        failure);
                end();
            }
        });
    }

    private void end() {
        if (!Thread.currentThread().isInterrupted()) {
            Unfinished.end(folders);
            unfinished = Optional.empty();
        }
    }
}
