package hakube.kubernetes;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Pod;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The port to the one namespace that the Supervisor works in.
 *
 * <p>Every call but {@link #watched}, {@link #namespace}, {@link #address} and {@link #knownVersion} goes to the API server, ends within 10 s
 * (streams excepted) and fails with
 *
 * <ul>
 *   <li>{@link hakube.api.ApiFailure.Unavailable} ({@code cluster_unavailable_error}): away, too slow, 401, 429 or 5xx;
 *   <li>{@link hakube.api.ApiFailure.MissingPermission}: 403, names verb and resource;
 *   <li>{@link hakube.api.ApiFailure.BadRequest}: the API server refuses the object, its own text included;
 *   <li>{@link hakube.api.ApiFailure.NotFound}: what should be changed, or whose log is wanted, does not exist;
 *   <li>{@link Changed}: compare-and-swap met another version.
 * </ul>
 *
 * Objects are given without namespace; the port sets it, and {@code apiVersion} and {@code kind} too.
 */
public interface Cluster {

    /** Field manager of every write. */
    String FIELD_MANAGER = "hass-supervisor";

    /** Field manager of the scale sub-resource, another one so that an apply never resets the count. */
    String SCALE_MANAGER = "hass-supervisor-scale";

    /** The namespace. */
    String namespace();

    /** Where the API server is, for messages to people. */
    String address();

    /** The API server's version, such as {@code v1.34.4}. */
    ServerVersion version();

    /** What {@link #version} said last, empty until it has answered; never a call. */
    Optional<ServerVersion> knownVersion();

    /** The cache of a watched kind ({@link Kind#WATCHED}); never a call. */
    <T extends KubernetesObject> Watched<T> watched(Kind<T> kind);

    /** Begins all watches and waits until each has its first list, or fails as any call does. */
    void startWatches(Duration deadline);

    /** Server-side apply with {@code force}. Returns the object as stored. */
    <T extends KubernetesObject> T apply(Kind<T> kind, T desired);

    /** As {@link #apply}, nothing is stored: the API server says whether it would accept it. */
    <T extends KubernetesObject> T applyDryRun(Kind<T> kind, T desired);

    /** Creates; {@link Changed} when the name is taken. With {@code dryRun} nothing is stored. */
    <T extends KubernetesObject> T create(Kind<T> kind, T desired, boolean dryRun) throws Changed;

    /**
     * Compare-and-swap: a merge patch of all that {@code desired} holds, which must carry the {@code resourceVersion} that
     * it was read with.
     *
     * @throws Changed when the object is another version by now, or gone
     */
    <T extends KubernetesObject> T swap(Kind<T> kind, T desired) throws Changed;

    /** Sets annotations of the object (not of its template); a {@code null} value takes the annotation away. */
    void annotate(Kind<?> kind, String name, Map<String, String> annotations);

    /** Sets {@code replicas} by the scale sub-resource. */
    void scale(Kind<?> kind, String name, int replicas);

    /** Reads past the cache, for the rare place that must. */
    <T extends KubernetesObject> Optional<T> read(Kind<T> kind, String name);

    /** Lists past the cache. {@code selector} is a label selector, empty for all. */
    <T extends KubernetesObject> List<T> list(Kind<T> kind, String selector);

    /** Deletes in the background; an absent object is fine. */
    void delete(Kind<?> kind, String name);

    /**
     * As {@link #delete(Kind, String)}, but only that version of it.
     *
     * @throws Changed when the object is another version by now, or gone
     */
    void delete(Kind<?> kind, String name, String resourceVersion) throws Changed;

    /**
     * Server-side apply with {@code force} of an object without a model: maps, lists, texts, numbers and booleans, with
     * {@code metadata.name}.
     *
     * @return the object as stored, empty when the cluster does not serve its API
     */
    Optional<Map<String, Object>> applyCustom(CustomKind kind, Map<String, Object> desired);

    /**
     * Lists objects without a model. {@code selector} is a label selector, empty for all.
     *
     * @return the objects, empty when the cluster does not serve their API
     */
    Optional<List<Map<String, Object>>> listCustom(CustomKind kind, String selector);

    /** Deletes an object without a model in the background; an absent object is fine, and so is an absent API. */
    void deleteCustom(CustomKind kind, String name);

    /**
     * The log of a container, as the kubelet serves it, timestamps in front of each line. The stream has no time limit; the
     * caller closes it.
     */
    InputStream log(String pod, LogRequest request);

    /**
     * Runs a command in a container, without a shell. Ends with the command.
     *
     * <p>At the deadline this gives up with {@link hakube.api.ApiFailure.Unavailable}; the command itself may go on, since
     * Kubernetes has no way to end it. {@link hakube.api.ApiFailure.BadRequest} for a command that cannot be started,
     * {@link hakube.api.ApiFailure.NotFound} for a container that does not run.
     *
     * @param command the program and its arguments
     */
    Execution exec(String pod, String container, List<String> command, Duration deadline);

    /**
     * Writes to the standard input of a container's main process, which stays open for the next writer ({@code stdin: true}
     * and {@code stdinOnce: false}). Ends when the input was handed on. A process that does not read lets this fail with
     * {@link hakube.api.ApiFailure.Unavailable} once its pipe is full; then a part of the input may have been handed on.
     *
     * @param bytes at most 4 MiB
     */
    void writeStdin(String pod, String container, byte[] bytes);

    /** CPU and memory in use, empty when the cluster has no metrics API. */
    Optional<Usage> usage(V1Pod pod);

    /**
     * How much of a log, and which.
     *
     * @param container name of the container
     * @param tailLines at most so many lines from the end, {@code -1} for all
     * @param sinceNanos entries from this time on, nanoseconds since the epoch, {@code -1} for all
     */
    record LogRequest(String container, long tailLines, long sinceNanos, boolean follow, boolean previous) {}

    /** What a command left: its exit code and what it wrote, at most 64 KiB of each kind. */
    record Execution(int exitCode, String output, String errors) {}

    /**
     * What a pod uses.
     *
     * @param cpuCores cores in use
     * @param memoryBytes working set
     */
    record Usage(double cpuCores, long memoryBytes) {}

    /** @param text as served, such as {@code v1.34.4}. */
    record ServerVersion(int major, int minor, String text) {
        /** Whether this is the given version or a later one. */
        public boolean isAtLeast(int wantedMajor, int wantedMinor) {
            return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
        }
    }

    /** Somebody else wrote meanwhile (409). */
    final class Changed extends Exception {
        private static final long serialVersionUID = 1L;

        public Changed(String message) {
            super(message);
        }
    }
}
