package hakube.testing;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The real control plane of the {@code *IT} tests: etcd, kube-apiserver, kube-controller-manager, kube-scheduler and one
 * simulated node, as {@code k8s/local/control-plane} starts them. One for each JVM, started by whoever asks first (about
 * 8 s; minutes when its programs have to be built) and ended with the JVM, however that ends.
 *
 * <p>{@code -Dhakube.controlplane=DIR} names the state folder of one that is kept between runs: it is started when it does
 * not run and never ended. End it by {@code k8s/local/control-plane stop --state DIR}.
 *
 * <p>Simulated pods become Ready within a second and have loopback addresses out of a range of this control plane's own, so
 * a test may listen on {@code status.podIP}. They have no logs, and no Service leads to them.
 */
public final class ControlPlane {
    private static final String API_SERVER = "kube-apiserver";
    private static ControlPlane shared;
    private static boolean wasAway;

    private final Path state;
    private final ApiClient client;

    private ControlPlane(Path state) throws IOException {
        this.state = state;
        this.client = clientOf(state.resolve("admin.kubeconfig"));
    }

    /** The control plane of this JVM, started by the first caller. A failure to start carries the script's words. */
    public static synchronized ControlPlane shared() {
        if (shared == null) {
            try {
                shared = start();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return shared;
    }

    /**
     * A new namespace with the ServiceAccount, Role and RoleBinding of {@code k8s/base}. After an outage of the API server the
     * controllers are waited for: they come back up to a minute later than it.
     *
     * @param prefix of its name, a DNS-1123 label of at most 50 characters
     */
    public static Space namespace(String prefix) throws IOException, ApiException {
        if (wasAway) {
            awaitControllers();
            wasAway = false;
        }
        ControlPlane plane = shared();
        return Space.create(plane.client, plane.state, prefix);
    }

    /** Returns when controllers and scheduler have a new pod run. */
    static void awaitControllers() throws IOException, ApiException {
        ControlPlane plane = shared();
        try (Space space = Space.create(plane.client, plane.state, "controllers")) {
            Controllers.awaitWork(space);
        }
    }

    /** The API server stops answering: connections are accepted and nothing comes back, until {@link #resumeApiServer}. */
    public static void pauseApiServer() throws IOException {
        wasAway = true;
        shared().script("pause", API_SERVER);
    }

    public static void resumeApiServer() throws IOException {
        shared().script("resume", API_SERVER);
    }

    /** The API server ends: connections are refused, until {@link #startApiServer}. */
    public static void stopApiServer() throws IOException {
        wasAway = true;
        shared().script("halt", API_SERVER);
    }

    /** Starts it again at the same address, with the data that it had; returns when it answers. */
    public static void startApiServer() throws IOException {
        shared().script("launch", API_SERVER);
    }

    /** The administrator's kubeconfig. */
    public Path adminKubeconfig() {
        return state.resolve("admin.kubeconfig");
    }

    /** The administrator's client, shared by all who ask. */
    public ApiClient client() {
        return client;
    }

    /** The folder with the logs of etcd, the API server and the others. */
    public Path logs() {
        return state.resolve("logs");
    }

    /** A new client for what the kubeconfig names. */
    public static ApiClient clientOf(Path kubeconfig) throws IOException {
        try (var reader = Files.newBufferedReader(kubeconfig)) {
            return ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(reader)).build();
        }
    }

    public static Path checkout() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    }

    private static ControlPlane start() throws IOException {
        String kept = System.getProperty("hakube.controlplane", "");
        if (!kept.isEmpty()) {
            Path state = Path.of(kept).toAbsolutePath();
            run(List.of("start", "--simulated", "--gateway-api", "--state", state.toString()));
            return new ControlPlane(state);
        }
        Path target = Files.createDirectories(checkout().resolve("target"));
        Path state = Files.createTempDirectory(target, "control-plane-");
        String own = Long.toString(ProcessHandle.current().pid());
        run(List.of("start", "--simulated", "--gateway-api", "--with", own, "--state", state.toString()));
        ControlPlane plane = new ControlPlane(state);
        Runtime.getRuntime().addShutdownHook(new Thread(plane::stop, "control-plane-stop"));
        return plane;
    }

    private void stop() {
        try {
            script("stop");
        } catch (IOException failure) {
            System.err.println(failure.getMessage());
        }
    }

    private void script(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.addAll(List.of("--state", state.toString()));
        run(command);
    }

    /** Runs the script to its end and passes its words on as they come: a first build takes minutes. */
    private static void run(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(checkout().resolve("k8s/local/control-plane").toString());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> words = new ArrayList<>();
        try (var output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                System.err.println(line);
                words.add(line);
            }
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException(
                        String.join(" ", command) + " ended with " + code + ":\n" + String.join("\n", words));
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + String.join(" ", command), interruption);
        }
    }
}
