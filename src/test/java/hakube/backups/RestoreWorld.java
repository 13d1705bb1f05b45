package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A Supervisor with Core and two apps on a real control plane, and backups of which every file says which one it is of. */
final class RestoreWorld implements AutoCloseable {

    static final String ONE = "local_one";
    static final String TWO = "local_two";
    static final String SLUG = "0badcafe";

    /** What each backup has, and each state of the house has whole. */
    static final Set<String> TREES =
            Set.of("share", "ssl", "homeassistant/www", "addons/data/local_one", "addons/data/local_two");

    /** Of a swapped folder; many, so that a kill meets the moves. */
    private static final int FILES = 60;

    private static final Duration END = Duration.ofSeconds(90);

    final Space space;
    final SupervisorProcess supervisor;

    RestoreWorld(Path folder, String prefix) throws IOException, ApiException {
        space = ControlPlane.namespace(prefix);
        space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
        supervisor = new SupervisorProcess(space, folder);
        for (String name : Set.of("one", "two")) {
            supervisor.offer(name, """
                    name: %1$s
                    version: "1.0"
                    slug: %1$s
                    description: For tests
                    arch: [amd64, aarch64]
                    image: localhost/hakube/busybox
                    init: false
                    """.formatted(name));
        }
    }

    /** Both apps run, and all is of that generation. */
    RestoreWorld begin(String generation) throws IOException {
        supervisor.startToRunning();
        for (String slug : Set.of(ONE, TWO)) {
            supervisor.post("/store/addons/" + slug + "/install").data();
            supervisor.post("/addons/" + slug + "/start").data();
        }
        for (String tree : TREES) {
            for (Map.Entry<String, String> file : files(generation).entrySet()) {
                Path path = supervisor.share().resolve(tree).resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
        }
        return this;
    }

    /** A full backup of that generation is the only one. */
    void lay(String generation) throws IOException {
        Map<String, String> files = files(generation);
        Map<String, String> www = new TreeMap<>();
        files.forEach((name, content) -> www.put("www/" + name, content));
        www.put("configuration.yaml", "default_config:\n");
        new MadeBackup()
                .slug(SLUG)
                .core("2026.11.0", false, www)
                .app(ONE, generation, "started", "\"init\": false", files)
                .app(TWO, generation, "started", "\"init\": false", files)
                .folder("share", files)
                .folder("ssl", files)
                .write(supervisor.share().resolve("backup").resolve(SLUG + ".tar"));
        supervisor.post("/backups/reload").data();
    }

    /** The one generation that a tree is of. */
    String generation(String tree, String what) throws IOException {
        Path root = supervisor.share().resolve(tree);
        Set<String> found = new TreeSet<>();
        int count = 0;
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("options.json")) {
                    found.add(Files.readString(file));
                    count++;
                }
            }
        }
        assertEquals(1, found.size(), what + ": " + tree + " is of " + found);
        assertEquals(FILES, count, what + ": " + tree);
        return found.iterator().next();
    }

    /** Replicas of Core and of the apps are what they were: all of them run. */
    boolean isAllRunning() throws ApiException {
        AppsV1Api apps = new AppsV1Api(space.client());
        int running = apps
                .listNamespacedDeployment(space.name())
                .labelSelector("io.hass.type=addon")
                .execute()
                .getItems()
                .stream()
                .mapToInt(deployment -> deployment.getSpec().getReplicas())
                .sum();
        return running == 2 && statefulSet().contains("replicas: 1");
    }

    /** Core's, as text. */
    String statefulSet() throws ApiException {
        return new AppsV1Api(space.client())
                .readNamespacedStatefulSet("homeassistant", space.name())
                .execute()
                .getSpec()
                .toString();
    }

    /** Nothing is under way, and nothing of a restore is left. */
    boolean isSettled() throws IOException {
        JsonObject jobs = JsonParser.parseString(
                        Files.readString(supervisor.share().resolve("jobs.json")))
                .getAsJsonObject();
        return jobs.getAsJsonArray("running").isEmpty()
                && !Files.exists(supervisor.share().resolve("restore.json"))
                && !Files.exists(supervisor.share().resolve(".restore"));
    }

    /** The archive is checked, what follows changes something. */
    boolean isTouching() {
        return Files.exists(supervisor.share().resolve("restore.json"));
    }

    JsonObject awaitEnd(String job) throws IOException {
        JsonObject[] seen = new JsonObject[1];
        supervisor.await("the end of job " + job, END, () -> {
            seen[0] = supervisor.get("/jobs/" + job).data();
            return seen[0].get("done").getAsBoolean();
        });
        return seen[0];
    }

    String restore(String body) throws IOException {
        SupervisorProcess.Answer answer = supervisor.ask("POST", "/backups/" + SLUG + "/restore/full", body);
        assertEquals(200, answer.status(), answer.body() + "\n" + supervisor.log());
        JsonElement job = answer.data().get("job_id");
        assertTrue(job.getAsString().matches("[0-9a-f]{32}"), job.toString());
        return job.getAsString();
    }

    private static Map<String, String> files(String generation) {
        Map<String, String> files = new TreeMap<>();
        for (int i = 0; i < FILES; i++) {
            files.put((i % 2 == 0 ? "" : "deep/" + i + "/") + "file-" + i, generation);
        }
        return files;
    }

    @Override
    public void close() throws IOException, ApiException {
        supervisor.close();
        space.close();
    }
}
