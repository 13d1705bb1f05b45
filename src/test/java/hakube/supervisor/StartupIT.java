package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar, a real control plane: from nothing to Core and an app, and again. */
class StartupIT {

    static final String SAMPLE = """
            name: Sample
            version: "1.0"
            slug: sample
            description: A sample
            arch: [amd64, aarch64]
            image: localhost/hakube/busybox
            init: false
            startup: services
            boot: auto
            ports:
              7007/tcp: 7007
              7007/udp: 7007
            """;

    private static final String OLD_SERVICES =
            "{\"mqtt\":{\"host\":\"local-sample\",\"port\":1883,\"app\":\"local_sample\"},\"mysql\":{}}";

    private static final Duration BOOT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void firstStartInstallsCoreAndALaterOneTouchesNothing() throws Exception {
        try (Space space = ControlPlane.namespace("startup");
                SupervisorProcess supervisor = new SupervisorProcess(space, folder)) {
            space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
            supervisor.offer("sample", SAMPLE).startToRunning();

            assertEquals(200, supervisor.ask("GET", "/supervisor/ping", "", "").status());
            JsonObject core = supervisor.get("/core/info").data();
            assertEquals("2026.11.0", core.get("version").getAsString());
            assertTrue(space.pod("homeassistant-0").getStatus().getPodIP().startsWith("127."));

            assertEquals(
                    200, supervisor.post("/store/addons/local_sample/install").status());
            assertEquals(200, supervisor.post("/addons/local_sample/start").status());
            JsonArray listed = supervisor.get("/addons").data().getAsJsonArray("addons");
            assertEquals("started", listed.get(0).getAsJsonObject().get("state").getAsString());
            awaitPods(supervisor);
            Set<String> before = pods(space);

            assertEquals(0, supervisor.stop(), supervisor.log());
            supervisor.startToRunning();

            assertEquals(before, pods(space));
            assertEquals(
                    "started",
                    supervisor
                            .get("/addons")
                            .data()
                            .getAsJsonArray("addons")
                            .get(0)
                            .getAsJsonObject()
                            .get("state")
                            .getAsString());
            assertNoTokenIn(supervisor, space);
        }
    }

    @Test
    void bootStartsAutoAppsInTheirPhaseAndCore() throws Exception {
        try (Space space = ControlPlane.namespace("boot");
                SupervisorProcess supervisor = new SupervisorProcess(space, folder)) {
            space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
            supervisor.offer("sample", SAMPLE).startToRunning();
            supervisor.post("/store/addons/local_sample/install").data();
            supervisor.post("/core/stop").data();
            supervisor.stop();
            assertEquals(Set.of(), pods(space));
            Files.writeString(supervisor.share().resolve("services.json"), OLD_SERVICES);

            supervisor.startToRunning();

            String log = supervisor.log();
            assertTrue(log.contains("Phase services starts local_sample"), log);
            assertFalse(Files.readString(supervisor.share().resolve("services.json"))
                    .contains("local_sample"));
            awaitPods(supervisor);
        }
    }

    @Test
    void bootThatWasCutOffGoesOnAtTheNextStart() throws Exception {
        try (Space space = ControlPlane.namespace("boot-cut");
                SupervisorProcess supervisor = new SupervisorProcess(space, folder)) {
            space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
            supervisor
                    .offer("sample", SAMPLE)
                    .offer(
                            "late",
                            SAMPLE.replace("sample", "late")
                                    .replace("services", "application")
                                    .replace("7007", "7008"))
                    .startToRunning();
            supervisor.post("/store/addons/local_sample/install").data();
            supervisor.post("/store/addons/local_late/install").data();
            supervisor.post("/core/stop").data();
            supervisor.stop();
            supervisor.start();
            supervisor.await("the begin of the boot", BOOT, () -> supervisor
                    .log()
                    .contains("Phase services starts local_sample"));
            supervisor.await("its app", BOOT, () -> names(space).contains("local_sample"));

            supervisor.kill();
            // What it told since: it runs already, and will not tell again.
            Files.writeString(supervisor.share().resolve("services.json"), OLD_SERVICES);
            supervisor.startToRunning();

            assertEquals(OLD_SERVICES, Files.readString(supervisor.share().resolve("services.json")));
            assertTrue(supervisor.log().contains("Phase application starts local_late"), supervisor.log());
            assertTrue(names(space).containsAll(Set.of("homeassistant", "local_sample", "local_late")));
            assertFalse(
                    Files.readString(supervisor.share().resolve("config.json")).contains("\"booting\": true"));
        }
    }

    /** Its own in the log and the metrics, the contract's to clients. */
    private static void assertVersionsAreTold(SupervisorProcess supervisor) throws IOException {
        String own = "0\\.[0-9.]+(-SNAPSHOT)?";
        String metrics = supervisor.health("/metrics").body();

        assertTrue(
                supervisor.log().matches("(?s).*hakube " + own + ", Supervisor API 2026\\.11\\.0.*"), supervisor.log());
        assertTrue(supervisor.health("/openapi").body().contains("\"/addons/{app}/start\""), "the API's description");
        assertTrue(metrics.matches("(?s).*hakube_info\\{[^}]*version=\"" + own + "\".*"), metrics);
        assertEquals(
                "2026.11.0",
                supervisor.get("/supervisor/info").data().get("version").getAsString());
    }

    /** The proxy of the internal address comes a moment after its first port. */
    private static void awaitPods(SupervisorProcess supervisor) {
        Set<String> expected = Set.of("homeassistant", "local_sample", "ha-internal");
        supervisor.await("the three pods", Duration.ofSeconds(10), () -> names(supervisor.space())
                .equals(expected));
    }

    private static String nameOf(V1Pod pod) {
        var labels = pod.getMetadata().getLabels();
        return labels.containsKey("io.hass.slug")
                ? labels.get("io.hass.slug")
                : pod.getMetadata().getName().replaceAll("(ha-internal|homeassistant)-.*", "$1");
    }

    private static Set<String> names(Space space) {
        try {
            return new CoreV1Api(space.client())
                    .listNamespacedPod(space.name()).execute().getItems().stream()
                            .map(StartupIT::nameOf)
                            .collect(Collectors.toSet());
        } catch (ApiException failure) {
            throw new AssertionError(failure);
        }
    }

    private static Set<String> pods(Space space) throws Exception {
        return new CoreV1Api(space.client())
                .listNamespacedPod(space.name()).execute().getItems().stream()
                        .map(pod -> pod.getMetadata().getName() + " "
                                + pod.getMetadata().getUid())
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Not in a template, a log or a file; only Secrets have them. */
    private static void assertNoTokenIn(SupervisorProcess supervisor, Space space) throws Exception {
        List<String> tokens = List.of(
                supervisor.token(),
                space.secret("homeassistant-token", "token").orElseThrow(),
                space.secret("local-sample-env", "SUPERVISOR_TOKEN").orElseThrow());
        String pods = new CoreV1Api(space.client())
                .listNamespacedPod(space.name())
                .execute()
                .toString();
        for (String token : tokens) {
            assertEquals(112, token.length());
            assertFalse(supervisor.logs().contains(token), "a token in the log");
            assertFalse(pods.contains(token), "a token in a pod");
            assertEquals(List.of(), filesWith(supervisor.share(), token));
        }
    }

    private static List<Path> filesWith(Path folder, String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        try {
                            return Files.readString(file).contains(text);
                        } catch (IOException unreadable) {
                            throw new UncheckedIOException(unreadable);
                        }
                    })
                    .toList();
        }
    }
}
