package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.kubernetes.Kind;
import io.kubernetes.client.openapi.models.V1Pod;
import jakarta.inject.Inject;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@AppHouse.Served
class AppInfoTest {

    /** Of {@code GET /addons/{app}/info} in the contract; a question mark: may be null. */
    private static final String FIELDS = "name:string,slug:string,hostname:string,dns:[string],description:string,"
            + "long_description:string?,stage:string,repository:string,version_latest:string,protected:bool,rating:int,"
            + "boot_config:string,boot:string,options:object,schema:[object]?,arch:[string],machine:[string],"
            + "homeassistant:string?,url:string?,detached:bool,available:bool,build:bool,network:object?,"
            + "network_description:object?,host_network:bool,host_pid:bool,host_ipc:bool,host_uts:bool,host_dbus:bool,"
            + "privileged:[string],full_access:bool,apparmor:string,icon:bool,logo:bool,changelog:bool,"
            + "documentation:bool,stdin:bool,hassio_api:bool,hassio_role:string,auth_api:bool,homeassistant_api:bool,"
            + "gpio:bool,usb:bool,uart:bool,kernel_modules:bool,log_format:string,devicetree:bool,udev:bool,docker_api:bool,video:bool,"
            + "audio:bool,startup:string,services:[string],discovery:[string],translations:object,ingress:bool,"
            + "signed:bool,state:string,webui:string?,ingress_entry:string?,ingress_url:string?,ingress_port:int?,"
            + "ingress_panel:bool?,audio_input:string?,audio_output:string?,auto_update:bool,ip_address:string,"
            + "version:string,update_available:bool,watchdog:bool,devices:[string],system_managed:bool,"
            + "system_managed_config_entry:string?,advanced:bool,digest:string?,resources:object?";

    private static final String WHOLE = """
            url: https://frost.example
            ingress: true
            ingress_port: 8099
            ingress_entry: panel
            panel_title: Frost
            webui: "[PROTO:ssl]://[HOST]:[PORT:80]/x?y"
            ports: {80/tcp: 8080, 81/udp: null}
            ports_description: {80/tcp: Web}
            services: ["mqtt:need"]
            discovery: [frost]
            hassio_api: true
            hassio_role: manager
            homeassistant_api: true
            privileged: []
            options: {ssl: true, name: null, nested: {a: 1}}
            schema: {ssl: bool, name: str, nested: {a: "int(1,9)"}}
            """;

    private final AppHouse house;

    @Inject
    AppInfoTest(AppHouse house) {
        this.house = house;
    }

    @BeforeEach
    void aSmallAndAWholeApp() {
        house.write("addons/local/whole/README.md", "# Frost");
        house.write("addons/local/whole/icon.png", "png");
        house.write("addons/local/whole/CHANGELOG.md", "new");
        house.write("addons/local/whole/translations/en.yaml", "configuration: {ssl: {name: TLS}}");
        house.install("whole", WHOLE);
        house.install("small", "schema: false\nboot: manual_only\nhassio_api: true\noptions: {secret: x}\n");
    }

    @Test
    void everyFieldOfTheContractIsThereWithItsType() {
        for (String app : List.of("local_whole", "local_small")) {
            JsonObject info = house.data("/addons/" + app + "/info");
            Map<String, String> expected = new TreeMap<>();
            Stream.of(FIELDS.split(",", -1))
                    .map(field -> field.split(":", 2))
                    .forEach(field -> expected.put(field[0], field[1]));
            assertEquals(expected.keySet(), new TreeSet<>(info.keySet()));
            expected.forEach((name, type) -> assertTrue(fits(type, info.get(name)), name + ": " + info.get(name)));
        }
    }

    @Test
    void theWholeAppTellsAllOfItself() {
        JsonObject info = house.data("/addons/local_whole/info");
        assertEquals("local-whole", info.getString("hostname"));
        assertEquals(
                "local-whole.ha-addons.home-assistant.svc.cluster.local",
                info.getJsonArray("dns").getString(0));
        assertEquals("# Frost", info.getString("long_description"));
        assertEquals("{\"80/tcp\":8080,\"81/udp\":null}", info.get("network").toString());
        assertEquals("{\"80/tcp\":\"Web\"}", info.get("network_description").toString());
        assertEquals("https://[HOST]:8080/x?y", info.getString("webui"));
        assertEquals("[\"mqtt:need\"]", info.get("services").toString());
        assertEquals(
                "{\"ssl\":true,\"name\":null,\"nested\":{\"a\":1}}",
                info.get("options").toString());
        assertEquals(
                "[{\"name\":\"ssl\",\"required\":true,\"type\":\"boolean\"},"
                        + "{\"name\":\"name\",\"required\":true,\"type\":\"string\"},"
                        + "{\"name\":\"nested\",\"type\":\"schema\",\"optional\":true,\"multiple\":false,\"schema\":"
                        + "[{\"name\":\"a\",\"lengthMin\":1.0,\"lengthMax\":9.0,\"required\":true,\"type\":\"integer\"}]}]",
                info.get("schema").toString());
        assertEquals(
                "{\"en\":{\"configuration\":{\"ssl\":{\"name\":\"TLS\"}}}}",
                info.get("translations").toString());
        assertEquals(6, info.getInt("rating"));
        assertTrue(info.getBoolean("icon"));
        assertFalse(info.getBoolean("logo"));
        assertTrue(info.getBoolean("changelog"));
        assertFalse(info.getBoolean("documentation"));
    }

    @Test
    void theDigestIsThatOfTheImageThatRuns() {
        assertEquals(JsonValue.NULL, house.data("/addons/local_small/info").get("digest"));
        V1Pod pod = TestPods.running("local_small");
        pod.getStatus().getContainerStatuses().getLast().imageID("localhost/sample@sha256:5a");
        house.cluster().put(Kind.POD, pod);
        assertEquals("sha256:5a", house.data("/addons/local_small/info").getString("digest"));
        house.cluster().remove(Kind.POD, pod.getMetadata().getName());
        assertEquals(JsonValue.NULL, house.data("/addons/local_small/info").get("digest"));
    }

    @Test
    void ingressHasItsAddressesAndWithoutItThereAreNone() {
        JsonObject info = house.data("/addons/local_whole/info");
        String entry = info.getString("ingress_entry");
        assertTrue(entry.matches("/api/hassio_ingress/[A-Za-z0-9_-]{43}"), entry);
        assertEquals(entry + "/panel", info.getString("ingress_url"));
        assertEquals(8099, info.getInt("ingress_port"));
        assertFalse(info.getBoolean("ingress_panel"));

        JsonObject small = house.data("/addons/local_small/info");
        for (String key :
                List.of("ingress_entry", "ingress_url", "ingress_port", "ingress_panel", "webui", "network")) {
            assertTrue(small.isNull(key), key);
        }
        assertTrue(small.isNull("schema"));
        assertEquals("manual_only", small.getString("boot_config"));
        assertEquals("manual", small.getString("boot"));
    }

    @Test
    void theAddressIsThePodsWhileThereIsOne() {
        house.install("run", "");
        assertEquals("0.0.0.0", house.data("/addons/local_run/info").getString("ip_address"));
        house.post("/addons/local_run/start", "");
        String address = house.data("/addons/local_run/info").getString("ip_address");
        assertTrue(address.matches("[0-9.]+") && !address.equals("0.0.0.0"), address);
    }

    @Test
    void anAppReadsItsOwnOptionsAndAnotherOnesOnlyAsManager() {
        house.install("manager", "hassio_api: true\nhassio_role: manager\n");
        house.install("spy", "hassio_api: true\n");
        house.install("free", "options: {a: 1}\nschema: {a: int}\n");
        for (String app : List.of("manager", "spy", "free")) {
            assertEquals(200, house.post("/addons/local_" + app + "/start", "").status());
        }
        assertEquals("{\"a\":1}", options("local_free", house.tokenOf("local_manager")));
        assertEquals("{}", options("local_free", house.tokenOf("local_spy")));
        assertEquals("{\"a\":1}", options("self", house.tokenOf("local_free")));
        assertEquals(
                403,
                house.get("/addons/local_spy/info", house.tokenOf("local_free")).status());
    }

    @Test
    void selfIsTheAppThatAsks() {
        house.install("me", "");
        house.post("/addons/local_me/start", "");
        JsonObject info =
                house.get("/addons/self/info", house.tokenOf("local_me")).data();
        assertEquals("local_me", info.getString("slug"));
    }

    @Test
    void anAppWhosePodIsNotSeenYetIsKnownByItsConnection() {
        house.install("early", "");
        house.post("/addons/local_early/start", "");
        String token = house.tokenOf("local_early");
        house.cluster().remove(Kind.POD, "local-early-pod");
        assertEquals("127.0.0.1", house.get("/addons/self/info", token).data().getString("ip_address"));
        assertEquals("0.0.0.0", house.data("/addons/local_early/info").getString("ip_address"));
    }

    private String options(String app, String token) {
        return house.get("/addons/" + app + "/info", token)
                .data()
                .get("options")
                .toString();
    }

    private static boolean fits(String type, JsonValue value) {
        if (value.getValueType() == JsonValue.ValueType.NULL) {
            return type.endsWith("?");
        }
        return switch (type.replace("?", "")) {
            case "string" -> value.getValueType() == JsonValue.ValueType.STRING;
            case "bool" ->
                value.getValueType() == JsonValue.ValueType.TRUE || value.getValueType() == JsonValue.ValueType.FALSE;
            case "int" -> value instanceof JsonNumber number && number.isIntegral();
            case "object" -> value.getValueType() == JsonValue.ValueType.OBJECT;
            case "[string]" ->
                value.getValueType() == JsonValue.ValueType.ARRAY
                        && value.asJsonArray().stream().allMatch(item -> fits("string", item));
            case "[object]" ->
                value.getValueType() == JsonValue.ValueType.ARRAY
                        && value.asJsonArray().stream().allMatch(item -> fits("object", item));
            default -> throw new IllegalArgumentException(type);
        };
    }
}
