package hakube.discovery;

import hakube.access.Caller;
import hakube.api.ApiFailure;
import hakube.events.Events;
import hakube.storage.Folders;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The messages and who may send, see and delete them (upstream {@code supervisor/discovery}, 2026-08). */
@Singleton
public final class Discovery {

    /** Of one app; real ones have a handful. */
    static final int MOST = 64;

    private static final Logger LOG = Logger.getLogger(Discovery.class.getName());

    private final DiscoveryFile file;
    private final Announcers announcers;
    private final List<Consumer<DiscoveryChange>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock changing = new ReentrantLock();
    private volatile List<Message> messages = List.of();

    @Inject
    public Discovery(Folders folders, Events events, Announcers announcers) {
        this.file = new DiscoveryFile(folders, events);
        this.announcers = announcers;
    }

    /** Reads the state file; to be called once storage is there. */
    public void load() {
        messages = List.copyOf(file.read());
    }

    /**
     * From now on {@code listener} hears of every change, in their order, once it is on disk and can be read. It must only take
     * note and return: whoever asks Core waits for an answer for which Core asks back here.
     */
    public void listen(Consumer<DiscoveryChange> listener) {
        listeners.add(listener);
    }

    /** Messages of apps that are started: what Core may act on. */
    List<Message> shown() {
        return messages.stream()
                .filter(message -> announcers.isStarted(message.app()))
                .toList();
    }

    /** Full slugs of the apps that could announce, by service. */
    Map<String, List<String>> services() {
        return announcers.byService();
    }

    /** @throws ApiFailure.NotFound there is no message with this id */
    Message find(String uuid) {
        return messages.stream()
                .filter(message -> message.uuid().equals(uuid))
                .findFirst()
                .orElseThrow(() -> new ApiFailure.NotFound("Discovery message not found"));
    }

    /**
     * Sends a message. The same again changes nothing; another content takes the place of the former under the same id.
     *
     * @return its id
     * @throws ApiFailure.BadRequest it does not fit, or the app has {@link #MOST} already
     * @throws ApiFailure.Forbidden the caller's manifest does not list the service, or the caller is no app
     */
    String send(Caller caller, String text) {
        DiscoveryRequest request = DiscoveryRequest.of(text);
        if (caller instanceof Caller.App app && app.discovery().contains(request.service())) {
            return put(app.slug(), request.service(), request.config());
        }
        throw notListed();
    }

    /**
     * Deletes a message of the calling app.
     *
     * @throws ApiFailure.NotFound there is no such message
     * @throws ApiFailure.Forbidden it is another's, or the caller is no app
     */
    void delete(String uuid, Caller caller) {
        Message message = find(uuid);
        if (!(caller instanceof Caller.App app) || !app.slug().equals(message.app())) {
            throw new ApiFailure.Forbidden("Can't remove discovery message");
        }
        remove(known -> known.uuid().equals(uuid));
    }

    /** Deletes what that app announced, since it goes. */
    public void withdraw(String slug) {
        remove(message -> message.app().equals(slug));
    }

    private String put(String app, String service, JsonObject config) {
        changing.lock();
        try {
            // Asked while nobody can withdraw: a last word of an app that is being uninstalled would stay for ever.
            if (!announcers.isInstalled(app)) {
                throw notListed();
            }
            Optional<Message> before = messages.stream()
                    .filter(message -> message.isOf(app, service))
                    .findFirst();
            if (before.isEmpty()) {
                requireRoom(app);
            }
            Message now = before.map(known -> known.with(config)).orElseGet(() -> Message.fresh(app, service, config));
            if (before.filter(now::equals).isEmpty()) {
                List<Message> changed = new ArrayList<>(messages);
                before.ifPresentOrElse(known -> changed.set(changed.indexOf(known), now), () -> changed.add(now));
                write(changed);
                LOG.info(() -> "App " + app + " announces " + service);
                tell(new DiscoveryChange.Announced(now));
            }
            return now.uuid();
        } finally {
            changing.unlock();
        }
    }

    private void requireRoom(String app) {
        if (messages.stream().filter(message -> message.app().equals(app)).count() >= MOST) {
            throw new ApiFailure.BadRequest("App " + app + " has " + MOST + " discovery messages, more are not kept");
        }
    }

    private void remove(Predicate<Message> isGone) {
        changing.lock();
        try {
            List<Message> gone = messages.stream().filter(isGone).toList();
            if (!gone.isEmpty()) {
                write(messages.stream()
                        .filter(message -> !gone.contains(message))
                        .toList());
                gone.forEach(message -> {
                    LOG.info(() -> "App " + message.app() + " announces " + message.service() + " no more");
                    tell(new DiscoveryChange.Withdrawn(message));
                });
            }
        } finally {
            changing.unlock();
        }
    }

    private void write(List<Message> changed) {
        file.write(changed);
        messages = List.copyOf(changed);
    }

    private void tell(DiscoveryChange change) {
        for (Consumer<DiscoveryChange> listener : listeners) {
            try {
                listener.accept(change);
            } catch (RuntimeException e) {
                LOG.log(Level.SEVERE, "A listener failed on " + change, e);
            }
        }
    }

    private static ApiFailure notListed() {
        return new ApiFailure.Forbidden("Apps must list services they provide via discovery in their config!");
    }
}
