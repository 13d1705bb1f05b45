package hakube.kubernetes;

import hakube.api.ApiFailure;
import io.kubernetes.client.openapi.models.V1Pod;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A cluster in memory. Writes feed the copies at once, and listeners are told before the write returns.
 *
 * <p>Every call is known by a text, {@code "<verb> <plural>/<name>"}: {@code "apply deployments/sample"}; the verbs are
 * {@code apply try create swap annotate scale delete read list log exec stdin usage version}. A scale ends with the count:
 * {@code "scale deployments/sample 1"}.
 *
 * <p>No controller runs: {@link #runPods} makes the pods that the workloads ask for, {@link #autoRun} does so after each
 * write.
 */
public final class FakeCluster extends FakeApi {

    private final FakeProcesses processes = new FakeProcesses();
    private volatile ServerVersion version = new ServerVersion(1, 34, "v1.34.4");
    private volatile Optional<ServerVersion> knownVersion = Optional.empty();
    private boolean runsPods;
    private boolean isRunningPods;

    // --- what a test does to it ---

    /** The texts of all writes so far, in order; dry runs and reads are not among them. */
    public List<String> writes() {
        return calls.writes();
    }

    public void forgetWrites() {
        calls.forgetWrites();
    }

    /** Is told the text of each write after it was done. */
    public void onWrite(Consumer<String> listener) {
        calls.onWrite(listener);
    }

    /** The next call fails, whatever it is; several wait in line. */
    public synchronized void failNext(ApiFailure failure) {
        calls.failNext(failure);
    }

    /** Every call whose text begins so fails, {@code ""} for all, until {@link #recover}. */
    public void failOn(String call, ApiFailure failure) {
        calls.failOn(call, failure);
    }

    /** Nothing fails any more. */
    public synchronized void recover() {
        calls.recover();
    }

    /** Runs once, just before the first call whose text begins so: a second writer, or the end of the process. */
    public void before(String call, Runnable interruption) {
        calls.before(call, interruption);
    }

    /** Makes a running, ready pod for each Deployment and StatefulSet with replicas, removes those of the others. */
    public synchronized void runPods() {
        if (!isRunningPods) {
            isRunningPods = true;
            try {
                new FakePods(this).run();
            } finally {
                isRunningPods = false;
            }
        }
    }

    /** {@link #runPods} after each write from now on. */
    public void autoRun() {
        runsPods = true;
        runPods();
    }

    /** The end of {@link #autoRun}; what runs goes on. */
    public void stopAutoRun() {
        runsPods = false;
    }

    /** What {@link #log} of this pod serves, timestamps included. */
    public void logs(String pod, String text) {
        processes.logs(pod, text);
    }

    /** As the other one, opened anew for each call. */
    public void logs(String pod, Supplier<InputStream> streams) {
        processes.logs(pod, streams);
    }

    /** What {@link #version} says from now on. */
    public void upgrade(int major, int minor, String text) {
        version = new ServerVersion(major, minor, text);
    }

    public void usage(String pod, Usage usage) {
        processes.usage(pod, usage);
    }

    /** What answers {@link #exec}; else every command ends with 0 and says nothing. */
    public void executor(Function<List<String>, Execution> answer) {
        processes.executor(answer);
    }

    /** What was written to the pod's standard input last. */
    public Optional<byte[]> stdin(String pod) {
        return processes.stdin(pod);
    }

    // --- the port ---

    @Override
    public String address() {
        return "https://fake.invalid:6443";
    }

    @Override
    public ServerVersion version() {
        calls.read("version");
        knownVersion = Optional.of(version);
        return version;
    }

    @Override
    public Optional<ServerVersion> knownVersion() {
        return knownVersion;
    }

    @Override
    public InputStream log(String pod, LogRequest request) {
        calls.read("log pods/" + pod);
        requireFound(Kind.POD, pod);
        return processes.log(pod);
    }

    @Override
    public Execution exec(String pod, String container, List<String> command, Duration deadline) {
        calls.read("exec pods/" + pod);
        requireFound(Kind.POD, pod);
        return processes.execute(command);
    }

    @Override
    public void writeStdin(String pod, String container, byte[] bytes) {
        calls.read("stdin pods/" + pod);
        requireFound(Kind.POD, pod);
        processes.write(pod, bytes);
    }

    @Override
    public Optional<Usage> usage(V1Pod pod) {
        String name = pod.getMetadata().getName();
        calls.read("usage pods/" + name);
        return processes.usage(name);
    }

    @Override
    void wrote() {
        if (runsPods) {
            runPods();
        }
    }
}
