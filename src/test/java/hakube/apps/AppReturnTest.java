package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.jobs.Jobs;
import hakube.kubernetes.Kind;
import hakube.state.FeatureFlag;
import hakube.state.State;
import hakube.testing.Features;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An app goes back to what it was, as clients ask for it. */
@AppHouse.Served
class AppReturnTest {

    private static final String FROST = "local_frost";
    private static final String REVISIONS = "/addons/local_frost/revisions";

    private final AppHouse house;
    private final Apps apps;
    private final Jobs jobs;

    @Inject
    AppReturnTest(AppHouse house, Apps apps, Jobs jobs, State state) {
        this.house = house;
        this.apps = apps;
        this.jobs = jobs;
        Features.startWith(state, FeatureFlag.SUPERVISOR_V2_API);
    }

    @BeforeEach
    void anAppIsUpdatedWhileItRuns() {
        house.install("frost", "options: {name: kitchen}\nschema: {name: list(kitchen|cellar)}\n");
        house.post("/addons/local_frost/start", "").data();
        update("2.0.0", "");
    }

    @AfterEach
    void nobodyIsInstalled() {
        house.cluster().recover();
        apps.slugs().forEach(slug -> apps.uninstall(slug, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/addons/local_frost/revisions/1", "/v2/apps/local_frost/revisions/1"})
    void whatRanRunsAgainAndWhatItReplacesIsKept(String path) {
        assertEquals("1 1.0.0", revisions());
        assertEquals(0, house.post(path, "").data().size());
        JsonObject info = house.data("/addons/local_frost/info");
        assertEquals("1.0.0", info.getString("version"));
        assertEquals("started", info.getString("state"));
        assertTrue(info.getBoolean("update_available"));
        assertEquals("localhost/sample:1.0.0", image());
        assertEquals("2 2.0.0", revisions());
        assertEquals(
                house.data(REVISIONS).toString(),
                house.data("/v2/apps/local_frost/revisions").toString());
        house.post("/addons/local_frost/update", "").data();
        assertEquals("2.0.0", apps.version(FROST).orElseThrow());
        assertEquals("3 1.0.0", revisions());
    }

    @Test
    void whatIsStoppedStaysStopped() {
        house.post("/addons/local_frost/stop", "").data();
        house.post(REVISIONS + "/1", "").data();
        assertEquals("1.0.0", apps.version(FROST).orElseThrow());
        assertEquals(AppState.STOPPED, apps.state(FROST));
        assertEquals("localhost/sample:1.0.0", image());
    }

    @Test
    void inTheBackgroundTheAnswerNamesTheJob() {
        house.cluster().failOn("apply deployments/local-frost", AppsHome.away());
        String job =
                house.post(REVISIONS + "/1", "{\"background\": true}").data().getString("job_id");
        AppsHome.await("the end of the return", () -> !jobs.isRunning(Apps.group(FROST)));
        JsonObject failed = house.data("/jobs/" + job);
        assertEquals("app_manager_return", failed.getString("name"));
        assertEquals(FROST, failed.getString("reference"));
        assertEquals(
                "The API server is away",
                failed.getJsonArray("errors").getJsonObject(0).getString("message"));
        assertEquals("2.0.0", apps.version(FROST).orElseThrow());
        assertEquals("1 1.0.0", revisions(), "a return that failed changes nothing of the past");
    }

    @Test
    void aRevisionThatDoesNotStartMakesRoomAgain() {
        AtomicBoolean isTried = new AtomicBoolean(true);
        house.cluster().stopAutoRun();
        house.cluster().onWrite(write -> {
            if (!isTried.get()) {
                return;
            }
            if (write.equals("scale deployments/local-frost 0")) {
                house.cluster().remove(Kind.POD, "local-frost-pod");
            } else if (write.equals("scale deployments/local-frost 1")) {
                boolean isOld = image().endsWith(":1.0.0");
                house.cluster()
                        .put(Kind.POD, isOld ? TestPods.waiting(FROST, "ErrImagePull") : TestPods.running(FROST));
            }
        });
        assertEquals(
                "400 -: The return of app local_frost to 1.0.0 failed: ErrImagePull: because. Version 2.0.0 runs again",
                house.post(REVISIONS + "/1", "").failure());
        assertEquals("2.0.0", apps.version(FROST).orElseThrow());
        assertEquals(AppState.STARTED, apps.state(FROST));
        assertEquals("1 1.0.0", revisions());
        isTried.set(false);
        house.cluster().autoRun();
    }

    @Test
    void optionsThatDoNotFitAreToldBeforeTheStop() {
        update("3.0.0", "options: {name: kitchen}\nschema: {name: str}\n");
        house.post("/addons/local_frost/options", "{\"options\": {\"name\": \"attic\"}}")
                .data();
        house.cluster().forgetWrites();
        assertEquals(
                "400 app_configuration_invalid_error: App local_frost has invalid options: value must be one of ['cellar',"
                        + " 'kitchen']. Got {'name': 'attic'}. While it is stopped it can be updated all the same",
                house.post(REVISIONS + "/1", "").failure());
        assertEquals(List.of(), house.cluster().writes());
        assertEquals(AppState.STARTED, apps.state(FROST));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7||404 -: App local_frost has no revision 7 to return to; there are 1 (version 1.0.0)",
                "2||404 -: App local_frost has no revision 2 to return to; there are 1 (version 1.0.0)",
                "x||404 -: App local_frost has no revision x to return to; there are 1 (version 1.0.0)",
                "01||404 -: App local_frost has no revision 01 to return to; there are 1 (version 1.0.0)",
                "1|{\"background\": 1}|400 -: expected bool for dictionary value @ data['background']. Got 1",
                "1|{\"version\": \"1\"}|400 -: extra keys not allowed @ data['version']. Got '1'",
                "1|[]|400 -: expected a dictionary. Got []"
            })
    void whatDoesNotFitChangesNothing(String number, String body, String failure) {
        house.cluster().forgetWrites();
        assertEquals(
                failure,
                house.post(REVISIONS + "/" + number, body == null ? "" : body).failure());
        assertEquals(List.of(), house.cluster().writes());
        assertEquals("2.0.0", apps.version(FROST).orElseThrow());
    }

    @Test
    void anAppWithoutAPastSaysSo() {
        house.install("fresh", "");
        assertEquals(
                "{\"revisions\":[]}",
                house.data("/addons/local_fresh/revisions").toString());
        assertEquals(
                "404 -: App local_fresh has no revision 1 to return to; there is none",
                house.post("/addons/local_fresh/revisions/1", "").failure());
        assertEquals(
                "404 -: App local_nobody does not exist",
                house.post("/addons/local_nobody/revisions/1", "").failure());
    }

    @Test
    void anAppReturnsOthersAndNeverItself() {
        house.install("boss", "hassio_api: true\nhassio_role: manager\n");
        house.post("/addons/local_boss/start", "").data();
        String token = house.tokenOf("local_boss");
        assertEquals(
                "403 -: App local_boss can't change its own version!",
                house.post("/addons/local_boss/revisions/1", "", token).failure());
        assertEquals(0, house.post(REVISIONS + "/1", "", token).data().size());
        assertEquals("1.0.0", apps.version(FROST).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host_network: true|400 runtime_not_supported_error: App Sample can't run on Kubernetes: host networking is"
                        + " not available",
                "machine: ['!generic-x86-64']|400 addon_not_supported_machine_type_error: App Sample not supported on this"
                        + " machine, supported machine types: !generic-x86-64"
            })
    void whatDoesNotFitTheInstallationAnyMoreIsRefused(String demand, String failure) {
        AppRevision unfit = AppRevision.of(AppsHome.manifest(AppsHome.SAMPLE + demand + "\n"), "amd64");
        InstalledApp app = apps.find(FROST).orElseThrow();
        apps.change(FROST, user -> user.at(app.revision(), Optional.of(new AppUpdating(unfit, Optional.empty(), true)))
                .settled());
        house.cluster().forgetWrites();
        assertEquals(failure, house.post(REVISIONS + "/2", "").failure());
        assertEquals(List.of(), house.cluster().writes());
        assertEquals("2.0.0", apps.version(FROST).orElseThrow());
    }

    private void update(String version, String more) {
        house.offer("frost", version, more);
        house.post("/addons/local_frost/update", "").data();
    }

    private String revisions() {
        return String.join(
                ", ",
                house.data(REVISIONS)
                        .getJsonArray("revisions")
                        .getValuesAs(value -> value.asJsonObject().getInt("revision") + " "
                                + value.asJsonObject().getString("version")));
    }

    private String image() {
        return house.container(FROST).getImage();
    }
}
