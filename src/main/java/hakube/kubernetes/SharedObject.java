package hakube.kubernetes;

import hakube.api.ApiFailure;
import io.kubernetes.client.common.KubernetesObject;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One object that several processes change, by compare-and-swap alone, so that of two who change it at the same time none
 * undoes what the other did. Writers of this process wait for each other, so only others are rivals.
 *
 * @param <T> its kind
 */
public final class SharedObject<T extends KubernetesObject> {

    private static final int ATTEMPTS = 16;

    private final Cluster cluster;
    private final Kind<T> kind;
    private final String name;
    private final String title;
    private final ReentrantLock writing = new ReentrantLock();

    /** @param title of the object in a sentence, such as {@code Secret supervisor-registries} */
    public SharedObject(Cluster cluster, Kind<T> kind, String name, String title) {
        this.cluster = cluster;
        this.kind = kind;
        this.name = name;
        this.title = title;
    }

    /**
     * Changes it.
     *
     * @param edit from what is stored to all that shall be there, empty when nothing has to be written; asked anew when
     *     somebody else was faster
     * @throws ApiFailure.Unavailable when somebody else was faster 16 times in a row
     * @throws ApiFailure as {@link Cluster} does, or as {@code edit} does
     */
    public void change(Function<Optional<T>, Optional<T>> edit) {
        change(edit, desired -> false);
    }

    /**
     * As {@link #change(Function)}, and takes the object away when nothing is left in it.
     *
     * @param isSpent whether that is so
     */
    public void change(Function<Optional<T>, Optional<T>> edit, Predicate<T> isSpent) {
        writing.lock();
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                if (tryChange(edit, isSpent)) {
                    return;
                }
            }
        } finally {
            writing.unlock();
        }
        throw ApiFailure.Unavailable.cluster(
                title + " was changed by others " + ATTEMPTS + " times in a row: is a second Supervisor running?",
                null);
    }

    private boolean tryChange(Function<Optional<T>, Optional<T>> edit, Predicate<T> isSpent) {
        Optional<T> stored = cluster.read(kind, name);
        Optional<T> desired = edit.apply(stored);
        try {
            if (desired.filter(isSpent).isPresent()) {
                delete(stored);
            } else if (desired.isPresent()) {
                write(stored, desired.get());
            }
            return true;
        } catch (Cluster.Changed _) {
            return false;
        }
    }

    private void delete(Optional<T> stored) throws Cluster.Changed {
        if (stored.isPresent()) {
            cluster.delete(kind, name, stored.get().getMetadata().getResourceVersion());
        }
    }

    private void write(Optional<T> stored, T desired) throws Cluster.Changed {
        if (stored.isPresent()) {
            desired.getMetadata().setResourceVersion(stored.get().getMetadata().getResourceVersion());
            cluster.swap(kind, desired);
        } else {
            cluster.create(kind, desired, false);
        }
    }
}
