package hakube.ingress;

import hakube.apps.IngressFile;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The sessions (upstream {@code supervisor/ingress.py}, 2026-08). A new one is on disk when it is given out, since a pod may die
 * at any time; what uses add to their lives gets there once in {@link #UNSAVED}, and at the end of the process.
 */
@Singleton
public final class IngressSessions {

    /** More than browsers have tabs; a new one then takes the place of the one that would end first. */
    static final int MOST = 1000;

    /** The least time from one writing of longer lives to the next. */
    static final Duration UNSAVED = Duration.ofMinutes(1);

    private static final Logger LOG = Logger.getLogger(IngressSessions.class.getName());
    private static final int ID_BYTES = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final IngressFile file;
    private final InstantSource clock;
    private final Executor background;
    private final Map<String, IngressSession> sessions = new ConcurrentHashMap<>();
    private final AtomicReference<Instant> saved;
    private volatile boolean isLoaded;

    @Inject
    IngressSessions(IngressFile file) {
        this(file, InstantSource.system(), task -> Thread.ofVirtual()
                .name("ingress-sessions")
                .start(task));
    }

    IngressSessions(IngressFile file, InstantSource clock, Executor background) {
        this.file = file;
        this.clock = clock;
        this.background = background;
        this.saved = new AtomicReference<>(clock.instant());
    }

    /** Reads the state file; to be called once storage is there. What has ended meanwhile is forgotten. */
    public void load() {
        sessions.putAll(SessionsDocument.read(file.content()));
        tidy(MOST);
        isLoaded = true;
        LOG.info(() -> sessions.size() + " ingress sessions go on");
    }

    /**
     * Makes a session.
     *
     * @return its id, 128 hex digits; a secret
     */
    String create(Optional<IngressUser> user) {
        byte[] bytes = new byte[ID_BYTES];
        RANDOM.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        // Room is made first: among busy sessions a new one would be the first to go.
        tidy(MOST - 1);
        sessions.put(id, IngressSession.fresh(user, clock.instant()));
        save();
        return id;
    }

    /** Whether there is such a session; each question makes its life longer. */
    boolean use(String id) {
        Instant now = clock.instant();
        IngressSession used =
                sessions.computeIfPresent(id, (key, session) -> session.isOver(now) ? null : session.used(now));
        if (used != null) {
            saveLater(now);
        }
        return used != null;
    }

    /** Whose session that is; empty for one without a user, and for none. */
    Optional<IngressUser> userOf(String id) {
        return Optional.ofNullable(sessions.get(id)).flatMap(IngressSession::user);
    }

    /** A process that ends while it waits for storage knows nothing of the sessions that are there. */
    @PreDestroy
    void close() {
        if (isLoaded) {
            save();
        }
    }

    /** Forgets what is over, and what would end first beyond that many. */
    private void tidy(int most) {
        Instant now = clock.instant();
        sessions.values().removeIf(session -> session.isOver(now));
        int tooMany = sessions.size() - most;
        if (tooMany > 0) {
            sessions.entrySet().stream()
                    .sorted(Comparator.comparing(entry -> entry.getValue().end()))
                    .limit(tooMany)
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(sessions::remove);
        }
    }

    /** By one of the threads that use a session at the time. */
    private void saveLater(Instant now) {
        Instant last = saved.get();
        if (last.plus(UNSAVED).isBefore(now) && saved.compareAndSet(last, now)) {
            background.execute(() -> {
                tidy(MOST);
                save();
            });
        }
    }

    /** A session must not fail because the disk does. */
    private void save() {
        try {
            file.change(content -> SessionsDocument.write(content, inOrder()));
            saved.set(clock.instant());
        } catch (UncheckedIOException e) {
            LOG.log(Level.WARNING, "Ingress sessions were not saved: they are lost if the Supervisor ends now", e);
        }
    }

    private Map<String, IngressSession> inOrder() {
        Map<String, IngressSession> inOrder = new LinkedHashMap<>();
        sessions.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.comparing(IngressSession::end)))
                .forEach(entry -> inOrder.put(entry.getKey(), entry.getValue()));
        return inOrder;
    }
}
