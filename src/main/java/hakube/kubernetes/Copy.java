package hakube.kubernetes;

import io.kubernetes.client.common.KubernetesObject;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * The copy behind a {@link Watched}: fed by a watch and by what own writes returned.
 *
 * <p>The two arrive in any order, so a version is never replaced by an older one, and what was deleted does not come back
 * with a late answer.
 */
final class Copy<T extends KubernetesObject> implements Watched<T> {

    private static final Logger LOG = Logger.getLogger(Copy.class.getName());

    private final Selection selection;
    private final Executor teller;
    private final Map<String, T> objects = new ConcurrentHashMap<>();
    /** UIDs of own deletions that the watch has not confirmed yet. */
    private final Set<String> buried = new HashSet<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Listener<T>> listeners = new CopyOnWriteArrayList<>();
    private final Queue<Change<T>> untold = new ConcurrentLinkedQueue<>();
    /** Version up to which the watch has spoken. */
    private long seen;

    private final AtomicLong revision = new AtomicLong();

    /** @param teller runs what tells the listeners; one after the other */
    Copy(Selection selection, Executor teller) {
        this.selection = selection;
        this.teller = teller;
    }

    @Override
    public Optional<T> find(String name) {
        return Optional.ofNullable(objects.get(name));
    }

    @Override
    public List<T> all() {
        return List.copyOf(objects.values());
    }

    @Override
    public long revision() {
        return revision.get();
    }

    @Override
    public Subscription onChange(Consumer<Change<T>> listener) {
        Listener<T> own = new Listener<>(listener);
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    @Override
    public <R> Optional<R> await(Duration deadline, Function<Watched<T>, Optional<R>> condition) {
        long end = System.nanoTime() + deadline.toNanos();
        while (true) {
            long asked = revision.get();
            Optional<R> result = condition.apply(this);
            if (result.isPresent() || !awaitChange(asked, end)) {
                return result;
            }
        }
    }

    /** What the watch says: new or changed. */
    void seen(T object) {
        change(() -> {
            seen = Math.max(seen, version(object));
            if (!buried.contains(object.getMetadata().getUid())) {
                put(object);
            }
        });
    }

    /** What the watch says: deleted, or no longer selected. */
    void gone(T object) {
        change(() -> {
            seen = Math.max(seen, version(object));
            buried.remove(object.getMetadata().getUid());
            T held = objects.get(object.getMetadata().getName());
            if (held != null && (isSame(held, object) || version(held) < version(object))) {
                remove(object.getMetadata().getName());
            }
        });
    }

    /** The watch has spoken up to this version. */
    void seen(String resourceVersion) {
        lock.lock();
        try {
            seen = Math.max(seen, number(resourceVersion));
        } finally {
            lock.unlock();
        }
    }

    /** A whole list as of a version; what it lacks is gone, unless an own write made it since. */
    void replace(List<T> list, String resourceVersion) {
        long listed = number(resourceVersion);
        change(() -> {
            if (listed < seen) {
                // The cluster's memory went back (a restored etcd): versions of before mean nothing now.
                Map.copyOf(objects).keySet().forEach(this::remove);
                buried.clear();
            }
            buried.retainAll(uids(list));
            seen = listed;
            Map<String, T> present = new HashMap<>();
            list.forEach(object -> present.put(object.getMetadata().getName(), object));
            Map.copyOf(objects).forEach((name, held) -> {
                if (!present.containsKey(name) && version(held) <= listed) {
                    remove(name);
                }
            });
            // One that was deleted after it was listed: the watch will say so.
            present.values().stream()
                    .filter(object -> !buried.contains(object.getMetadata().getUid()))
                    .forEach(this::put);
        });
    }

    /** What an own write returned. */
    void written(T object) {
        change(() -> {
            boolean isOld = version(object) <= seen;
            if (!(isOld && !objects.containsKey(object.getMetadata().getName()))) {
                put(object);
            }
        });
    }

    /** An own deletion took it away at once. An unknown UID means whatever bears the name. */
    void deleted(String name, Optional<String> uid) {
        change(() -> {
            T held = objects.get(name);
            if (held != null
                    && uid.map(id -> id.equals(held.getMetadata().getUid())).orElse(true)) {
                buried.add(held.getMetadata().getUid());
                remove(name);
            }
        });
    }

    private void put(T object) {
        object.getMetadata().setManagedFields(null);
        String name = object.getMetadata().getName();
        T held = objects.get(name);
        if (held != null && (version(held) > version(object) || held.equals(object))) {
            return;
        }
        if (!selection.includes(object)) {
            remove(name);
            return;
        }
        objects.put(name, object);
        untold.add(new Change.Present<>(object, Optional.ofNullable(held)));
        revision.incrementAndGet();
        if (objects.size() > selection.limit()) {
            objects.values().stream()
                    .min(Comparator.comparingLong(Copy::version))
                    .ifPresent(oldest -> remove(oldest.getMetadata().getName()));
        }
    }

    private void remove(String name) {
        T held = objects.remove(name);
        if (held != null) {
            untold.add(new Change.Gone<>(held));
            revision.incrementAndGet();
        }
    }

    private void change(Runnable work) {
        lock.lock();
        try {
            long before = revision.get();
            work.run();
            if (revision.get() == before) {
                return;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        teller.execute(this::tell);
    }

    private void tell() {
        for (Change<T> change = untold.poll(); change != null; change = untold.poll()) {
            for (Listener<T> listener : listeners) {
                try {
                    listener.consumer().accept(change);
                } catch (RuntimeException failure) {
                    LOG.log(Level.WARNING, "A listener failed", failure);
                }
            }
        }
    }

    /** Whether there is something new to ask about; no when the deadline passed. */
    private boolean awaitChange(long asked, long end) {
        lock.lock();
        try {
            while (revision.get() == asked) {
                long left = end - System.nanoTime();
                if (left <= 0 || (changed.awaitNanos(left) <= 0 && revision.get() == asked)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private static Set<String> uids(List<? extends KubernetesObject> list) {
        return list.stream().map(object -> object.getMetadata().getUid()).collect(Collectors.toSet());
    }

    private static boolean isSame(KubernetesObject one, KubernetesObject other) {
        String uid = one.getMetadata().getUid();
        return uid != null && uid.equals(other.getMetadata().getUid());
    }

    private static long version(KubernetesObject object) {
        return number(object.getMetadata().getResourceVersion());
    }

    /** Versions are decimal numbers that grow (KEP-5504 says so from 1.35 on; they always were). */
    private static long number(String resourceVersion) {
        return resourceVersion == null || resourceVersion.isEmpty() ? 0 : Long.parseLong(resourceVersion);
    }

    /** By identity: the same consumer may be given twice, and each be closed. */
    private static final class Listener<T> {
        private final Consumer<Change<T>> consumer;

        Listener(Consumer<Change<T>> consumer) {
            this.consumer = consumer;
        }

        Consumer<Change<T>> consumer() {
            return consumer;
        }
    }
}
