package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.jobs.Jobs;
import hakube.state.FeatureFlag;
import hakube.state.State;
import hakube.testing.Features;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An update as clients ask for it, by each of its paths. */
@AppHouse.Served
class UpdateResourceTest {

    private static final String FROST = "local_frost";
    private static final String UPDATE = "/store/addons/local_frost/update";

    private final AppHouse house;
    private final Apps apps;
    private final Jobs jobs;

    @Inject
    UpdateResourceTest(AppHouse house, Apps apps, Jobs jobs, State state) {
        this.house = house;
        this.apps = apps;
        this.jobs = jobs;
        Features.startWith(state, FeatureFlag.SUPERVISOR_V2_API);
    }

    @BeforeEach
    void oneAppRunsAndAnotherVersionIsOffered() {
        house.install("frost", "");
        house.post("/addons/local_frost/start", "").data();
        house.offer("frost", "2.0.0", "");
    }

    @AfterEach
    void nobodyIsInstalled() {
        house.cluster().recover();
        house.offer("frost", "");
        apps.slugs().forEach(slug -> apps.uninstall(slug, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/addons/local_frost/update",
                "/store/addons/local_frost/update",
                "/store/addons/local_frost/update/2.0.0",
                "/store/addons/local_frost/update/1.2.3",
                "/v2/store/apps/local_frost/update",
                "/v2/store/apps/local_frost/update/2.0.0"
            })
    void everyPathBringsWhatTheStoreOffersAndAllSaySo(String path) {
        assertEquals(1, offeredUpdates());
        assertTrue(house.data("/addons/local_frost/info").getBoolean("update_available"));
        assertEquals(0, house.post(path, "").data().size());

        JsonObject info = house.data("/addons/local_frost/info");
        assertEquals("2.0.0", info.getString("version"));
        assertEquals("2.0.0", info.getString("version_latest"));
        assertEquals("started", info.getString("state"));
        assertEquals(false, info.getBoolean("update_available"));
        JsonObject offered = house.data("/store/addons/local_frost");
        assertEquals("2.0.0", offered.getString("version"));
        assertEquals(false, offered.getBoolean("update_available"));
        assertEquals(0, offeredUpdates());
        assertEquals(
                "400 app_no_update_available_error: No update available for app local_frost",
                house.post(path, "").failure());
    }

    @Test
    void inTheBackgroundTheAnswerNamesTheJob() {
        String job = house.post(UPDATE, "{\"background\": true, \"backup\": false}")
                .data()
                .getString("job_id");
        assertTrue(job.matches("[0-9a-f]{32}"), job);
        AppsHome.await("the end of the update", () -> !jobs.isRunning(Apps.group(FROST)));
        assertEquals("2.0.0", apps.version(FROST).orElseThrow());
    }

    @Test
    void whatFailsInTheBackgroundIsReadFromTheJob() {
        house.cluster().failOn("apply deployments/local-frost", AppsHome.away());
        String job = house.post(UPDATE, "{\"background\": true}").data().getString("job_id");
        AppsHome.await("the end of the update", () -> !jobs.isRunning(Apps.group(FROST)));
        JsonObject failed = house.data("/jobs/" + job);
        assertEquals("addon_manager_update", failed.getString("name"));
        assertEquals(FROST, failed.getString("reference"));
        assertEquals(
                "The API server is away",
                failed.getJsonArray("errors").getJsonObject(0).getString("message"));
        assertEquals("1.0.0", apps.version(FROST).orElseThrow());
    }

    @Test
    void theBackupThatIsWishedIsThereBeforeTheNewVersion() throws IOException {
        house.post(UPDATE, "{\"backup\": true}").data();
        assertEquals("2.0.0", apps.version(FROST).orElseThrow());
        JsonObject backup = house.data("/backups").getJsonArray("backups").getJsonObject(0);
        assertEquals("addon_local_frost_1.0.0", backup.getString("name"));
        assertEquals("partial", backup.getString("type"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"backup\": \"yes\"}|400 -: expected bool for dictionary value @ data['backup']. Got 'yes'",
                "{\"version\": \"2\"}|400 -: extra keys not allowed @ data['version']. Got '2'"
            })
    void aBodyThatDoesNotFitChangesNothing(String body, String failure) {
        assertEquals(failure, house.post(UPDATE, body).failure());
        assertEquals("1.0.0", apps.version(FROST).orElseThrow());
    }

    @Test
    void whatIsNotThereIsNotUpdated() throws IOException {
        assertEquals(
                "404 store_app_not_found_error: App local_nobody does not exist in the store",
                house.post("/addons/local_nobody/update", "{").failure());
        house.offer("shelf", "");
        assertEquals(
                "400 -: App local_shelf is not installed",
                house.post("/addons/local_shelf/update", "").failure());
        house.withdraw("frost");
        assertEquals(
                "400 app_not_in_store_error: App local_frost is not available inside store",
                house.post(UPDATE, "").failure());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"background\": true}"})
    void whatDoesNotFitHereIsRefusedWithAllReasonsAndTheOldOneGoesOn(String body) {
        house.offer("frost", "2.0.0", "host_network: true\nusb: true\n");
        house.cluster().forgetWrites();
        AppHouse.Answer refusal = house.post(UPDATE, body);
        assertEquals(house.get("/store/addons/local_frost/availability").failure(), refusal.failure());
        assertEquals(
                2,
                refusal.json()
                        .getJsonObject("extra_fields")
                        .getJsonArray("reasons")
                        .size());
        assertEquals(List.of(), house.cluster().writes());
        assertEquals("started", house.data("/addons/local_frost/info").getString("state"));
    }

    @Test
    void anAppUpdatesOthersAndNeverItself() {
        house.install("boss", "hassio_api: true\nhassio_role: manager\n");
        house.post("/addons/local_boss/start", "").data();
        house.offer("boss", "2.0.0", "hassio_api: true\nhassio_role: manager\n");
        String token = house.tokenOf("local_boss");
        assertEquals(
                "403 -: App local_boss can't update itself!",
                house.post("/store/addons/local_boss/update", "", token).failure());
        assertEquals(0, house.post(UPDATE, "", token).data().size());
        assertEquals("2.0.0", apps.version(FROST).orElseThrow());
        assertEquals("1.0.0", apps.version("local_boss").orElseThrow());
    }

    private int offeredUpdates() {
        return house.data("/available_updates")
                .getJsonArray("available_updates")
                .size();
    }
}
