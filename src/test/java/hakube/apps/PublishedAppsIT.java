package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hakube.testing.ControlPlane;
import hakube.testing.GeneratedFile;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import hakube.testing.Verdict;
import io.kubernetes.client.openapi.ApiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every app that somebody wrote for a classic Supervisor, on a simulated node: started, or refused for what it demands. The
 * manifests of the test resources always; those of {@code -Dhakube.repositories=DIR} where it is given, a folder with one work tree for
 * each repository, called {@code owner+name@commit}. The result of the latter is kept, {@link Verdict#FILE}.
 */
class PublishedAppsIT {

    private static final Path WRITTEN_BY_HAND = Path.of("src/test/resources/hakube/apps");

    @TempDir
    private static Path folder;

    private static Space space;
    private static SupervisorProcess supervisor;
    private static Path local;
    private static String arch;

    private final List<String> failures = new ArrayList<>();

    @BeforeAll
    static void open() throws Exception {
        space = ControlPlane.namespace("published");
        space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
        supervisor = new SupervisorProcess(space, folder).startToRunning();
        local = supervisor.share().resolve("addons/local");
        arch = supervisor.get("/info").data().get("arch").getAsString();
    }

    @AfterAll
    static void close() throws IOException, ApiException {
        supervisor.close();
        space.close();
    }

    @Test
    void everyManifestThatIsWrittenByHandIsStartedOrRefused() throws Exception {
        empty(local);
        for (Path file :
                files(WRITTEN_BY_HAND, path -> path.getFileName().toString().endsWith("-in.yaml"))) {
            Path app = local.resolve(file.getFileName().toString().replace("-in.yaml", ""));
            Files.copy(file, Files.createDirectories(app).resolve("config.yaml"));
        }
        List<Verdict> verdicts = walk("by hand", "");
        assertEquals(List.of(), failures);
        assertFalse(verdicts.isEmpty());
    }

    @Test
    @EnabledIfSystemProperty(named = "hakube.repositories", matches = ".+")
    void everyPublishedAppIsStartedOrRefused() throws Exception {
        List<Verdict> verdicts = new ArrayList<>();
        try (Stream<Path> trees = Files.list(Path.of(System.getProperty("hakube.repositories")))) {
            for (Path tree : trees.sorted().toList()) {
                String[] name = tree.getFileName().toString().replace('+', '/').split("@", 2);
                empty(local);
                copy(tree, local);
                verdicts.addAll(walk(name[0], name[1]));
            }
        }
        assertEquals(List.of(), failures);
        GeneratedFile.check(Verdict.FILE, Verdict.text(verdicts));
    }

    /** What lies in the local repository now, one after the other. */
    private List<Verdict> walk(String repository, String commit) throws Exception {
        List<PublishedApp> apps = new ArrayList<>();
        for (Path file : files(local, PublishedAppsIT::isManifest)) {
            try {
                apps.add(PublishedApp.of(supervisor, file, arch));
            } catch (AssertionError failure) {
                failures.add(failure.getMessage());
            }
        }
        supervisor.post("/store/reload");
        Set<String> offered = new TreeSet<>();
        supervisor
                .get("/store/addons")
                .data()
                .getAsJsonArray("addons")
                .forEach(app -> offered.add(app.getAsJsonObject().get("slug").getAsString()));
        assertEquals(apps.stream().map(PublishedApp::slug).collect(Collectors.toCollection(TreeSet::new)), offered);
        List<Verdict> verdicts = new ArrayList<>();
        for (PublishedApp app : apps) {
            try {
                Verdict verdict = app.verdict(repository, commit);
                verdicts.add(verdict);
                System.out.println(verdict);
            } catch (AssertionError failure) {
                failures.add(app.slug() + ": " + failure.getMessage());
            }
        }
        return verdicts.stream().sorted(Comparator.comparing(Verdict::slug)).toList();
    }

    private static boolean isManifest(Path file) {
        return Set.of("config.yaml", "config.yml", "config.json")
                        .contains(file.getFileName().toString())
                && Stream.iterate(local.relativize(file), path -> path != null, Path::getParent)
                        .map(path -> path.getFileName().toString())
                        .noneMatch(name -> name.startsWith(".") || name.equals("rootfs"));
    }

    private interface Choice {
        boolean takes(Path file);
    }

    private static List<Path> files(Path root, Choice choice) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .filter(choice::takes)
                    .sorted()
                    .toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from, path -> true)) {
            Path copy = to.resolve(from.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
    }

    private static void empty(Path root) throws IOException {
        if (Files.isDirectory(root)) {
            try (Stream<Path> all = Files.walk(root)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(root);
    }
}
