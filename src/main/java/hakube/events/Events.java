package hakube.events;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Hands events to listeners, on the caller's thread, in the order in which they happened. */
@Singleton
public final class Events {

    private static final Logger LOG = Logger.getLogger(Events.class.getName());

    private final List<Consumer<SupervisorEvent>> listeners = new CopyOnWriteArrayList<>();

    /** From now on {@code listener} hears everything; it must be quick, and what it throws is logged, not passed on. */
    public void listen(Consumer<SupervisorEvent> listener) {
        listeners.add(listener);
    }

    /** Tells all listeners. */
    public void fire(SupervisorEvent event) {
        for (Consumer<SupervisorEvent> listener : listeners) {
            try {
                listener.accept(event);
            } catch (RuntimeException e) {
                LOG.log(Level.SEVERE, "A listener failed on " + event, e);
            }
        }
    }
}
