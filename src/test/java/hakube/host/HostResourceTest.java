package hakube.host;

import static hakube.testing.Administrator.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.api.ApiFailure;
import hakube.api.ContractShape;
import hakube.api.Endpoint;
import hakube.api.ServedRoutes;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.testing.Administrator;
import hakube.testing.CallersHouse;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes of the room through the real server. */
@CallersHouse.Served
class HostResourceTest {

    private static final String OK = "{\"result\":\"ok\",\"data\":{}}";
    private static final Set<String> GROUPS =
            Set.of("host", "network", "os", "hardware", "cli", "observer", "multicast", "dns", "audio", "time");

    private final Administrator administrator;
    private final FakeCluster cluster;

    @Inject
    HostResourceTest(WebTarget target, State state, FakeCluster cluster) {
        this.administrator = new Administrator(target);
        this.cluster = cluster;
        state.enter(SupervisorState.RUNNING);
    }

    @BeforeEach
    void greet() {
        cluster.recover();
        ((Cluster) cluster).version();
    }

    static Stream<Endpoint> reads() {
        return Endpoint.all().stream()
                .filter(row -> row.method().equals("GET") && !row.isRefused())
                .filter(row -> row.v1()
                        .filter(path -> GROUPS.contains(path.split("/", -1)[1]))
                        .isPresent())
                .filter(row -> !row.v1().orElseThrow().contains("/logs"));
    }

    @ParameterizedTest
    @MethodSource("reads")
    void everyReadHasEveryKeyOfTheContract(Endpoint row) {
        assertTrue(ServedRoutes.contains("GET", row.v1().orElseThrow()));
        String path = row.v1().orElseThrow().replaceAll("\\{[^}]+}", "default");

        assertEquals(List.of(), ContractShape.faults(row.response(), administrator.data(path)));
    }

    /** aiohasupervisor 0.6 knows few features, and a name, a board or a version would promise what is not there. */
    @Test
    void nothingIsToldThatNoClusterHas() {
        JsonObject host = administrator.data("/host/info");
        Map.of("features", "[]", "operating_system", "\"Kubernetes v1.34.4\"")
                .forEach((key, value) -> assertEquals(value, host.remove(key).toString()));
        double total = host.remove("disk_total").getAsDouble();
        double used = host.remove("disk_used").getAsDouble();
        double free = host.remove("disk_free").getAsDouble();
        assertTrue(total > 0 && used + free <= total + 0.2, total + " " + used + " " + free);
        host.entrySet().forEach(rest -> assertTrue(rest.getValue().isJsonNull(), rest::toString));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "/os/info; {'board':null,'boot':null,'boot_slots':{},'data_disk':null,'update_available':false,"
                        + "'version':null,'version_latest':null,'version_pending':null}",
                "/time/info; {'config':{'fallback_servers':[],'servers':[]}}",
                "/cli/info; {'update_available':false,'version':null,'version_latest':null}",
                "/multicast/info; {'update_available':false,'version':null,'version_latest':null}",
                "/observer/info; {'host':'0.0.0.0','update_available':false,'version':null,'version_latest':null}",
                "/audio/info; {'audio':{'application':[],'card':[],'input':[],'output':[]},'host':'0.0.0.0',"
                        + "'update_available':false,'version':null,'version_latest':null}",
            })
    void whatDoesNotRunHereSaysSo(String path, String data) {
        assertEquals("{\"result\":\"ok\",\"data\":" + data.replace('\'', '"') + "}", administrator.get(path, 200));
    }

    @Test
    void listsOfTheHostAreEmpty() {
        assertEquals("{\"services\":[]}", administrator.data("/host/services").toString());
        assertEquals(
                Set.of("devices", "drives"),
                administrator.data("/hardware/info").keySet());
        assertEquals(
                Set.of("devices", "disks"),
                administrator.data("/os/datadisk/list").keySet());
        for (String path : List.of("/hardware/info", "/os/datadisk/list")) {
            administrator
                    .data(path)
                    .entrySet()
                    .forEach(list -> assertEquals("[]", list.getValue().toString()));
        }
        assertEquals(
                JsonParser.parseString("{\"audio\":{\"input\":{},\"output\":{}}}"),
                administrator.data("/hardware/audio"));
    }

    @Test
    void aReloadLearnsTheVersionOfAnUpgradedCluster() {
        cluster.upgrade(1, 35, "v1.35.0");
        assertEquals(
                "Kubernetes v1.34.4",
                administrator.data("/host/info").get("operating_system").getAsString());
        assertEquals(OK, text(200, administrator.call("/host/reload").post(null)));
        assertEquals(
                "Kubernetes v1.35.0",
                administrator.data("/host/info").get("operating_system").getAsString());
        cluster.upgrade(1, 34, "v1.34.4");
    }

    @Test
    void readsDoWithoutTheApiServerAndAReloadSaysThatItIsAway() {
        cluster.failOn("", ApiFailure.Unavailable.cluster("The API server does not answer", new IOException()));
        reads().forEach(row -> administrator.data(row.v1().orElseThrow().replaceAll("\\{[^}]+}", "default")));
        assertTrue(text(503, administrator.call("/host/reload").post(null)).contains("cluster_unavailable_error"));
    }

    @Test
    void theInterfaceIsFoundByItsNameToo() {
        String name = administrator
                .data("/network/info")
                .getAsJsonArray("interfaces")
                .get(0)
                .getAsJsonObject()
                .get("interface")
                .getAsString();
        assertEquals(
                administrator.data("/network/interface/DEFAULT/info"),
                administrator.data("/network/interface/" + name + "/info"));
        assertEquals(OK, text(200, administrator.call("/network/reload").post(null)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "/network/interface/wlan7/info; {'result':'error','message':'Interface wlan7 does not exist'}",
                "/host/disks/nas/usage; {'result':'error','message':'No mount exists with name nas',"
                        + "'error_key':'mount_not_found_error','extra_fields':{'name':'nas'}}",
            })
    void whatIsUnknownIsSaid(String path, String answer) {
        assertEquals(answer.replace('\'', '"'), administrator.get(path, 404));
    }

    @Test
    void theUsageOfTheClaimIsInTheWordsOfVersionOne() throws IOException {
        String usage = administrator.get("/host/disks/default/usage", 200);
        assertTrue(usage.contains("\"id\":\"addons_data\",\"label\":\"apps_data\""), usage);
        assertTrue(!usage.contains("null"), usage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plugins/info", "/time", "/dns", "/audio/info/more"})
    void noOtherPathIsServed(String path) {
        assertEquals("404: Not Found", administrator.get(path, 404));
    }
}
