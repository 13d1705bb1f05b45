package hakube.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.git.GitFailure;
import hakube.resolution.Fixup;
import hakube.resolution.Suggestion;
import hakube.testing.Eventually;
import hakube.testing.Logged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of repositories that are there: news, troubles, starts. */
class UpkeepTest extends RepositoriesCase {

    private static final String FIRST = "0".repeat(39) + "1";
    private static final String SECOND = "0".repeat(39) + "2";

    @Test
    void onlyWhatChangedIsReadAgainAndTold() {
        remote.put(GARDEN, 1, garden("frost"));
        remote.put(GARDEN + "2", 1, garden("dew"));
        repositories.add(GARDEN);
        repositories.add(GARDEN + "2");
        StoreApp before = store.find(Slugs.ofRepository(GARDEN + "2") + "_dew").orElseThrow();
        repositories.reload();
        reloaded.clear();
        remote.put(GARDEN, 2, garden("frost", "rain"));

        repositories.reload();

        assertEquals(List.of(List.of(SLUG)), reloaded);
        assertTrue(apps().contains(SLUG + "_rain"));
        assertTrue(before == store.find(before.slug()).orElseThrow(), "the other one is the same object");

        long revision = store.revision();
        repositories.reload();
        assertEquals(1, reloaded.size());
        assertEquals(revision, store.revision());
    }

    @Test
    void aManifestThatDidNotChangeKeepsItsAge() throws IOException {
        remote.put(GARDEN, 1, garden("frost", "rain"));
        repositories.add(GARDEN);
        Instant old = Instant.parse("2026-01-02T03:04:05Z");
        for (StoreApp app : store.apps()) {
            Files.setLastModifiedTime(app.folder().resolve("config.yaml"), FileTime.from(old));
        }
        Map<String, String> files = garden("frost");
        files.put("rain/config.yaml", FakeRemote.manifest("rain", "2.0"));
        remote.put(GARDEN, 2, files);

        repositories.reload();

        assertEquals(old, store.find(SLUG + "_frost").orElseThrow().firstSeen());
        assertTrue(store.find(SLUG + "_rain").orElseThrow().firstSeen().isAfter(old));
        assertEquals(List.of(SLUG, SLUG + "/" + SECOND), trees());
    }

    @ParameterizedTest
    @EnumSource(GitFailure.Kind.class)
    void whateverAFetchFailsOfTheLastGoodTreeStays(GitFailure.Kind kind) {
        remote.put(GARDEN, 1, garden("frost"));
        repositories.add(GARDEN);
        remote.fail(GARDEN, kind);

        repositories.reload();

        assertEquals(List.of(SLUG + "_frost"), apps());
        // The network comes and goes; all else a person should know.
        assertEquals(
                kind == GitFailure.Kind.UNREACHABLE ? List.of() : List.of("fatal_error store " + SLUG), openIssues());
        remote.put(GARDEN, 2, garden("rain"));
        repositories.reload();
        assertEquals(List.of(SLUG + "_rain"), apps());
        assertEquals(List.of(), openIssues());
        assertEquals(List.of(), suggestions());
    }

    @Test
    void nobodyThereIsOneLineHoweverOftenItIsTried() {
        remote.put(GARDEN, 1, garden("frost"));
        repositories.add(GARDEN);
        remote.fail(GARDEN, GitFailure.Kind.UNREACHABLE);
        try (Logged lines = Logged.by(RepositoryFailures.class)) {
            repositories.reload();
            repositories.reload();

            assertEquals(
                    List.of("Repository " + SLUG + " (" + GARDEN
                            + ") cannot be fetched: it does not want to; what was fetched last stays"),
                    lines.lines());
        }
    }

    @Test
    void aTreeThatIsNoRepositoryAnyMoreIsNotTaken() throws IOException {
        remote.put(GARDEN, 1, garden("frost"));
        repositories.add(GARDEN);
        remote.put(GARDEN, 2, Map.of("readme", "moved"));

        repositories.reload();

        assertEquals(List.of(SLUG + "_frost"), apps());
        assertEquals(List.of("corrupt_repository store " + SLUG), openIssues());
        assertEquals(List.of("execute_reset", "execute_remove"), suggestions());
        assertEquals(List.of(SLUG, SLUG + "/" + FIRST), trees());
    }

    @Test
    void aStartThatCannotFetchKeepsTheEntryAndSaysSo() {
        remote.put(GARDEN, 1, garden("frost"));
        repositories.add(GARDEN);
        RepositoryTrees.delete(claim.resolve("addons/git"));
        remote.fail(GARDEN, GitFailure.Kind.UNREACHABLE);
        start();

        repositories.begin();

        Eventually.holds("the issue", () -> openIssues().equals(List.of("fatal_error store " + SLUG)));
        assertEquals(List.of("local", SLUG), slugs());
        assertEquals(List.of("execute_reload", "execute_remove"), suggestions());
    }

    @Test
    void aRemoteThatHangsHoldsUpNeitherTheStartNorAReader() {
        remote.put(GARDEN, 1, garden("frost"));
        repositories.add(GARDEN);
        remote.mayAnswer = new CountDownLatch(1);
        remote.put(GARDEN, 2, garden("rain"));
        start();

        repositories.begin();

        Eventually.opens("the question in the background", remote.isAsked);
        assertEquals(List.of(SLUG + "_frost"), apps());
        remote.mayAnswer.countDown();
        Eventually.holds("the news", () -> apps().equals(List.of(SLUG + "_rain")));
        Eventually.holds("the event", () -> reloaded.contains(List.of(SLUG)));
    }

    @Test
    void whatAKillLeftIsTidiedByTheNextStart() throws IOException {
        remote.put(GARDEN, 1, garden("frost"));
        repositories.add(GARDEN);
        Path git = claim.resolve("addons/git");
        Path half = Files.createDirectories(git.resolve(".work-123/git-0/objects"));
        Files.writeString(half.resolve("incoming.pack"), "half");
        Files.createDirectories(git.resolve("0badc0de").resolve(FIRST));
        Path older = Files.createDirectories(git.resolve(SLUG).resolve(SECOND));
        Files.setLastModifiedTime(older, FileTime.fromMillis(0));
        // As upstream lays its clones.
        Files.createDirectories(git.resolve(SLUG).resolve(".git"));
        Files.createDirectories(git.resolve("somebody-elses"));

        start();

        assertEquals(List.of(SLUG, SLUG + "/" + FIRST, "somebody-elses"), trees());
        assertEquals(List.of(SLUG + "_frost"), apps());
    }

    @Test
    void builtInRepositoriesAreThereUntilTheyAreSwitchedOff() throws IOException {
        builtIn = Set.of("core", "community", "esphome", "music-assistant");
        start();
        assertEquals(List.of("local", "core", "a0d7b954", "5c53de3b", "d5369777"), slugs());
        remote.put(GARDEN, 1, garden());
        repositories.add(GARDEN);
        assertEquals("{\"repositories\":[\"" + GARDEN + "\"]}", storeFile());

        builtIn = Set.of();
        start();

        assertEquals(List.of("local", SLUG), slugs());
    }

    @Test
    void aFileOfUpstreamIsRead() throws IOException {
        builtIn = Set.of("core");
        Files.writeString(claim.resolve("store.json"), """
                {"repositories": ["core", "local", "https://github.com/esphome/home-assistant-addon", "%s", "#", null]}
                """.formatted(GARDEN));

        start();

        assertEquals(List.of("local", "core", "5c53de3b", SLUG), slugs());
        assertThrows(ApiFailure.BadRequest.class, () -> repositories.remove("core"));
        repositories.remove("5c53de3b");
        assertEquals("{\"repositories\":[\"" + GARDEN + "\"]}", storeFile());
    }

    @Test
    void aDamagedListIsSetAsideAndTold() throws IOException {
        Files.writeString(claim.resolve("store.json"), "{\"repositories\": [");

        start();

        assertEquals(List.of("local"), slugs());
        assertTrue(openIssues().getFirst().startsWith("corrupt_file system "), openIssues()::toString);
    }

    @Test
    void localAppsAreReadAgainWhenTheyChanged() throws IOException {
        Path manifest = claim.resolve("addons/local/frost/config.yaml");
        Files.createDirectories(manifest.getParent());
        Files.writeString(manifest, FakeRemote.manifest("frost", "1.0"));
        repositories.reload();
        assertEquals(List.of("local_frost"), apps());
        Files.writeString(manifest, FakeRemote.manifest("frost", "2.0"));

        repositories.reload();

        assertEquals("2.0", store.find("local_frost").orElseThrow().manifest().version());
        assertEquals(List.of("local"), reloaded.getLast());
        Files.delete(manifest);
        repositories.reload();
        assertEquals(List.of(), apps());
    }

    @Test
    void localAppsThatRestAreNotReadAgain() throws IOException {
        Path manifest = claim.resolve("addons/local/frost/config.yaml");
        Files.createDirectories(manifest.getParent());
        Files.writeString(manifest, FakeRemote.manifest("frost", "1.0"));
        for (Path path = manifest; !path.equals(claim); path = path.getParent()) {
            Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(60)));
        }
        repositories.reload();
        long revision = store.revision();

        repositories.reload();

        assertEquals(revision, store.revision());
        assertEquals(List.of("local_frost"), apps());
    }

    @Test
    void suggestionsAreCarriedOutByPersonsAndNowAndThenByTheSupervisor() {
        remote.put(GARDEN, 1, garden("frost"));
        repositories.add(GARDEN);
        remote.fail(GARDEN, GitFailure.Kind.GONE);
        repositories.reload();
        Suggestion about = new Suggestion("0".repeat(32), "any", "store", SLUG, null);
        Fixup reload = StoreFixups.reload(repositories);
        assertFalse(reload.isAutomatic(), "it was tried just now");
        assertThrows(ApiFailure.BadRequest.class, () -> reload.apply(about));
        assertThrows(
                ApiFailure.Internal.class, () -> StoreFixups.reset(repositories).apply(about));

        remote.put(GARDEN, 2, garden("rain"));
        reload.apply(about);
        assertEquals(List.of(SLUG + "_rain"), apps());
        assertEquals(List.of(), openIssues());

        Fixup remove = StoreFixups.remove(repositories);
        assertEquals("store", remove.context());
        remove.apply(about);
        assertEquals(List.of("local"), slugs());
        remove.apply(about);
    }
}
