package hakube.apps;

import static hakube.apps.AppsHome.NAME;
import static hakube.apps.AppsHome.SAMPLE;
import static hakube.apps.AppsHome.SLUG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.resolution.Issue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrphansTest {

    private static final String OTHER =
            SAMPLE.replace("slug: sample", "slug: other").replace("/tcp: 7, 7/udp: 7", "/tcp: 8");

    @TempDir
    private Path disk;

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"user\": {", "[1]"})
    void aDamagedListDeletesNothing(String content) throws IOException {
        AppsHome home = running();
        Files.writeString(list(), content);
        AppsHome next = new AppsHome(disk, home.cluster).wake();
        assertLeftAlone(home, next, "apps.json.damaged-");
    }

    @Test
    void aMissingListDeletesNothing() throws IOException {
        AppsHome home = running();
        Files.delete(list());
        AppsHome next = new AppsHome(disk, home.cluster).wake();
        assertLeftAlone(home, next, "apps.json.missing-");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNewListDoesNotDeleteWhatTheLostOneHadEither(boolean damaged) throws IOException {
        AppsHome home = running();
        if (damaged) {
            Files.writeString(list(), "nonsense");
        } else {
            Files.delete(list());
        }
        new AppsHome(disk, home.cluster).wake().install(OTHER);
        AppsHome third = new AppsHome(disk, home.cluster).wake();
        assertTrue(third.apps.isInstalled("local_other"));
        assertEquals(1, third.deployment(NAME).getSpec().getReplicas());
        assertEquals(
                List.of(SLUG, SLUG),
                third.ports.entries().stream().map(entry -> entry.slug()).toList());
        assertEquals(1, third.issues.open().size());
    }

    @Test
    void onceTheMarkIsRemovedTheListCountsAgain() throws IOException {
        AppsHome home = running();
        Files.writeString(list(), "nonsense");
        new AppsHome(disk, home.cluster).wake().install(OTHER);
        for (Path mark : marks()) {
            Files.delete(mark);
        }
        AppsHome third = new AppsHome(disk, home.cluster).wake();
        assertFalse(third.objects().toString().contains(NAME), third.objects().toString());
        assertTrue(third.objects().contains("Deployment local-other"));
        assertEquals(List.of(), third.ports.entries());
        assertEquals(List.of(), third.issues.open());
    }

    @Test
    void aListThatIsPutBackFindsItsApps() throws IOException {
        AppsHome home = running();
        String saved = Files.readString(list());
        Files.writeString(list(), "nonsense");
        new AppsHome(disk, home.cluster).wake();
        Files.writeString(list(), saved);
        AppsHome third = new AppsHome(disk, home.cluster).wake();
        assertEquals(AppState.STARTED, third.apps.state(SLUG));
        assertEquals(List.of(), third.issues.open());
    }

    @Test
    void anAppOfALostListIsInstalledAgainAndTakesItsObjectsOver() throws IOException {
        AppsHome home = running();
        Path data = Files.writeString(disk.resolve("addons/data/" + SLUG + "/precious"), "data");
        Files.delete(list());
        AppsHome next = new AppsHome(disk, home.cluster).wake().install(SAMPLE);
        next.apps.restart(SLUG);
        assertEquals(AppState.STARTED, next.apps.state(SLUG));
        assertTrue(Files.exists(data));
        next.awaitIdle(SLUG);
    }

    @Test
    void aFirstStartMarksNothing() throws IOException {
        AppsHome home = new AppsHome(disk).wake();
        assertEquals(List.of(), marks());
        assertEquals(List.of(), home.issues.open());
        assertEquals(List.of(), home.cluster.writes());
    }

    private void assertLeftAlone(AppsHome before, AppsHome next, String mark) throws IOException {
        assertFalse(next.apps.isInstalled(SLUG));
        assertEquals(1, next.deployment(NAME).getSpec().getReplicas());
        assertTrue(
                next.objects()
                        .containsAll(Set.of(
                                "Deployment " + NAME,
                                "Service " + NAME,
                                "Secret " + NAME + "-env",
                                "Pod " + NAME + "-pod")),
                next.objects().toString());
        assertEquals(before.ports.entries(), next.ports.entries());
        assertEquals(2, next.ports.entries().size());
        Issue issue = next.issues.open().getFirst();
        assertEquals(List.of(issue), next.issues.open());
        assertEquals("corrupt_file", issue.type());
        Path named = Path.of(issue.reference());
        assertTrue(named.getFileName().toString().startsWith(mark), issue.reference());
        assertEquals(List.of(named), marks());
    }

    private List<Path> marks() throws IOException {
        try (Stream<Path> files = Files.list(disk)) {
            return files.filter(file -> file.getFileName().toString().startsWith("apps.json."))
                    .toList();
        }
    }

    private Path list() {
        return disk.resolve("apps.json");
    }

    private AppsHome running() {
        AppsHome home = new AppsHome(disk).wake();
        home.cluster.autoRun();
        home.install(SAMPLE);
        home.apps.start(SLUG);
        home.awaitIdle(SLUG);
        return home;
    }
}
