package hakube.kubernetes;

import hakube.config.TestSettings;
import hakube.testing.Eventually;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import okhttp3.Dispatcher;

/** Streams of pods before a server of the test; closing it asserts that neither thread nor socket is left. */
final class Talked implements AutoCloseable {

    static final Duration USUAL = Duration.ofSeconds(10);
    static final String SUCCESS = "{\"metadata\":{},\"status\":\"Success\"}";

    private final ChannelServer far;
    private final ApiServer server;
    private final PodStreams streams;

    /** @param patience with a process that does not take its input */
    Talked(Path folder, Duration patience, ChannelServer.Talk talk) throws Exception {
        far = new ChannelServer(talk);
        server = new ApiServer(
                TestSettings.of(folder, "home", far.kubeconfig(folder)).cluster());
        streams = new PodStreams(server, new ObjectCalls(server, "home"), patience);
    }

    Cluster.Execution exec(Duration deadline, String... command) {
        return streams.exec("a-pod", "addon", List.of(command), deadline);
    }

    Cluster.Execution execIn(String pod) {
        return streams.exec(pod, "addon", List.of("true"), USUAL);
    }

    Cluster.Execution exec() {
        return exec(USUAL, "true");
    }

    void write(String text) {
        streams.writeStdin("a-pod", "addon", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Waits until the server's part is over. */
    void awaitFarEnd() throws Exception {
        far.awaitEnd();
    }

    @Override
    public void close() throws Exception {
        try {
            Dispatcher threads = server.streams().dispatcher();
            Eventually.holds(
                    "no reader is left",
                    USUAL,
                    () -> threads.runningCallsCount() + threads.queuedCallsCount() == 0
                            && server.streams().connectionPool().connectionCount()
                                    == server.streams().connectionPool().idleConnectionCount());
        } finally {
            far.close();
            server.close();
        }
    }
}
