package hakube.host;

import hakube.config.Settings;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.state.SupervisorState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Whether the Supervisor reaches the internet (upstream {@code supervisor/supervisor.py}, 2026-08): any answer of the address
 * that the settings name counts. It is asked when the API opens, when somebody says so, and when somebody wants to know and
 * the last answer is 10 min old, 5 s where there was none. Where the settings name no address, there is taken to be internet.
 */
@Singleton
final class Connectivity {

    private static final Logger LOG = Logger.getLogger(Connectivity.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration GOOD_FOR = Duration.ofMinutes(10);
    private static final Duration BAD_FOR = Duration.ofSeconds(5);

    private final Optional<URI> address;
    private final Events events;
    private final Duration limit;
    private final LongSupplier nanoTime;
    private final JointQuestion<Boolean> question = new JointQuestion<>("connectivity", this::look);
    /** Upstream's, before it has looked. */
    private volatile Answer last = new Answer(true, Optional.empty());

    @Inject
    Connectivity(Settings settings, Events events) {
        this(settings.supervisor().connectivityUrl(), events, LIMIT, System::nanoTime);
    }

    Connectivity(Optional<URI> address, Events events, Duration limit, LongSupplier nanoTime) {
        this.address = address;
        this.events = events;
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    /** @param at in nanoseconds, empty before the first one. */
    private record Answer(boolean isThere, Optional<Long> at) {
        boolean isOld(long now) {
            Duration life = isThere ? GOOD_FOR : BAD_FOR;
            return at.isEmpty() || now - at.get() > life.toNanos();
        }
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object ready) {
        events.listen(event -> {
            if (event instanceof SupervisorEvent.SupervisorStateChanged(String state)
                    && state.equals(SupervisorState.STARTUP.wire())) {
                askAgain();
            }
        });
    }

    /** What the last look said; never waits. */
    boolean isThere() {
        Answer known = last;
        if (known.isOld(nanoTime.getAsLong())) {
            askAgain();
        }
        return known.isThere();
    }

    /** Looks now; takes 10 s at most. */
    void check() {
        if (address.isPresent()) {
            try {
                question.answer(limit);
            } catch (ExecutionException fault) {
                LOG.log(Level.FINE, "The check for internet met a fault", fault);
            }
        }
    }

    private void askAgain() {
        if (address.isPresent()) {
            question.ask();
        }
    }

    private boolean look() throws InterruptedException {
        boolean isThere = address.isEmpty() || answers(address.get());
        boolean before = last.isThere();
        last = new Answer(isThere, Optional.of(nanoTime.getAsLong()));
        if (isThere != before) {
            events.fire(new SupervisorEvent.InternetChanged(isThere));
        }
        return isThere;
    }

    private boolean answers(URI asked) throws InterruptedException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(limit).build();
        try {
            client.send(
                    HttpRequest.newBuilder(asked).HEAD().timeout(limit).build(),
                    HttpResponse.BodyHandlers.discarding());
            return true;
        } catch (IOException silence) {
            LOG.log(Level.FINE, "There is no internet", silence);
            return false;
        } finally {
            client.shutdownNow();
        }
    }
}
