package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import hakube.testing.SupervisorProcess;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A Supervisor with Core and two apps on a real control plane, and backups of which every file says which one it is of. */
final class RestoreWorld extends AppWorld {

    static final String ONE = "local_one";
    static final String TWO = "local_two";
    static final String SLUG = "0badcafe";

    /** What each backup has, and each state of the house has whole. */
    static final Set<String> TREES =
            Set.of("share", "ssl", "homeassistant/www", "addons/data/local_one", "addons/data/local_two");

    /** Of a swapped folder; many, so that a kill meets the moves. */
    private static final int FILES = 60;

    RestoreWorld(Path folder, String prefix) throws IOException, ApiException {
        super(folder, prefix);
        offer("one", "1.0", "");
        offer("two", "1.0", "");
    }

    /** Both apps run, and all is of that generation. */
    RestoreWorld begin(String generation) throws IOException {
        run(ONE, TWO);
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
        return replicas() == 2 && statefulSet().contains("replicas: 1");
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
        return isIdle()
                && !Files.exists(supervisor.share().resolve("restore.json"))
                && !Files.exists(supervisor.share().resolve(".restore"));
    }

    /** The archive is checked, what follows changes something. */
    boolean isTouching() {
        return Files.exists(supervisor.share().resolve("restore.json"));
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
}
