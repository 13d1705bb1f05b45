package hakube.kubernetes;

import io.kubernetes.client.common.KubernetesObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The copies of all watched kinds, and what keeps them. */
final class Watches {

    /** How long a watch lasts before it is begun anew. */
    static final Duration WATCH_TIME = Duration.ofMinutes(4);

    private final ApiServer server;
    private final ObjectCalls calls;
    private final Duration watchTime;
    private final Map<Kind<?>, Copy<?>> copies = new LinkedHashMap<>();
    private final List<ExecutorService> tellers = new ArrayList<>();
    private final List<Reflector<?>> reflectors = new ArrayList<>();

    Watches(ApiServer server, ObjectCalls calls, Duration watchTime) {
        this.server = server;
        this.calls = calls;
        this.watchTime = watchTime;
        for (Kind<? extends KubernetesObject> kind : Kind.WATCHED) {
            ExecutorService teller = Executors.newSingleThreadExecutor(
                    Thread.ofVirtual().name("tell-" + kind.plural()).factory());
            tellers.add(teller);
            copies.put(kind, copyOf(kind, teller));
        }
    }

    @SuppressWarnings("unchecked") // a copy is kept under its own kind
    <T extends KubernetesObject> Optional<Copy<T>> copy(Kind<T> kind) {
        return Optional.ofNullable((Copy<T>) copies.get(kind));
    }

    /** Begins them at the first call; each call waits for all first lists. */
    void start(Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        List<Reflector<?>> running = running();
        running.forEach(Reflector::hurry);
        running.forEach(reflector -> reflector.awaitFirstList(end));
    }

    synchronized void close() {
        reflectors.forEach(Reflector::close);
        tellers.forEach(ExecutorService::shutdown);
    }

    private synchronized List<Reflector<?>> running() {
        if (reflectors.isEmpty()) {
            Kind.WATCHED.forEach(kind -> {
                Reflector<?> reflector = reflectorOf(kind);
                reflectors.add(reflector);
                Thread.ofVirtual().name("watch-" + kind.plural()).start(reflector);
            });
        }
        return List.copyOf(reflectors);
    }

    private <T extends KubernetesObject> Reflector<T> reflectorOf(Kind<T> kind) {
        return new Reflector<>(kind, copy(kind).orElseThrow(), server, calls, watchTime);
    }

    private static <T extends KubernetesObject> Copy<T> copyOf(Kind<T> kind, ExecutorService teller) {
        return new Copy<>(Selection.of(kind), teller);
    }
}
