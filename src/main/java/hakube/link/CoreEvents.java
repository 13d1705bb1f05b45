package hakube.link;

import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.link.Outbox.Letter;
import hakube.state.FeatureFlag;
import hakube.state.State;
import hakube.state.SupervisorState;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells Core what happens, one after the other, each when Core has the one before. While Core is away, or the Supervisor is not
 * running yet, the last word on each subject waits; whenever it begins anew, Core is first told to read everything.
 */
@Singleton
public final class CoreEvents {

    private static final Logger LOG = Logger.getLogger(CoreEvents.class.getName());
    private static final Duration ANSWER = Duration.ofSeconds(10);
    /** Jobs, issues and apps of a large home, and room for all their news of a moment. */
    private static final int MOST = 1024;

    private final Events events;
    private final State state;
    private final CoreLink link;
    private final Outbox<Map<String, Object>> outbox = new Outbox<>(MOST);
    private boolean isTelling;

    @Inject
    CoreEvents(Events events, State state, CoreLink link) {
        this.events = events;
        this.state = state;
        this.link = link;
    }

    /** Begins to listen; to be called once, before {@link CoreLink#begin}. */
    public void begin() {
        events.listen(this::hear);
        link.listen(new CoreLink.Listener() {
            @Override
            public void up() {
                settle();
            }

            @Override
            public void down() {
                settle();
            }
        });
    }

    private void hear(SupervisorEvent event) {
        Letters.of(event, !state.options().has(FeatureFlag.SUPERVISOR_WEBSOCKET_V2_API))
                .ifPresent(outbox::add);
        if (event instanceof SupervisorEvent.SupervisorStateChanged) {
            settle();
        }
    }

    /** Both must be there: Core, and a Supervisor that answers what Core asks then. */
    private synchronized void settle() {
        Optional<CoreSocket> socket = link.socket().filter(_ -> link.isUp() && isServing(state.current()));
        if (socket.isPresent() && !isTelling) {
            isTelling = true;
            outbox.open(Letters.everything());
            Thread.ofVirtual().name("core-events").start(() -> tell(socket.get()));
        } else if (socket.isEmpty() && isTelling) {
            isTelling = false;
            outbox.close();
        }
    }

    /** Ends with the connection at the latest, so that there is never a second one. */
    private void tell(CoreSocket socket) {
        try {
            for (Optional<Letter<Map<String, Object>>> next = outbox.next(); next.isPresent(); next = outbox.next()) {
                if (!send(socket, next.get())) {
                    return;
                }
                outbox.delivered(next.get());
                if (outbox.takeLoss()) {
                    outbox.add(Letters.everything());
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it need not be sent again. A Core that does not answer is as good as gone. */
    private static boolean send(CoreSocket socket, Letter<Map<String, Object>> letter) {
        try {
            socket.command("supervisor/event", Map.of("data", letter.content()), ANSWER);
            return true;
        } catch (CoreSocket.Refused refusal) {
            LOG.fine(() -> "About " + letter.subject() + ": " + refusal.getMessage());
            return true;
        } catch (CoreAway failure) {
            LOG.fine(() -> "About " + letter.subject() + ": " + failure.getMessage());
            socket.close();
            return false;
        } catch (RuntimeException fault) {
            LOG.log(Level.SEVERE, "About " + letter.subject() + " Home Assistant is told nothing", fault);
            return true;
        }
    }

    private static boolean isServing(SupervisorState now) {
        return now == SupervisorState.RUNNING || now == SupervisorState.FREEZE;
    }
}
