package hakube.clients;

import com.google.gson.JsonObject;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import io.kubernetes.client.openapi.ApiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Supervisor with something behind as many paths as can be: apps that run, stand still and cannot be installed, a service, a
 * message of discovery, an issue and a job that failed.
 */
final class FuzzWorld implements AutoCloseable {

    private static final String APP = """
            name: %1$s
            version: "1.0"
            slug: %1$s
            description: An app
            arch: [amd64, aarch64]
            image: localhost/hakube/busybox
            init: false
            startup: services
            boot: manual
            ingress: true
            hassio_api: true
            ports:
              70%2$s/tcp: 70%2$s
              71%2$s/tcp: null
            services: ["mqtt:provide"]
            discovery: [mqtt]
            options:
              name: Smith
            schema:
              name: str
              level: list(low|high)?
              count: int(1,9)?
              users:
                - match(^[a-z]+$)?
            """;

    private final Space space;
    private final SupervisorProcess supervisor;
    private final Map<String, List<String>> names = new LinkedHashMap<>();

    private FuzzWorld(Space space, SupervisorProcess supervisor) {
        this.space = space;
        this.supervisor = supervisor;
    }

    /** @param folder of the share and the logs; empty */
    static FuzzWorld in(Path folder) throws Exception {
        Space space = ControlPlane.namespace("fuzz");
        FuzzWorld world = new FuzzWorld(space, new SupervisorProcess(space, folder));
        try {
            world.furnish();
        } catch (Exception | AssertionError failure) {
            world.close();
            throw failure;
        }
        return world;
    }

    SupervisorProcess supervisor() {
        return supervisor;
    }

    /** What there is, by the name of the place in a path. */
    Map<String, List<String>> names() {
        return names;
    }

    /** It is there from the next start on. */
    void turnOnSecondVersion() throws IOException {
        post("/supervisor/options", "{\"feature_flags\": {\"supervisor_v2_api\": true}}");
        supervisor.stop();
        supervisor.startToRunning();
    }

    @Override
    public void close() throws IOException, ApiException {
        try (space) {
            supervisor.close();
        }
    }

    private void furnish() throws Exception {
        space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
        // A damaged file is an issue, a file in the way of an installation a job that failed.
        Files.writeString(supervisor.share().resolve("security.json"), "damaged");
        Files.createDirectories(supervisor.share().resolve("addons/data"));
        Files.writeString(supervisor.share().resolve("addons/data/local_failed"), "in the way");
        supervisor
                .offer("started", APP.formatted("started", "07"))
                .offer("stopped", APP.formatted("stopped", "08"))
                .offer("failed", APP.formatted("failed", "09"))
                .offer("refused", APP.formatted("refused", "10") + "host_network: true\n")
                .startToRunning();
        post("/store/addons/local_started/install", "");
        post("/store/addons/local_stopped/install", "");
        post("/addons/local_started/start", "");
        names.put("app", List.of("local_started", "local_stopped", "local_refused"));
        names.put("version", List.of("1.0"));
        names.put("repository", List.of("local"));
        names.put("service", List.of("mqtt", "mysql"));
        names.put("interface", List.of("default"));
        names.put("disk", List.of("default"));
        names.put("identifier", List.of("hassio_supervisor", "homeassistant", "addon_local_started"));
        names.put("bootid", List.of("0", "-1"));
        names.put("check", List.of("free_space"));
        names.put("issue", List.of(issue()));
        names.put("uuid", List.of(job(), message()));
    }

    private String issue() throws IOException {
        JsonObject first = supervisor
                .get("/resolution/info")
                .data()
                .getAsJsonArray("issues")
                .get(0)
                .getAsJsonObject();
        return first.get("uuid").getAsString();
    }

    private String job() throws IOException {
        return post("/store/addons/local_failed/install", "{\"background\": true}")
                .get("job_id")
                .getAsString();
    }

    /** The app tells of itself. */
    private String message() throws IOException {
        String token = space.secret("local-started-env", "SUPERVISOR_TOKEN").orElseThrow();
        supervisor
                .ask("POST", "/services/mqtt", "{\"host\": \"local-started\", \"port\": 7007}", token)
                .data();
        return supervisor
                .ask("POST", "/discovery", "{\"service\": \"mqtt\", \"config\": {\"port\": 7007}}", token)
                .data()
                .get("uuid")
                .getAsString();
    }

    private JsonObject post(String path, String body) throws IOException {
        return supervisor.ask("POST", path, body).data();
    }
}
