package hakube;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A start that needs no settings and no cluster and ends by itself: it loads most of what a start loads, so that the Java
 * virtual machine can keep that in an ahead-of-time cache (JEP 514: {@code -XX:AOTCacheOutput}), as the Containerfile does.
 *
 * <p>Nothing but the temporary folder is written, and what listens does so on a free port of loopback.
 */
final class Rehearsal {

    /** The argument that asks for it. */
    static final String WORD = "rehearse";

    private static final int CALLS = 10;
    private static final int LIMIT_MILLIS = 10_000;
    private static final String LOOPBACK = "127.0.0.1";
    private static final String PING = "GET /supervisor/ping HTTP/1.1\r\nHost: supervisor\r\nConnection: close\r\n\r\n";
    private static final String NOBODY = """
            {clusters: [{name: none, cluster: {server: "https://127.0.0.1:9"}}], users: [{name: none, user: {token: none}}],
             contexts: [{name: none, context: {cluster: none, user: none}}], current-context: none}
            """;

    private final Path folder;

    /** Sets everything that has no default, where it wins over the environment. */
    Rehearsal() throws IOException {
        folder = Files.createTempDirectory("hakube-rehearsal");
        Map<String, String> settings = Map.of(
                "supervisor.share", folder.toString(),
                "supervisor.machine", "generic-x86-64",
                // That there is no cluster is no news.
                "supervisor.log.level", "critical",
                "supervisor.k8s.kubeconfig",
                        Files.writeString(kubeconfig(), NOBODY).toString(),
                "supervisor.k8s.storage.mode", "shared_pvc",
                "supervisor.k8s.shared.pvc.claim", "none",
                "supervisor.k8s.shared.pvc.storage.class", "none",
                "supervisor.k8s.shared.pvc.size", "1Gi",
                "supervisor.k8s.internal.gateway.address", LOOPBACK);
        settings.forEach(System::setProperty);
        Map.of("server.port", "0", "server.host", LOOPBACK, "management.port", "0", "server.sockets.0.host", LOOPBACK)
                .forEach(System::setProperty);
    }

    /** Calls the API on this port a few times, what it tells does not matter, and cleans up. */
    void finish(int port) throws IOException {
        for (int i = 0; i < CALLS; i++) {
            call(port);
        }
        Files.deleteIfExists(kubeconfig());
        Files.deleteIfExists(folder);
    }

    private static void call(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(LIMIT_MILLIS);
            socket.connect(new InetSocketAddress(LOOPBACK, port), LIMIT_MILLIS);
            socket.getOutputStream().write(PING.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }

    private Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }
}
