package hakube.apps;

import static hakube.apps.AppsHome.NAME;
import static hakube.apps.AppsHome.SAMPLE;
import static hakube.apps.AppsHome.SLUG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.kubernetes.Kind;
import io.kubernetes.client.openapi.models.V1Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept of the versions that an app has had. */
class AppHistoryTest {

    @TempDir
    private Path share;

    @Test
    void theLastThreeAreKeptWithNumbersThatAreUsedOnce() {
        AppHistory history = AppHistory.NONE;
        for (int version = 1; version <= 5; version++) {
            history = history.replaced(revision(version + ".0"), Optional.empty(), version + 1 + ".0");
        }
        assertEquals(List.of("5 5.0", "4 4.0", "3 3.0"), kept(history));
        assertEquals(6, history.present());
    }

    @Test
    void whatIsInstalledIsNoRevisionToReturnTo() {
        AppHistory history = AppHistory.NONE
                .replaced(revision("1.0"), Optional.empty(), "2.0")
                .replaced(revision("2.0"), Optional.of("sha256:2"), "1.0");
        assertEquals(List.of("2 2.0"), kept(history));
        assertEquals(Optional.of("sha256:2"), history.find("2").orElseThrow().digest());
        assertEquals(Optional.empty(), history.find("1"));
        assertEquals(List.of("3 1.0"), kept(history.replaced(revision("1.0"), Optional.empty(), "2.0")));
    }

    @Test
    void anUpdateKeepsWhatItReplacedWithTheDigestThatRan() throws IOException {
        AppsHome home = new AppsHome(share).wake();
        home.run();
        home.cluster.stopAutoRun();
        V1Pod pod = home.board.pods(SLUG).getFirst();
        pod.getStatus().getContainerStatuses().stream()
                .filter(status -> AppWorkload.CONTAINER.equals(status.getName()))
                .forEach(status -> status.setImageID("localhost/sample@sha256:0ne"));
        home.cluster.put(Kind.POD, pod);
        home.cluster.autoRun();

        home.update("2.0");

        AppHistory history = history(home);
        assertEquals(List.of("1 1.0"), kept(history));
        assertEquals(Optional.of("sha256:0ne"), history.kept().getFirst().digest());
        assertEquals(
                home.file.find(SLUG).orElseThrow().user(),
                reread().find(SLUG).orElseThrow().user());
        String token = home.token(NAME);
        assertFalse(Files.readString(share.resolve("apps.json")).contains(token));
    }

    @Test
    void aVersionThatIsTakenBackLeavesNoRevision() {
        AppsHome home = new AppsHome(share).wake();
        home.run();
        home.cluster.failOn("apply deployments/" + NAME, AppsHome.away());
        assertThrows(ApiFailure.class, () -> home.update("2.0"));
        home.cluster.recover();
        assertEquals(AppHistory.NONE, history(home));
        assertEquals("1.0", home.apps.version(SLUG).orElseThrow());
    }

    @Test
    void anUpdateThatACrashCutOffWhenItsVersionRanKeepsTheOldOne() {
        AppsHome home = new AppsHome(share).wake();
        home.cluster.autoRun();
        home.install(SAMPLE.replace("\"1.0\"", "\"2.0\""));
        home.apps.start(SLUG);
        home.awaitIdle(SLUG);
        InstalledApp app = home.file.find(SLUG).orElseThrow();
        home.file.put(
                app.at(app.revision(), Optional.of(new AppUpdating(revision("1.0"), Optional.of("sha256:1"), true))));

        AppsHome next = new AppsHome(share, home.cluster).wake();

        assertEquals(List.of("1 1.0"), kept(history(next)));
        assertEquals(
                Optional.of("sha256:1"), history(next).find("1").orElseThrow().digest());
    }

    @Test
    void aDamagedRevisionIsLeftOutAndTheAppStays() throws IOException {
        AppsHome home = new AppsHome(share).wake();
        home.install(SAMPLE);
        home.update("2.0").update("3.0");
        Path file = share.resolve("apps.json");
        String text = Files.readString(file).replaceAll("\\s", "");
        String damaged = text.replace("\"number\":1", "\"number\":\"one\"");
        assertFalse(damaged.equals(text), text);
        Files.writeString(file, damaged);
        InstalledApp app = reread().find(SLUG).orElseThrow();
        assertEquals(List.of("2 2.0"), kept(app.user().own().history()));
        assertEquals("3.0", app.user().version());
        Files.writeString(file, text.replaceAll("\"revisions\":\\[", "\"revisions\":[7,"));
        assertEquals(
                List.of("2 2.0", "1 1.0"),
                kept(reread().find(SLUG).orElseThrow().user().own().history()));
    }

    @Test
    void anAppThatHasNeverChangedHasNothingOfItInItsFile() throws IOException {
        AppsHome home = new AppsHome(share).wake();
        home.install(SAMPLE);
        assertFalse(Files.readString(share.resolve("apps.json")).contains("revision"));
        assertTrue(AppReturn.list(home.file.find(SLUG).orElseThrow()).toString().contains("revisions=[]"));
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io/library/nginx@sha256:ab, sha256:ab",
        "docker-pullable://nginx@sha256:ab, sha256:ab",
        "sha256:ab, sha256:ab",
        "docker://sha256:ab, sha256:ab",
        "nginx:sha256:ab,",
        "'',"
    })
    void aDigestIsReadAsKubeletsWriteIt(String imageId, String digest) {
        assertEquals(Optional.ofNullable(digest), ImageDigest.read(imageId));
    }

    private AppsFile reread() {
        AppsHome next = new AppsHome(share);
        next.file.load();
        return next.file;
    }

    static AppHistory history(AppsHome home) {
        return home.file.find(SLUG).orElseThrow().user().own().history();
    }

    private static List<String> kept(AppHistory history) {
        return history.kept().stream()
                .map(kept -> kept.number() + " " + kept.revision().version())
                .toList();
    }

    private static AppRevision revision(String version) {
        return AppRevision.of(AppsHome.manifest(SAMPLE.replace("\"1.0\"", "\"" + version + "\"")), "amd64");
    }
}
