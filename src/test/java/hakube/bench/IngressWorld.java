package hakube.bench;

import com.google.gson.JsonObject;
import hakube.testing.ControlPlane;
import hakube.testing.FreePort;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import io.kubernetes.client.openapi.ApiException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;

/**
 * A Supervisor with an app of which only the pod's address is there: whoever binds it plays the app. With the session of a browser that
 * was let in.
 */
final class IngressWorld implements AutoCloseable {

    private static final int PORT = 8099;

    private final Space space;
    private final SupervisorProcess supervisor;
    private InetSocketAddress app;
    private String entry;
    private String cookie;

    private IngressWorld(Space space, Path folder) throws IOException {
        this.space = space;
        this.supervisor = new SupervisorProcess(space, folder);
    }

    /** @param folder for the Supervisor's share and files */
    static IngressWorld open(Path folder) throws Exception {
        IngressWorld world = new IngressWorld(ControlPlane.namespace("ingress"), folder);
        try {
            world.start();
            return world;
        } catch (Exception | AssertionError failure) {
            world.close();
            throw failure;
        }
    }

    /** An address of this machine that nothing listens on. */
    static InetSocketAddress free() throws IOException {
        return new InetSocketAddress("127.0.0.1", FreePort.find());
    }

    /** Where the app is to listen. */
    InetSocketAddress app() {
        return app;
    }

    /** The value of header {@code Cookie} with which ingress lets a request pass. */
    String cookie() {
        return cookie;
    }

    /** Through the Supervisor to that path of the app. */
    URI ours(String path) {
        return supervisor.api().resolve(entry + path);
    }

    /** That path of another server. */
    static URI at(InetSocketAddress server, String path) {
        return URI.create("http://" + server.getHostString() + ":" + server.getPort() + path);
    }

    String logs() throws IOException {
        return supervisor.logs();
    }

    /** Of the Supervisor's process. */
    long pid() {
        return supervisor.pid();
    }

    @Override
    public void close() throws IOException, ApiException {
        try (space) {
            supervisor.close();
        }
    }

    private void start() throws Exception {
        space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
        BenchOptions.given().forEach(supervisor::withJavaOption);
        supervisor.offer("web", """
                name: Web
                version: "1.0"
                slug: web
                description: For the benchmark
                arch: [amd64, aarch64]
                image: localhost/web
                ingress: true
                ingress_stream: true
                ingress_port: %d
                """.formatted(PORT)).startToRunning();
        supervisor.post("/store/addons/local_web/install").data();
        supervisor.post("/addons/local_web/start").data();
        JsonObject info = supervisor.get("/addons/local_web/info").data();
        app = new InetSocketAddress(info.get("ip_address").getAsString(), PORT);
        // With a slash at its end.
        String told = info.get("ingress_entry").getAsString();
        entry = told.endsWith("/") ? told.substring(0, told.length() - 1) : told;
        String core = space.secret("homeassistant-token", "token").orElseThrow();
        cookie = "ingress_session="
                + supervisor
                        .ask("POST", "/ingress/session", "", core)
                        .data()
                        .get("session")
                        .getAsString();
    }
}
