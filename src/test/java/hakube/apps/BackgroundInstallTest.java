package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.jobs.Jobs;
import hakube.storage.Folders;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An installation that goes on behind its caller's back is a job. */
@AppHouse.Served
class BackgroundInstallTest {

    private static final String FROST = "local_frost";
    private static final String BACKGROUND = "{\"background\": true}";

    private final AppHouse house;
    private final Apps apps;
    private final Jobs jobs;
    private final Folders folders;

    @Inject
    BackgroundInstallTest(AppHouse house, Apps apps, Jobs jobs, Folders folders) {
        this.house = house;
        this.apps = apps;
        this.jobs = jobs;
        this.folders = folders;
    }

    @BeforeEach
    void oneAppIsOffered() {
        house.offer("frost", "");
        if (apps.isInstalled(FROST)) {
            apps.uninstall(FROST, true);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/store/addons/local_frost/install", "/addons/local_frost/install"})
    void theAnswerNamesTheJobAndItsEndIsAnInstalledApp(String path) {
        String job = begin(path);
        assertTrue(job.matches("[0-9a-f]{32}"), job);
        awaitEnd();
        assertTrue(apps.isInstalled(FROST));
        assertEquals(404, house.get("/jobs/" + job).status(), "what went well is gone");
    }

    @Test
    void whatFailsLaterIsReadFromTheJobUntilTheNextTry() throws IOException {
        house.write("addons/data/local_frost", "in the way");
        String failed = begin("/store/addons/local_frost/install");
        awaitEnd();

        JsonObject job = house.data("/jobs/" + failed);
        assertEquals("app_manager_install", job.getString("name"));
        assertEquals(FROST, job.getString("reference"));
        assertTrue(job.getBoolean("done"));
        assertEquals(1, job.getJsonArray("errors").size());
        assertEquals(job, house.data("/jobs/info").getJsonArray("jobs").getJsonObject(0));
        assertFalse(apps.isInstalled(FROST));

        Files.deleteIfExists(folders.of("addons/data/local_frost"));
        begin("/store/addons/local_frost/install");
        awaitEnd();
        assertTrue(apps.isInstalled(FROST));
        assertEquals(404, house.get("/jobs/" + failed).status());
        assertEquals(0, house.data("/jobs/info").getJsonArray("jobs").size());
    }

    @Test
    void whatIsKnownBeforehandIsNoJob() {
        house.install("frost", "");
        AppHouse.Answer refused = house.post("/store/addons/local_frost/install", BACKGROUND);
        assertEquals("400 -: App local_frost is already installed", refused.failure());
        assertEquals(0, house.data("/jobs/info").getJsonArray("jobs").size());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"\"yes\",'yes'", "1,1", "null,None"})
    void onlyTrueAndFalseSayWhetherItIsInTheBackground(String json, String told) {
        assertEquals(
                "400 -: expected bool for dictionary value @ data['background']. Got " + told,
                house.post("/store/addons/local_frost/install", "{\"background\": " + json + "}")
                        .failure());
        assertFalse(apps.isInstalled(FROST));
    }

    private String begin(String path) {
        return house.post(path, BACKGROUND).data().getString("job_id");
    }

    private void awaitEnd() {
        AppsHome.await("the end of the installation", () -> !jobs.isRunning(Apps.group(FROST)));
    }
}
