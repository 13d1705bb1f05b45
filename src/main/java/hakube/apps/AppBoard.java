package hakube.apps;

import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.Labels;
import hakube.kubernetes.ObjectNames;
import hakube.kubernetes.Watched;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Pod;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The state of every installed app, from the watches alone; tells of each change. */
@Singleton
final class AppBoard {

    private final Cluster cluster;
    private final AppsFile apps;
    private final Events events;
    private final Map<String, AppState> last = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    @Inject
    AppBoard(Cluster cluster, AppsFile apps, Events events) {
        this.cluster = cluster;
        this.apps = apps;
        this.events = events;
    }

    /** From now on every change is told. */
    void open() {
        cluster.watched(Kind.POD).onChange(this::changed);
        cluster.watched(Kind.DEPLOYMENT).onChange(this::changed);
        cluster.watched(Kind.JOB).onChange(this::changed);
        apps.all().forEach(app -> refresh(app.slug()));
    }

    /** The state now, with what led to it. */
    AppStates.Seen seen(String slug) {
        return AppStates.of(deployment(slug), pods(slug), last.getOrDefault(slug, AppState.STOPPED), Instant.now());
    }

    Optional<V1Deployment> deployment(String slug) {
        return cluster.watched(Kind.DEPLOYMENT).find(ObjectNames.deployment(slug));
    }

    List<V1Pod> pods(String slug) {
        String label = ObjectNames.labelValue(slug);
        return cluster.watched(Kind.POD).all().stream()
                .filter(pod -> isOf(pod, label))
                .toList();
    }

    /** Looks at that app again, tells of another state. */
    void refresh(String slug) {
        AppState now = seen(slug).state();
        AppState before = last.put(slug, now);
        if (before != now && before != null) {
            events.fire(new SupervisorEvent.AppStateChanged(slug, now.wire()));
        }
        wake();
    }

    /** Forgets an app that is no more, and tells of it. */
    void forget(String slug) {
        if (last.remove(slug) != null) {
            events.fire(new SupervisorEvent.AppStateChanged(slug, AppState.UNKNOWN.wire()));
        }
    }

    /** Waits until {@code condition}, asked now and after each change of any app, gives a value; empty at the deadline. */
    <R> Optional<R> await(Duration deadline, Supplier<Optional<R>> condition) {
        long end = System.nanoTime() + deadline.toNanos();
        lock.lock();
        try {
            while (true) {
                Optional<R> value = condition.get();
                long left = end - System.nanoTime();
                if (value.isPresent() || left <= 0) {
                    return value;
                }
                changed.await(left, TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void changed(Watched.Change<? extends KubernetesObject> change) {
        Map<String, String> labels = change.object().getMetadata().getLabels();
        String label = labels == null ? null : labels.get(Labels.SLUG);
        if (label != null && AppWorkload.TYPE.equals(labels.get(Labels.TYPE))) {
            apps.all().stream()
                    .map(InstalledApp::slug)
                    .filter(slug -> ObjectNames.labelValue(slug).equals(label))
                    .forEach(this::refresh);
        }
        wake();
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static boolean isOf(V1Pod pod, String label) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels != null
                && label.equals(labels.get(Labels.SLUG))
                && AppWorkload.TYPE.equals(labels.get(Labels.TYPE));
    }
}
