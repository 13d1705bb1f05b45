package hakube.clients;

import hakube.testing.ControlPlane;
import hakube.testing.Eventually;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1LimitRange;
import io.kubernetes.client.openapi.models.V1LimitRangeItem;
import io.kubernetes.client.openapi.models.V1LimitRangeSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A Supervisor with all that clients read: Core, apps that are started, stopped and just starting (which is the job), one in
 * the store that a cluster refuses, issues with suggestions, and no backup.
 */
final class ClientWorld implements AutoCloseable {

    static final String STARTED = "local_started";
    static final String STARTING = "local_starting";
    static final String REFUSED = "local_refused";

    /** Each is an issue, since it has to start at boot and lacks an option. */
    static final List<String> STOPPED = List.of("local_broken-1", "local_broken-2", "local_broken-3", "local_broken-4");

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String APP = """
            name: %1$s
            version: "1.0"
            slug: %1$s
            description: An app
            arch: [amd64, aarch64]
            image: localhost/hakube/busybox
            init: false
            startup: services
            boot: %2$s
            """;

    private final Space space;
    private final SupervisorProcess supervisor;

    private ClientWorld(Space space, SupervisorProcess supervisor) {
        this.space = space;
        this.supervisor = supervisor;
    }

    /** @param folder of the share and the logs; empty */
    static ClientWorld in(Path folder) throws Exception {
        Space space = ControlPlane.namespace("clients");
        ClientWorld world = new ClientWorld(space, new SupervisorProcess(space, folder));
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

    /** Core's own. */
    String coreToken() throws IOException {
        return space.secret("homeassistant-token", "token").orElseThrow();
    }

    @Override
    public void close() throws IOException, ApiException {
        try (space) {
            supervisor.close();
        }
    }

    private void furnish() throws Exception {
        space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
        offer(STARTED, "auto", "webui: http://[HOST]:[PORT:7007]\nports:\n  7007/tcp: 7007\n  7008/tcp: null\n");
        offer(STARTING, "manual", "ingress: true\nmap: [share, ssl]\n");
        offer(REFUSED, "manual", "host_network: true\nprivileged: [SYS_ADMIN]\n");
        for (String broken : STOPPED) {
            offer(broken, "auto", "options:\n  key: null\nschema:\n  key: str\n  other: int?\n");
        }
        supervisor.startToRunning();
        install(STARTED);
        install(STARTING);
        for (String broken : STOPPED) {
            install(broken);
        }
        supervisor.post("/core/stop").data();
        supervisor.stop();
        // Nothing runs, so this is a boot.
        supervisor.startToRunning();
        start();
    }

    private void offer(String slug, String boot, String more) throws IOException {
        String name = slug.substring("local_".length());
        supervisor.offer(name, APP.formatted(name, boot) + more);
    }

    private void install(String slug) throws IOException {
        supervisor.post("/store/addons/" + slug + "/install").data();
    }

    /** Its pod finds no node that is large enough, so that its start is a job for as long as the clients ask. */
    private void start() throws Exception {
        Map<String, Quantity> huge = Map.of("memory", Quantity.fromString("512Ti"));
        new CoreV1Api(space.client())
                .createNamespacedLimitRange(
                        space.name(),
                        new V1LimitRange()
                                .metadata(new V1ObjectMeta().name("huge"))
                                .spec(new V1LimitRangeSpec()
                                        .limits(List.of(new V1LimitRangeItem()
                                                .type("Container")
                                                ._default(huge)
                                                .defaultRequest(huge)))))
                .execute();
        Thread.ofVirtual().start(() -> {
            try {
                supervisor.post("/addons/" + STARTING + "/start");
            } catch (IOException end) {
                // The Supervisor ends before.
            }
        });
        Eventually.holds("the job of the start", LIMIT, () -> state(STARTING).equals("startup"));
    }

    private String state(String slug) throws IOException {
        return supervisor.get("/addons/" + slug + "/info").data().get("state").getAsString();
    }
}
