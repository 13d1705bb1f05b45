package hakube.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.git.GitFailure;
import hakube.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adding, removing and repairing. */
class RepositoriesTest extends RepositoriesCase {

    @Test
    void whatIsAddedIsThereAtOnceAndAfterTheNextStartWithoutAsking() throws IOException {
        remote.put(GARDEN, 1, garden("frost"));

        repositories.add(GARDEN);

        assertEquals(List.of(SLUG + "_frost"), apps());
        assertEquals("{\"repositories\":[\"" + GARDEN + "\"]}", storeFile());
        remote.asked.clear();
        start();
        assertEquals(List.of(SLUG + "_frost"), apps());
        assertEquals(
                new Repository(SLUG, "Garden", GARDEN, "https://garden.example", "Gardener"),
                store.repositories().getLast());
        assertEquals(List.of(), remote.asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {GARDEN, GARDEN + "#next/one", GARDEN + "/", "https://Garden.example/Apps.git"})
    void theSlugIsMadeOfTheWholeText(String text) {
        remote.put(text, 1, garden("frost"));

        repositories.add(text);

        assertEquals(List.of("local", Slugs.ofRepository(text)), slugs());
    }

    @Test
    void whatIsThereIsNotAddedAgainUnderWhateverName() {
        remote.put(GARDEN, 1, garden());
        repositories.add(GARDEN);

        for (String text : List.of(GARDEN, GARDEN.replace("garden", "GARDEN"), "local")) {
            ApiFailure failure = assertThrows(ApiFailure.Conflict.class, () -> repositories.add(text));

            assertEquals("Can't add " + text + ", already in the store", failure.getMessage());
            assertEquals(
                    "store_repository_already_added_error", failure.errorKey().orElseThrow());
            assertEquals(Map.of("url", text), failure.extraFields());
        }
    }

    @Test
    void theAddressOfTheCoreRepositoryIsTheCoreRepository() {
        String address = "https://github.com/home-assistant/addons";
        remote.put(address, 1, Map.of("mosquitto/config.yaml", FakeRemote.manifest("mosquitto", "1")));

        repositories.add(address);

        assertEquals(List.of("core_mosquitto"), apps());
        assertEquals("Official apps", store.repositories().getLast().name());
        assertThrows(ApiFailure.Conflict.class, () -> repositories.add("core"));
    }

    @Test
    void ofTwoClientsThatAddTheSameAtOnceOneWins() throws Exception {
        remote.put(GARDEN, 1, garden("frost"));
        remote.mayAnswer = new CountDownLatch(1);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> add = () -> {
                try {
                    repositories.add(GARDEN);
                    return "added";
                } catch (ApiFailure.Conflict conflict) {
                    return "conflict";
                }
            };
            Future<String> first = clients.submit(add);
            Eventually.opens("the first client's question", remote.isAsked);

            assertEquals("conflict", clients.submit(add).get(20, TimeUnit.SECONDS));
            remote.mayAnswer.countDown();
            assertEquals("added", first.get(20, TimeUnit.SECONDS));
        }
        assertEquals(1, remote.asked.size());
        assertEquals("{\"repositories\":[\"" + GARDEN + "\"]}", storeFile());
    }

    @Test
    void whatCannotBeFetchedOrIsNoRepositoryOfAppsLeavesNothing() throws IOException {
        remote.put(GARDEN + "/unnamed", 1, Map.of("frost/config.yaml", FakeRemote.manifest("frost", "1")));
        remote.put(GARDEN + "/broken", 1, Map.of("repository.json", "{\"name\": 1}"));

        assertEquals(
                "Can't add repository " + GARDEN + "/none: it is not there",
                refusal(() -> repositories.add("https://somebody:s3cret@garden.example/apps/none")));
        assertEquals(
                GARDEN + "/unnamed is not a valid app repository: it has no repository.yaml",
                refusal(() -> repositories.add(GARDEN + "/unnamed")));
        assertEquals(
                GARDEN + "/broken is not a valid app repository: its repository.json is not valid:"
                        + " expected str @ data['name']",
                refusal(() -> repositories.add(GARDEN + "/broken")));
        assertEquals(List.of("local"), slugs());
        assertEquals(List.of(), trees());
        assertFalse(Files.exists(claim.resolve("store.json")));
        assertEquals(List.of(), openIssues());
    }

    @Test
    void removedIsGoneFromStoreClaimAndFile() throws IOException {
        remote.put(GARDEN, 1, garden("frost"));
        repositories.add(GARDEN);

        repositories.remove(SLUG);

        assertEquals(List.of(), apps());
        assertEquals(List.of("local"), slugs());
        assertEquals(List.of(), trees());
        assertEquals("{\"repositories\":[]}", storeFile());
        assertThrows(ApiFailure.NotFound.class, () -> repositories.remove(SLUG));
    }

    @Test
    void neitherABuiltInNorAUsedRepositoryIsRemoved() {
        remote.put(GARDEN, 1, garden("frost"));
        repositories.add(GARDEN);
        used.add(SLUG);

        assertEquals(
                "Can't remove '" + GARDEN + "'. It's used by installed apps", refusal(() -> repositories.remove(SLUG)));
        assertEquals("Can't remove built-in repositories!", refusal(() -> repositories.remove("local")));
        assertEquals(List.of(SLUG + "_frost"), apps());
    }

    @Test
    void repairFetchesTheSameAgain() throws IOException {
        remote.put(GARDEN, 1, garden("frost"));
        repositories.add(GARDEN);
        Path manifest = store.find(SLUG + "_frost").orElseThrow().folder().resolve("config.yaml");
        Files.delete(manifest);
        repositories.load();
        assertEquals(List.of(), apps());

        repositories.repair(SLUG);

        assertEquals(List.of(SLUG + "_frost"), apps());
        assertTrue(Files.exists(manifest));
        assertEquals(List.of(SLUG, SLUG + "/" + "0".repeat(39) + "1"), trees());
    }

    @Test
    void repairThatFailsLeavesWhatIsThere() {
        remote.put(GARDEN, 1, garden("frost"));
        repositories.add(GARDEN);
        remote.fail(GARDEN, GitFailure.Kind.DAMAGED);

        ApiFailure failure = assertThrows(ApiFailure.Internal.class, () -> repositories.repair(SLUG));

        assertEquals("store_repository_unknown_error", failure.errorKey().orElseThrow());
        assertTrue(failure.getMessage().endsWith(": it does not want to"), failure::getMessage);
        assertEquals(List.of(SLUG + "_frost"), apps());
    }

    @Test
    void theLocalRepositoryCannotBeRepaired() {
        ApiFailure failure = assertThrows(ApiFailure.BadRequest.class, () -> repositories.repair("local"));

        assertEquals("Can't reset repository local as it is not git based!", failure.getMessage());
        assertEquals("store_repository_local_cannot_reset", failure.errorKey().orElseThrow());
        assertEquals(Map.of("local_repo", "local"), failure.extraFields());
    }

    @Test
    void aWholeListAddsAndRemovesWhatItCanAndTellsTheFirstTrouble() {
        remote.put(GARDEN, 1, garden());
        remote.put(GARDEN + "2", 1, garden());
        remote.put(GARDEN + "3", 1, garden());
        repositories.add(GARDEN);

        assertEquals(
                "Can't add repository " + GARDEN + "/none: it is not there",
                refusal(() -> repositories.replace(List.of("local", GARDEN + "2", GARDEN + "/none", GARDEN + "3"))));

        assertEquals(List.of("local", Slugs.ofRepository(GARDEN + "2"), Slugs.ofRepository(GARDEN + "3")), slugs());
    }

    @Test
    void moreThanAHundredAreNotKept() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            remote.put(GARDEN + i, 1, garden());
            texts.add(GARDEN + i);
        }

        assertEquals(
                "Can't add " + GARDEN + "99, at most 100 repositories are kept",
                refusal(() -> repositories.replace(texts)));
        assertEquals(100, slugs().size());
    }

    private static String refusal(Runnable call) {
        return assertThrows(ApiFailure.BadRequest.class, call::run).getMessage();
    }
}
