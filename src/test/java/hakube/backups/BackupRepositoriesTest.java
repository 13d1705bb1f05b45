package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.config.Settings;
import hakube.git.GitAddress;
import hakube.git.GitFailure;
import hakube.git.GitRemote;
import hakube.kubernetes.Cluster;
import hakube.store.Repository;
import hakube.testing.Administrator;
import hakube.testing.ApiClient;
import hakube.testing.Logged;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list of repositories goes into each backup, and what a restore makes of it. */
@HelidonTest
@AddBean(BackupRepositoriesTest.Parts.class)
@AddBean(RestoreHouse.class)
@AddConfig(key = "management.port", value = "0")
class BackupRepositoriesTest {

    private static final String GARDEN = "https://garden.example/apps";
    private static final String KITCHEN = "https://kitchen.example/apps#next";
    private static final String GONE = "https://gone.example/apps";

    private final RestoreHouse house;
    private final ApiClient api;

    @Inject
    BackupRepositoriesTest(RestoreHouse house, WebTarget target) {
        this.house = house;
        this.api = new ApiClient(target.getUri());
    }

    @BeforeEach
    void aFreshHouse() throws IOException {
        house.fresh();
        house.repositories.replace(List.of());
    }

    @Test
    void aBackupNamesAllButTheLocalAndTheCoreOne() {
        house.repositories.addMissing(List.of("core", GARDEN, KITCHEN));

        String slug = api.post("/backups/new/partial", Administrator.TOKEN, "{\"folders\": [\"ssl\"]}")
                .data()
                .getString("slug");

        assertEquals(
                "[\"" + GARDEN + "\",\"" + KITCHEN + "\"]",
                api.get("/backups/" + slug + "/info", Administrator.TOKEN)
                        .data()
                        .getJsonArray("repositories")
                        .toString());
    }

    @Test
    void aFullRestoreMakesTheListThatOfTheBackup() throws IOException {
        house.repositories.add(GARDEN);

        house.restorer.restore(house.backup(made().repository(KITCHEN)), RestoreHouse.full());

        assertEquals(List.of("local", KITCHEN), sources());
    }

    @Test
    void aPartialRestoreAddsWhatIsMissing() throws IOException {
        house.repositories.add(GARDEN);

        restoreApp(made().repository(KITCHEN));

        assertEquals(List.of("local", GARDEN, KITCHEN), sources());
    }

    @Test
    void aRestoreWithoutAppsLeavesTheListAlone() throws IOException {
        house.repositories.add(GARDEN);
        Backup backup = house.backup(made().repository(KITCHEN).folder("share", Map.of("state", "restored")));

        house.restorer.restore(backup, RestoreHouse.partial(false, List.of(), Set.of("share"), ""));

        assertEquals(List.of("local", GARDEN), sources());
    }

    @Test
    void oneThatCannotBeHadIsToldAndKeepsNothingFromBeingRestored() throws IOException {
        try (Logged log = Logged.by(RestoreSteps.class)) {
            house.restorer.restore(house.backup(made().repository(GONE).repository(KITCHEN)), RestoreHouse.full());
            assertTrue(
                    log.lines()
                            .contains("Not all repositories of the backup are there: Can't add repository " + GONE
                                    + ": nobody answers"),
                    log.lines()::toString);
        }
        assertEquals(List.of("local", KITCHEN), sources());
        assertTrue(house.isRunning("local_kept"));
    }

    private static MadeBackup made() {
        return new MadeBackup().app("local_kept", "1.0", "started", "", Map.of("state", "restored"));
    }

    private void restoreApp(MadeBackup made) throws IOException {
        house.restorer.restore(house.backup(made), RestoreHouse.partial(false, List.of("local_kept"), Set.of(), ""));
    }

    private List<String> sources() {
        return house.store.repositories().stream().map(Repository::source).toList();
    }

    /** A repository without apps wherever it is asked, but for one. */
    private static Optional<GitRemote.Fetched> fetch(GitAddress address, Path work) throws GitFailure {
        if (address.shown().equals(GONE)) {
            throw new GitFailure(GitFailure.Kind.UNREACHABLE, "nobody answers", null);
        }
        try {
            Path tree = Files.createDirectory(work.resolve("tree"));
            Files.writeString(tree.resolve("repository.yaml"), "name: For tests\n");
            return Optional.of(new GitRemote.Fetched("1".repeat(40), tree, List.of()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Singleton
    @Alternative
    @Priority(1)
    static class Parts {

        @Produces
        @Singleton
        Settings settings() throws IOException {
            return new RestoreHouse.Parts().settings();
        }

        @Produces
        @Singleton
        Cluster cluster() {
            return RestoreHouse.cluster();
        }

        @Produces
        @Singleton
        GitRemote git() {
            return (address, known, work) -> fetch(address, work);
        }
    }
}
