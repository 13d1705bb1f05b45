package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@AppHouse.Served
class AppOptionsResourceTest {

    private static final String OPTIONS = "/addons/local_frost/options";
    private static final String INFO = "/addons/local_frost/info";

    private final AppHouse house;

    @Inject
    AppOptionsResourceTest(AppHouse house) {
        this.house = house;
    }

    @BeforeEach
    void anAppWithDefaults() {
        house.install("frost", """
                ingress: true
                ports: {80/tcp: 8080, 81/tcp: null, 53/udp: 5353}
                options: {name: kitchen, level: 3}
                schema: {name: str, level: "int(1,9)", pin: "password?"}
                """);
    }

    @Test
    void whatIsSetIsNormalisedAndReplacesTheUsersOptions() {
        set("{\"options\": {\"name\": \"a\", \"level\": \"7\", \"strange\": 1}}");
        assertEquals("{\"name\":\"a\",\"level\":7}", info("options"));
        set("{\"options\": null}");
        assertEquals("{\"name\":\"kitchen\",\"level\":3}", info("options"));
    }

    @Test
    void theBodyAloneIsHeldAgainstTheSchema() {
        assertEquals(
                "400 app_configuration_invalid_error: App local_frost has invalid options: Missing option 'level' in root"
                        + " in frost (local_frost). Got {'name': 'a'}",
                house.post(OPTIONS, "{\"options\": {\"name\": \"a\"}}").failure());
    }

    @Test
    void aFaultNamesTheAppAndTheFaultInItsFields() {
        JsonObject fields = house.post(OPTIONS, "{\"options\": {\"level\": 10}, \"watchdog\": true}")
                .json()
                .getJsonObject("extra_fields");
        assertEquals("local_frost", fields.getString("app"));
        assertEquals("value must be at most 9.0. Got {'level': 10}", fields.getString("validation_error"));
        assertEquals("false", info("watchdog"), "of a refused body nothing is kept");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]|expected a dictionary. Got []",
                "{|Invalid json",
                "{\"options\": 5}|not a valid value for dictionary value @ data['options']. Got 5",
                "{\"boot\": \"never\"}|expected AppBoot or one of 'auto', 'manual' for dictionary value @ data['boot']. Got 'never'",
                "{\"colour\": 1}|extra keys not allowed @ data['colour']. Got 1",
                "{\"network\": 1}|expected a dictionary for dictionary value @ data['network']. Got 1",
                "{\"network\": {\"80/tcp\": 0}}|value must be at least 1 for dictionary value @ data['network']['80/tcp']. Got 0",
                "{\"network\": {\"80/tcp\": 18446744073709551617}}|value must be at most 65535 for dictionary value @ data['network']['80/tcp']. Got 18446744073709551617",
                "{\"network\": {\"80/tcp\": 65536}}|value must be at most 65535 for dictionary value @ data['network']['80/tcp']. Got 65536",
                "{\"network\": {\"80/tcp\": \"x\"}}|expected int for dictionary value @ data['network']['80/tcp']. Got 'x'",
                "{\"network\": {\"http\": 80}}|extra keys not allowed @ data['network']['http']. Got 80",
                "{\"network\": {\"81/tcp\": 8080}}|Port 8080/tcp is given to both 80/tcp and 81/tcp @ data['network']",
                "{\"audio_input\": 1}|not a valid value for dictionary value @ data['audio_input']. Got 1",
                "{\"resources\": 1}|expected a dictionary for dictionary value @ data['resources']. Got 1",
                "{\"resources\": {\"limits\": 1}}|expected a dictionary for dictionary value @ data['resources']['limits']. Got 1",
                "{\"resources\": {\"limit\": {}}}|extra keys not allowed @ data['resources']['limit']. Got {}",
                "{\"resources\": {\"limits\": {\"disk\": \"1Gi\"}}}|extra keys not allowed @ data['resources']['limits']['disk']. Got '1Gi'",
                "{\"resources\": {\"limits\": {\"cpu\": \"1 core\"}}}|expected a Kubernetes quantity of at least 1m, not finer than that, such as '250m' or '1.5' for dictionary value @ data['resources']['limits']['cpu']. Got '1 core'",
                "{\"resources\": {\"requests\": {\"cpu\": \"100u\"}}}|expected a Kubernetes quantity of at least 1m, not finer than that, such as '250m' or '1.5' for dictionary value @ data['resources']['requests']['cpu']. Got '100u'",
                "{\"resources\": {\"requests\": {\"memory\": \"64m\"}}}|expected a Kubernetes quantity of whole bytes, at least 1, such as '256Mi' for dictionary value @ data['resources']['requests']['memory']. Got '64m'",
                "{\"resources\": {\"requests\": {\"memory\": 0}}}|expected a Kubernetes quantity of whole bytes, at least 1, such as '256Mi' for dictionary value @ data['resources']['requests']['memory']. Got 0",
                "{\"resources\": {\"requests\": {\"memory\": null}}}|expected a Kubernetes quantity of whole bytes, at least 1, such as '256Mi' for dictionary value @ data['resources']['requests']['memory']. Got None",
                "{\"resources\": {\"requests\": {\"cpu\": 2}, \"limits\": {\"cpu\": \"1500m\"}}}|the request cpu: 2 is more than the limit 1500m that applies for dictionary value @ data['resources']. Got {'requests': {'cpu': 2}, 'limits': {'cpu': '1500m'}}",
                "{\"watchdog\": \"x\"}|expected boolean for dictionary value @ data['watchdog']. Got 'x'",
            })
    void aBodyThatDoesNotFitIsRefusedWithItsPlace(String body, String message) {
        assertEquals("400 -: " + message, house.post(OPTIONS, body).failure());
    }

    @Test
    void portsOfTheUserLieOverThoseOfTheManifest() {
        set("{\"network\": {\"80/tcp\": \"8090\", \"81/tcp\": 8080, \"99/tcp\": 99}}");
        assertEquals("{\"80/tcp\":8090,\"81/tcp\":8080,\"53/udp\":5353}", info("network"));
        set("{\"network\": {\"80/tcp\": null}}");
        assertEquals("{\"80/tcp\":null,\"81/tcp\":null,\"53/udp\":5353}", info("network"));
        set("{\"network\": null}");
        assertEquals("{\"80/tcp\":8080,\"81/tcp\":null,\"53/udp\":5353}", info("network"));
    }

    @Test
    void switchesAreKeptUntilTheyAreSetAgain() {
        set("{\"boot\": \"manual\", \"auto_update\": true, \"ingress_panel\": \"on\", \"watchdog\": 1}");
        set("{}");
        JsonObject info = house.data(INFO);
        assertEquals("manual", info.getString("boot"));
        assertTrue(info.getBoolean("auto_update"));
        assertTrue(info.getBoolean("ingress_panel"));
        assertTrue(info.getBoolean("watchdog"));
    }

    @Test
    void resourcesReachTheContainerAtItsNextStartUntilTheyAreTakenBack() {
        house.post("/addons/local_frost/start", "").data();
        assertEquals("null", info("resources"));
        house.cluster().forgetWrites();
        set(
                "{\"resources\": {\"requests\": {\"cpu\": 0.1, \"memory\": \"64Mi\"}, \"limits\": {\"memory\": \"256Mi\"}}}");
        set("{\"watchdog\": false}");
        assertEquals(List.of(), house.cluster().writes());
        assertEquals(
                "{\"requests\":{\"cpu\":\"0.1\",\"memory\":\"64Mi\"},\"limits\":{\"memory\":\"256Mi\"}}",
                info("resources"));
        house.post("/addons/local_frost/restart", "").data();
        V1ResourceRequirements resources = house.container("local_frost").getResources();
        assertEquals(
                Map.of("cpu", Quantity.fromString("0.1"), "memory", Quantity.fromString("64Mi")),
                resources.getRequests());
        assertEquals(Map.of("memory", Quantity.fromString("256Mi")), resources.getLimits());

        set("{\"resources\": {\"limits\": {\"cpu\": 2}}}");
        assertEquals("{\"requests\":{},\"limits\":{\"cpu\":\"2\"}}", info("resources"));
        set("{\"resources\": null}");
        assertEquals("null", info("resources"));
        house.post("/addons/local_frost/restart", "").data();
        assertNull(house.container("local_frost").getResources());
    }

    @Test
    void bootThatTheManifestFixesCannotBeChanged() {
        house.install("fixed", "boot: manual_only\n");
        assertEquals(
                "400 app_boot_config_cannot_change_error: App local_fixed boot option is set to manual_only so it cannot"
                        + " be changed",
                house.post("/addons/local_fixed/options", "{\"boot\": \"manual\"}")
                        .failure());
    }

    @Test
    void anAppThatRunsOnceIsNotWatched() {
        house.install("once", "startup: once\n");
        assertEquals(
                200,
                house.post("/addons/local_once/options", "{\"watchdog\": true}").status());
        assertFalse(house.data("/addons/local_once/info").getBoolean("watchdog"));
    }

    @Test
    void hugeOptionsAreRefusedUnread() {
        String text = "{\"options\": {\"name\": \"" + "x".repeat(AppControls.LARGEST_REQUEST) + "\"}}";
        assertEquals(
                "400 -: Options of App local_frost are too large: " + text.length() + " characters, at most 1048576 are"
                        + " allowed",
                house.post(OPTIONS, text).failure());
    }

    @Test
    void optionsOfNearlyAMegabyteReachTheApp() throws IOException {
        String name = "x".repeat(AppControls.LARGEST_REQUEST - 100);
        set("{\"options\": {\"name\": \"" + name + "\", \"level\": 1}}");
        assertEquals(200, house.post("/addons/local_frost/start", "").status());
        assertTrue(house.read("addons/data/local_frost/options.json").contains(name));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void optionsThatWouldGrowAreRefusedUnread(int bomb) {
        String value = List.of("[".repeat(1001) + "]".repeat(1001), "[" + "1,".repeat(100_000) + "1]", "1".repeat(2000))
                .get(bomb);
        String body = "{\"options\": {\"name\": " + value + "}}";
        assertEquals("400 -: Invalid json", house.post(OPTIONS, body).failure());
        assertEquals(
                "400 -: Invalid json", house.post(OPTIONS + "/validate", body).failure());
    }

    @Test
    void validationAnswersAndChangesNothing() {
        assertEquals("{\"message\":\"\",\"valid\":true,\"pwned\":false}", validated(""));
        assertEquals("{\"message\":\"\",\"valid\":true,\"pwned\":false}", validated("{\"name\": \"b\", \"level\": 1}"));
        assertEquals(
                "{\"message\":\"expected dict. Got ['a']\",\"valid\":false,\"pwned\":false}", validated("[\"a\"]"));
        assertEquals(
                "{\"message\":\"Missing option 'level' in root in frost (local_frost). Got {'name': 'b'}\","
                        + "\"valid\":false,\"pwned\":false}",
                validated("{\"name\": \"b\"}"));
        assertEquals(
                "400 -: Invalid json", house.post(OPTIONS + "/validate", "{").failure());
        assertEquals("{\"name\":\"kitchen\",\"level\":3}", info("options"));
    }

    @Test
    void aStartWritesTheOptionsWithTheirSecretsAndTheAppReadsThem() throws IOException {
        house.write("homeassistant/secrets.yaml", "pin: hunter2\nlevel: 4\n");
        set("{\"options\": {\"name\": \"a\", \"level\": \"!secret level\", \"pin\": \"!secret pin\"}}");
        assertEquals(200, house.post("/addons/local_frost/start", "").status());
        String written = house.read("addons/data/local_frost/options.json").replaceAll("\\s", "");
        assertEquals("{\"name\":\"a\",\"level\":4,\"pin\":\"hunter2\"}", written);

        AppHouse.Answer own = house.get("/addons/self/options/config", house.tokenOf("local_frost"));
        assertEquals(written, own.data().toString());
        assertEquals(
                "403 -: This can be only read by the app itself!",
                house.get("/addons/local_frost/options/config").failure());
        assertEquals(
                "400 -: Self is not an App",
                house.get("/addons/self/options/config").failure());
    }

    @Test
    void anAppWhoseOptionsDoNotFitIsNotStarted() {
        house.install("empty", "options: {name: null}\nschema: {name: str}\n");
        assertEquals(
                "400 app_configuration_invalid_error: App local_empty has invalid options: Missing required option 'name'"
                        + " in empty (local_empty). Got {'name': None}",
                house.post("/addons/local_empty/start", "").failure());
        assertEquals("stopped", house.data("/addons/local_empty/info").getString("state"));
    }

    @Test
    void whileAnAppStartsItCanBeReadButNotChanged() {
        List<String> meanwhile = new ArrayList<>();
        house.cluster().before("scale deployments/local-frost 1", () -> {
            meanwhile.add(house.post(OPTIONS, "{\"watchdog\": true}").failure());
            meanwhile.add(house.post("/addons/local_frost/stop", "").failure());
            meanwhile.add(info("watchdog"));
        });
        assertEquals(200, house.post("/addons/local_frost/start", "").status());
        assertEquals(
                List.of(
                        "400 -: Another job is running for job group app_local_frost",
                        "400 -: Another job is running for job group app_local_frost",
                        "false"),
                meanwhile);
    }

    private void set(String body) {
        AppHouse.Answer answer = house.post(OPTIONS, body);
        assertEquals("200 {\"result\":\"ok\",\"data\":{}}", answer.status() + " " + answer.text());
    }

    private String info(String key) {
        return house.data(INFO).get(key).toString();
    }

    private String validated(String body) {
        return house.post(OPTIONS + "/validate", body).data().toString();
    }
}
