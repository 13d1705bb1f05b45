package hakube.kubernetes;

import io.kubernetes.client.common.KubernetesObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The Supervisor's copy of all objects of one kind in the namespace that concern it, kept by a watch. Nothing here reaches
 * the API server, and nothing here fails when it is away: the last known state stays.
 *
 * <p>Own writes are seen at once: the cluster puts what a write returned into the copy.
 */
public interface Watched<T extends KubernetesObject> {

    /** The object of that name. */
    Optional<T> find(String name);

    /** All objects, in no order. */
    List<T> all();

    /** Grows with every change; what is derived from the copy can be kept as long as this stays. */
    long revision();

    /**
     * Tells of every change from now on, one after the other, on a thread of the watch: be quick, or hand over.
     *
     * @return closes the subscription
     */
    Subscription onChange(Consumer<Change<T>> listener);

    /**
     * Waits until {@code condition} gives a value, asked now and after each change of the copy.
     *
     * @return the value, empty when the deadline passed
     */
    <R> Optional<R> await(Duration deadline, Function<Watched<T>, Optional<R>> condition);

    /** Ends telling. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** One change of the copy. */
    sealed interface Change<T> {
        /** The object, as it is now or was last. */
        T object();

        /** New or another version. */
        record Present<T>(T object, Optional<T> before) implements Change<T> {}

        /** Gone from the cluster, or from the selection. */
        record Gone<T>(T object) implements Change<T> {}
    }
}
