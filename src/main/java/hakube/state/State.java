package hakube.state;

import hakube.config.Settings;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.storage.Folders;
import hakube.storage.StateFile;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;

/** Holds the Supervisor's state and its options; both can be read at any time. */
@Singleton
public final class State {

    private static final Logger LOG = Logger.getLogger(State.class.getName());

    private final Events events;
    private final StateFile<SupervisorOptions> file;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile SupervisorState current = SupervisorState.INITIALIZE;
    private volatile SupervisorOptions options;
    private volatile Map<String, Boolean> featuresAtStart = Map.of();

    @Inject
    public State(Settings settings, Folders folders, Events events) {
        this.events = events;
        this.file = new StateFile<>(folders.of("config.json"), SupervisorOptions.class);
        this.options = SupervisorOptions.initial(settings.supervisor().logLevel());
    }

    /** The state now. */
    public SupervisorState current() {
        return current;
    }

    /** Goes to another state and tells of it. */
    public void enter(SupervisorState next) {
        if (current != next) {
            current = next;
            LOG.info(() -> "Supervisor is now in state " + next.wire());
            events.fire(new SupervisorEvent.SupervisorStateChanged(next.wire()));
        }
    }

    /** Reads {@code config.json}; to be called once storage is there. */
    public void load() {
        file.read(aside -> events.fire(SupervisorEvent.IssueFound.damagedFile(aside, "system", "Damaged file")))
                .ifPresent(read -> options = read);
        featuresAtStart = options.featureFlags();
    }

    /** Whether a feature was on when {@link #load} read the options; what was changed since counts at the next start. */
    public boolean hadAtStart(FeatureFlag feature) {
        return featuresAtStart.getOrDefault(feature.wire(), false);
    }

    /** The options now. */
    public SupervisorOptions options() {
        return options;
    }

    /** Changes the options, on disk first. */
    public void change(UnaryOperator<SupervisorOptions> change) {
        writing.lock();
        try {
            SupervisorOptions changed = change.apply(options);
            file.write(changed);
            options = changed;
        } finally {
            writing.unlock();
        }
    }
}
