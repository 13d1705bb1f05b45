package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import hakube.api.ContractShape;
import hakube.api.Endpoint;
import hakube.api.ServedRoutes;
import hakube.resolution.Issues;
import hakube.state.FeatureFlag;
import hakube.state.State;
import hakube.testing.Features;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Version 2 of the API, in its own words, beside version 1 in its. */
@AppHouse.Served
class SecondVersionTest {

    private static final String FROST = "local_frost";

    /** Asked of what another test has: a job, a message, a service, a backup; or of Core, of which there is none. */
    private static final Set<String> ELSEWHERE = Set.of(
            "/v2/jobs/{uuid}",
            "/v2/discovery/{uuid}",
            "/v2/services/{service}",
            "/v2/backups/{slug}/info",
            "/v2/auth",
            "/v2/auth/list",
            "/v2/apps/{app}/options/config",
            "/v2/core/stats");

    private static final Map<String, String> PLACES = new TreeMap<>(Map.of(
            "{app}",
            FROST,
            "{repository}",
            "local",
            "{version}",
            "1.0",
            "{interface}",
            "default",
            "{disk}",
            "default"));

    private final AppHouse house;
    private final State state;
    private final Issues issues;

    @Inject
    SecondVersionTest(AppHouse house, State state, Issues issues) {
        this.house = house;
        this.state = state;
        this.issues = issues;
    }

    @BeforeEach
    void oneAppRunsAndOneDoesNotFit() {
        Features.startWith(state, FeatureFlag.SUPERVISOR_V2_API);
        house.install("frost", "");
        house.post("/v2/apps/local_frost/start", "").data();
        house.offer("other", "machine: ['!generic-x86-64']\n");
        issues.report("deprecated_app", "addon", FROST, Map.of(), List.of("execute_remove"), "");
    }

    static Stream<Endpoint> reads() {
        return Endpoint.all().stream()
                .filter(row -> row.method().equals("GET") && row.response().startsWith("json: "))
                .filter(row -> row.v2()
                        .filter(path -> !ELSEWHERE.contains(path) && ServedRoutes.contains("GET", path))
                        .isPresent());
    }

    @ParameterizedTest
    @MethodSource("reads")
    void everyReadHasTheKeysOfItsVersionAndNoneOfTheOther(Endpoint row) {
        String path = row.v2().orElseThrow();
        for (Map.Entry<String, String> place : PLACES.entrySet()) {
            path = path.replace(place.getKey(), place.getValue());
        }
        path = path.replace("{issue}", issues.open().getFirst().uuid());

        AppHouse.Answer answer = house.get(path, AppHouse.CORE);

        assertEquals(200, answer.status(), answer.text());
        assertEquals(
                List.of(),
                ContractShape.faults(
                        row.response(),
                        JsonParser.parseString(answer.text()).getAsJsonObject().get("data"),
                        ContractShape.Version.V2));
    }

    @Test
    void theTableIsWalked() {
        assertTrue(reads().count() >= 40, reads().count() + " reads");
    }

    /** The same list, item by item, but for what was given up. */
    @Test
    void appsAreThoseOfTheFirstVersionWithoutAdvanced() {
        String first = house.get("/addons").text();
        assertTrue(first.contains("\"advanced\":false") && first.contains("\"slug\":\"local_frost\""), first);
        assertEquals(
                JsonParser.parseString(first.replace(",\"advanced\":false", "").replace("\"addons\"", "\"apps\"")),
                JsonParser.parseString(house.get("/v2/apps").text()));
        assertEquals(
                JsonParser.parseString(house.get("/store").text().replace("\"addons\"", "\"apps\"")),
                JsonParser.parseString(house.get("/v2/store").text()));
        assertEquals(
                house.data("/store/addons/" + FROST), house.data("/v2/store/apps/" + FROST), "the store kept advanced");
    }

    @Test
    void anAppIsChangedByEitherVersion() {
        house.post("/v2/apps/local_frost/options", "{\"boot\": \"manual\"}").data();
        assertEquals("manual", house.data("/addons/local_frost/info").getString("boot"));
        house.post("/v2/apps/local_frost/stop", "").data();
        assertEquals("stopped", house.data("/addons/local_frost/info").getString("state"));
        house.post("/v2/apps/local_frost/uninstall", "").data();
        assertEquals(404, house.get("/addons/local_frost/info").status());
        house.post("/v2/store/apps/local_frost/install", "").data();
        assertEquals("stopped", house.data("/v2/apps/local_frost/info").getString("state"));
        assertEquals(
                "404 store_app_not_found_error: App local_none does not exist in the store",
                house.post("/v2/store/apps/local_none/install", "").failure());
    }

    @Test
    void anAppReadsItselfByEitherWord() {
        String token = house.tokenOf(FROST);
        assertEquals(FROST, house.get("/v2/apps/self/info", token).data().getString("slug"));
        assertEquals(
                "[]",
                house.get("/v2/services", token)
                        .data()
                        .getJsonArray("services")
                        .getJsonObject(0)
                        .get("providers")
                        .toString());
        assertEquals(403, house.get("/v2/addons/self/info", token).status());
    }

    @ParameterizedTest
    @CsvSource({
        "/store/addons/local_other/availability, addon_not_supported_machine_type_error",
        "/v2/store/apps/local_other/availability, app_not_supported_machine_type_error"
    })
    void anErrorHasTheKeyThatClientsOfItsVersionKnow(String path, String key) {
        assertEquals(
                "400 " + key + ": App other not supported on this machine, supported machine types: !generic-x86-64",
                house.get(path).failure());
        assertEquals(
                "400 " + key,
                house.post(path.replace("availability", "install"), "")
                        .failure()
                        .split(":", -1)[0]);
    }

    @Test
    void issuesAndChecksSayApp() {
        String second = house.data("/v2/resolution/info").toString();
        assertTrue(second.contains("\"deprecated_app\"") && second.contains("\"app_pwned\""), second);
        assertFalse(second.contains("addon_") || second.contains("_addon"), second);
        String first = house.data("/resolution/info").toString();
        assertTrue(first.contains("\"deprecated_addon\"") && first.contains("\"addon_pwned\""), first);

        for (String known : List.of("/resolution/check/addon_pwned", "/resolution/check/app_pwned")) {
            house.post(known + "/options", "").data();
        }
        house.post("/v2/resolution/check/app_pwned/options", "").data();
        assertEquals(
                "404 resolution_check_not_found_error",
                house.post("/v2/resolution/check/addon_pwned/options", "")
                        .failure()
                        .split(":", -1)[0]);
    }

    @Test
    void theSupervisorsOptionsAreThoseThatTheVersionHas() {
        house.post("/v2/supervisor/options", "{\"debug\": true, \"country\": \"DE\"}")
                .data();
        assertTrue(house.data("/supervisor/info").getBoolean("debug"));
        assertEquals(
                "400 -: extra keys not allowed @ data['addons_repositories']. Got []\n"
                        + "extra keys not allowed @ data['wait_boot']. Got 9",
                house.post("/v2/supervisor/options", "{\"wait_boot\": 9, \"addons_repositories\": []}")
                        .failure());
        assertEquals(5, house.data("/supervisor/info").getInt("wait_boot"));
        house.post("/supervisor/options", "{\"wait_boot\": 9}").data();
        assertEquals(9, house.data("/supervisor/info").getInt("wait_boot"));
    }

    @ParameterizedTest
    @CsvSource({"/host/disks/default/usage, addons", "/v2/host/disks/default/usage, apps"})
    void foldersOfAppsAreCalledByTheWordOfTheVersion(String path, String word) {
        List<String> ids = house.data(path).getJsonArray("children").getValuesAs(child -> child.asJsonObject()
                .getString("id"));
        assertEquals(List.of("system", word + "_data", word + "_config"), ids.subList(0, 3));
    }

    /** A log's failure is text in either version. */
    @Test
    void logsAndImagesHaveTheShapeOfTheirRoutes() {
        AppHouse.Answer log = house.get("/v2/apps/local_none/logs");
        assertEquals("404 App local_none does not exist", log.status() + " " + log.text());
        AppHouse.Answer icon = house.get("/v2/store/apps/local_frost/icon");
        assertEquals("400 No icon found for app local_frost!", icon.status() + " " + icon.text());
        assertEquals("application/octet-stream", icon.type());
        AppHouse.Answer audio = house.get("/v2/audio/logs");
        assertTrue(audio.text().contains("The audio plug-in is not supported"), audio.text());
        assertTrue(house.get("/v2/host/logs/identifiers").text().contains("addon_" + FROST));
    }
}
