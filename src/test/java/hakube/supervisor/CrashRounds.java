package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.BatchV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Kills the Supervisor at random points of install, options, start, update, return, restart, stop and uninstall, starts it again, and
 * looks whether files parse, objects match state, nothing is left over, and whatever was asked for can be done now.
 */
final class CrashRounds {

    private static final String SLUG = "local_sample";
    /** To the newest revision, whatever its number. */
    private static final String RETURN = "/addons/local_sample/revisions/";

    private static final String SELECTOR = "io.hass.type=addon";
    private static final Duration SETTLED = Duration.ofSeconds(30);
    private static final List<String> CALLS = List.of(
            "/store/addons/local_sample/install",
            "/addons/local_sample/options",
            "/addons/local_sample/start",
            "/store/addons/local_sample/update",
            RETURN,
            "/addons/local_sample/restart",
            "/addons/local_sample/stop",
            "/addons/local_sample/uninstall");

    private final Space space;
    private final SupervisorProcess supervisor;
    private final Random random;
    private int version = 1;

    private CrashRounds(Space space, SupervisorProcess supervisor, long seed) {
        this.space = space;
        this.supervisor = supervisor;
        this.random = new Random(seed);
    }

    /** Prints its seed; {@code -Dhakube.seed=N} repeats the choice of the points. */
    static void run(Path folder, int rounds) throws IOException, ApiException {
        long seed = Long.getLong("hakube.seed", System.nanoTime());
        System.out.println("crash rounds: " + rounds + ", seed " + seed);
        try (Space space = ControlPlane.namespace("crash");
                SupervisorProcess supervisor = new SupervisorProcess(space, folder)) {
            space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
            supervisor.offer("sample", StartupIT.SAMPLE).startToRunning();
            CrashRounds crash = new CrashRounds(space, supervisor, seed);
            for (int round = 0; round < rounds; round++) {
                crash.round(round);
            }
        }
    }

    private void round(int round) throws IOException, ApiException {
        String wanted = CALLS.get(round % CALLS.size());
        prepare(wanted);
        String call = wanted.equals(RETURN) ? RETURN + newestRevision() : wanted;
        long delay = random.nextLong(Duration.ofMillis(700).toNanos());
        Thread caller = Thread.startVirtualThread(() -> {
            try {
                supervisor.ask("POST", call, call.endsWith("/options") ? "{\"watchdog\": true}" : "");
            } catch (IOException cutOff) {
                // That is the point of it.
            }
        });
        LockSupport.parkNanos(delay);
        supervisor.kill();
        join(caller);
        supervisor.startToRunning();
        String what = "round " + round + ", killed " + Duration.ofNanos(delay).toMillis() + " ms into " + call;
        supervisor.await("an end of what was cut off, " + what, SETTLED, this::isSettled);
        assertFilesParse(what);
        assertObjectsMatchState(what);
        assertIsOneVersion(what);
    }

    /** Brings the app to where the call makes sense; each step must go well, so it also shows that the last round left nothing. */
    private void prepare(String call) throws IOException {
        boolean isInstalled = !installed().isEmpty();
        if (call.endsWith("/install")) {
            if (isInstalled) {
                must("/addons/local_sample/uninstall");
            }
            return;
        }
        if (!isInstalled) {
            must("/store/addons/local_sample/install");
        }
        must(
                call.endsWith("/start") || call.endsWith("/options")
                        ? "/addons/local_sample/stop"
                        : "/addons/local_sample/start");
        if (call.endsWith("/update") || call.equals(RETURN)) {
            offerAnother();
        }
        if (call.equals(RETURN)) {
            must("/store/addons/local_sample/update");
        }
    }

    private void offerAnother() throws IOException {
        supervisor.offer("sample", StartupIT.SAMPLE.replace("\"1.0\"", "\"1." + version++ + "\""));
        must("/store/reload");
    }

    private int newestRevision() throws IOException {
        return supervisor
                .get("/addons/local_sample/revisions")
                .data()
                .getAsJsonArray("revisions")
                .get(0)
                .getAsJsonObject()
                .get("revision")
                .getAsInt();
    }

    private void must(String call) throws IOException {
        SupervisorProcess.Answer answer = supervisor.post(call);
        assertEquals(200, answer.status(), call + " " + answer.body() + "\n" + supervisor.log());
    }

    private Set<String> installed() throws IOException {
        JsonElement apps = supervisor.get("/addons").data().get("addons");
        Set<String> slugs = new TreeSet<>();
        apps.getAsJsonArray()
                .forEach(app -> slugs.add(app.getAsJsonObject().get("slug").getAsString()));
        return slugs;
    }

    private boolean isSettled() {
        try {
            for (JsonElement app : supervisor.get("/addons").data().getAsJsonArray("addons")) {
                String state = app.getAsJsonObject().get("state").getAsString();
                boolean wanted = replicas() > 0;
                if (!state.equals(wanted ? "started" : "stopped")) {
                    return false;
                }
            }
            JsonObject jobs = JsonParser.parseString(
                            Files.readString(supervisor.share().resolve("jobs.json")))
                    .getAsJsonObject();
            return jobs.getAsJsonArray("running").isEmpty();
        } catch (IOException | ApiException failure) {
            throw new AssertionError(failure);
        }
    }

    private int replicas() throws ApiException {
        return new AppsV1Api(space.client())
                .listNamespacedDeployment(space.name()).labelSelector(SELECTOR).execute().getItems().stream()
                        .mapToInt(deployment -> deployment.getSpec().getReplicas())
                        .sum();
    }

    private void assertFilesParse(String what) throws IOException {
        try (Stream<Path> files = Files.walk(supervisor.share())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                assertTrue(!name.endsWith(".part") && !name.contains(".damaged-"), what + ": " + file);
                if (name.endsWith(".json")) {
                    assertTrue(JsonParser.parseString(Files.readString(file)).isJsonObject(), what + ": " + file);
                }
            }
        }
    }

    private void assertObjectsMatchState(String what) throws IOException, ApiException {
        boolean isInstalled = installed().contains(SLUG);
        Set<String> one = isInstalled ? Set.of("local-sample") : Set.of();
        AppsV1Api apps = new AppsV1Api(space.client());
        CoreV1Api core = new CoreV1Api(space.client());
        assertEquals(
                one,
                names(apps.listNamespacedDeployment(space.name())
                        .labelSelector(SELECTOR)
                        .execute()
                        .getItems()),
                what);
        Set<String> services = names(core.listNamespacedService(space.name())
                .labelSelector(SELECTOR)
                .execute()
                .getItems());
        services.remove("ha-addons");
        assertEquals(one, services, what);
        Set<String> secrets = names(core.listNamespacedSecret(space.name())
                .labelSelector(SELECTOR)
                .execute()
                .getItems());
        assertTrue(secrets.isEmpty() || (isInstalled && secrets.equals(Set.of("local-sample-env"))), what + secrets);
        assertEquals(
                Set.of(),
                names(new BatchV1Api(space.client())
                        .listNamespacedJob(space.name())
                        .execute()
                        .getItems()),
                what);
        assertEquals(isInstalled ? Set.of(SLUG) : Set.of(), folders(), what);
        if (!isInstalled) {
            assertTrue(!registry(core).contains(SLUG), what + ": " + registry(core));
        }
    }

    /** What the API tells is what the template runs, and no update is under way any more. */
    private void assertIsOneVersion(String what) throws IOException, ApiException {
        if (!installed().contains(SLUG)) {
            return;
        }
        String told = supervisor
                .get("/addons/local_sample/info")
                .data()
                .get("version")
                .getAsString();
        String image = new AppsV1Api(space.client())
                .readNamespacedDeployment("local-sample", space.name())
                .execute()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
        assertTrue(image.endsWith(":" + told), what + ": " + told + " is " + image);
        String file = Files.readString(supervisor.share().resolve("apps.json"));
        assertTrue(!file.contains("\"updating\""), what + ": " + file);
    }

    private Set<String> folders() throws IOException {
        try (Stream<Path> folders = Files.list(supervisor.share().resolve("addons/data"))) {
            return folders.map(folder -> folder.getFileName().toString()).collect(Collectors.toSet());
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    private String registry(CoreV1Api core) throws ApiException {
        return core.listNamespacedConfigMap(space.name()).execute().getItems().stream()
                .filter(map -> map.getMetadata().getName().equals("supervisor-port-registry"))
                .map(map -> String.valueOf(map.getData()))
                .collect(Collectors.joining());
    }

    private static Set<String> names(List<? extends KubernetesObject> objects) {
        return objects.stream()
                .map(object -> object.getMetadata().getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void join(Thread thread) {
        try {
            assertTrue(thread.join(Duration.ofSeconds(30)), "the call does not end with its server");
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }
}
