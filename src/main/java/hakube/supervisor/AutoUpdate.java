package hakube.supervisor;

import hakube.apps.AutoUpdates;
import hakube.jobs.Every;
import hakube.link.CoreAway;
import hakube.link.CoreLink;
import hakube.state.FeatureFlag;
import hakube.state.State;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Logger;

/**
 * Has Core update the apps that are due, every sixteen hours and one after the other: Core makes the backup first, as its users set it,
 * and then asks for the update as a person does (upstream {@code supervisor/misc/tasks.py}, {@code _update_apps}, 2026-08).
 */
@Singleton
final class AutoUpdate {

    private static final Logger LOG = Logger.getLogger(AutoUpdate.class.getName());
    private static final Duration PERIOD = Duration.ofHours(16);
    /** Of a backup and an update, whose own trial takes a quarter of an hour at most. */
    private static final Duration LIMIT = Duration.ofHours(1);

    private final Function<Instant, List<String>> due;
    private final State state;
    private final Core core;
    private final Every updating = new Every("auto-update", PERIOD, () -> look(Instant.now()));

    /** Whoever is asked to do it. */
    interface Core {
        void command(String type, Map<String, Object> fields, Duration limit) throws CoreAway;
    }

    @Inject
    AutoUpdate(AutoUpdates updates, State state, CoreLink link) {
        this(updates::due, state, link::command);
    }

    /** @param due slugs of the apps that are due at a time */
    AutoUpdate(Function<Instant, List<String>> due, State state, Core core) {
        this.due = due;
        this.state = state;
        this.core = core;
    }

    void begin() {
        updating.begin();
    }

    void end() {
        updating.end();
    }

    /** One round. */
    void look(Instant now) {
        String word = state.options().has(FeatureFlag.SUPERVISOR_WEBSOCKET_V2_API) ? "app" : "addon";
        for (String slug : due.apply(now)) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            LOG.info(() -> "Home Assistant is asked to update " + slug);
            try {
                core.command("hassio/update/" + word, Map.of(word, slug, "backup", true), LIMIT);
            } catch (CoreAway failure) {
                LOG.warning(() -> "The automatic update of " + slug + " failed: " + failure.getMessage());
            }
        }
    }
}
