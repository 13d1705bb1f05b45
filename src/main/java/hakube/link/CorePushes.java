package hakube.link;

import hakube.discovery.Discovery;
import hakube.discovery.DiscoveryChange;
import hakube.discovery.Message;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.link.Outbox.Letter;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Pushes to Core's integration: what apps announce, which panels the sidebar has (core: {@code components/hassio/discovery.py}
 * and {@code addon_panel.py}, 2026.11). Core trusts no content and asks back while a push is open, so the push has a thread of
 * its own. What cannot be told waits for Core; when that starts anew, it also reads all of it by itself.
 */
@Singleton
public final class CorePushes {

    private static final Logger LOG = Logger.getLogger(CorePushes.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int MOST = 256;

    private final Events events;
    private final Discovery discovery;
    private final CoreHttp http;
    private final CoreLink link;
    private final Outbox<Push> outbox = new Outbox<>(MOST);

    @Inject
    CorePushes(Events events, Discovery discovery, CoreHttp http, CoreLink link) {
        this.events = events;
        this.discovery = discovery;
        this.http = http;
        this.link = link;
    }

    /** One request. */
    private record Push(String method, String path, Map<String, String> body) {}

    /** Begins to listen; to be called once, before {@link CoreLink#begin}. */
    public void begin() {
        discovery.listen(this::hear);
        events.listen(event -> {
            if (event instanceof SupervisorEvent.PanelChanged(String slug, boolean isShown)) {
                add(isShown, "/api/hassio_push/panel/" + slug, Map.of());
            }
        });
        link.listen(new CoreLink.Listener() {
            @Override
            public void up() {
                outbox.open();
                Thread.ofVirtual().name("core-pushes").start(CorePushes.this::push);
            }

            @Override
            public void down() {
                outbox.close();
            }
        });
    }

    private void hear(DiscoveryChange change) {
        switch (change) {
            case DiscoveryChange.Announced(Message message) -> add(true, message);
            case DiscoveryChange.Withdrawn(Message message) -> add(false, message);
        }
    }

    private void add(boolean isThere, Message message) {
        add(
                isThere,
                "/api/hassio_push/discovery/" + message.uuid(),
                Map.of("addon", message.app(), "service", message.service(), "uuid", message.uuid()));
    }

    private void add(boolean isThere, String path, Map<String, String> body) {
        outbox.add(new Letter<>(path, new Push(isThere ? "POST" : "DELETE", path, body)));
    }

    private synchronized void push() {
        try {
            for (Optional<Letter<Push>> next = outbox.next(); next.isPresent(); next = outbox.next()) {
                if (!isWorthAnotherTry(next.get().content())) {
                    outbox.delivered(next.get());
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells it; after a failure it is when Core went away meanwhile. */
    private boolean isWorthAnotherTry(Push push) {
        try {
            HttpResponse<String> answer = http.send(push.method(), push.path(), push.body(), LIMIT);
            if (answer.statusCode() >= 400) {
                LOG.warning(() ->
                        "Home Assistant answers " + answer.statusCode() + " to " + push.method() + " " + push.path());
            }
            return false;
        } catch (CoreAway failure) {
            LOG.warning(() -> push.method() + " " + push.path() + ": " + failure.getMessage());
            return !link.isUp();
        } catch (RuntimeException fault) {
            LOG.log(Level.SEVERE, push.method() + " " + push.path() + " is not told", fault);
            return false;
        }
    }
}
