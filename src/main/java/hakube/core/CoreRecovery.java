package hakube.core;

import hakube.api.ApiFailure;
import hakube.jobs.Journal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Ends what users asked an earlier process to do with Core. An update that was cut off is undone by {@link Core#adopt}. */
@Singleton
public final class CoreRecovery {

    private static final Logger LOG = Logger.getLogger(CoreRecovery.class.getName());

    private final Core core;

    @Inject
    CoreRecovery(Core core) {
        this.core = core;
    }

    /** Takes as long as a start of Core; a failure is logged. Work of another room is nothing to it. */
    public void finish(Journal.Entry entry) {
        try {
            switch (entry.name()) {
                case "home_assistant_core_start", "home_assistant_core_restart", "home_assistant_core_rebuild" -> {
                    LOG.warning(() -> "Finishing " + entry.name() + " that was cut off");
                    core.start();
                }
                case "home_assistant_core_stop" -> {
                    LOG.warning("Finishing the stop of Home Assistant that was cut off");
                    core.stop();
                }
                default -> {
                    // Undone already, or not ours.
                }
            }
        } catch (ApiFailure | UncheckedIOException failure) {
            LOG.log(Level.SEVERE, "Could not finish " + entry.name() + ": " + failure.getMessage(), failure);
        }
    }
}
