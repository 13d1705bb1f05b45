package hakube.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.access.Tokens;
import hakube.api.ApiFailure;
import hakube.api.ContractShape;
import hakube.api.Endpoint;
import hakube.api.ServedRoutes;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.state.State;
import hakube.state.SupervisorState;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
@HelidonTest
@AddBean(HostResourceTest.House.class)
@AddConfig(key = "management.port", value = "0")
class HostResourceTest {

    private static final String ADMINISTRATOR = "ad".repeat(56);
    private static final String OK = "{\"result\":\"ok\",\"data\":{}}";
    private static final Set<String> GROUPS =
            Set.of("host", "network", "os", "hardware", "cli", "observer", "multicast", "dns", "audio", "time");

    private final WebTarget target;
    private final FakeCluster cluster;

    @Inject
    HostResourceTest(WebTarget target, State state, Cluster cluster) {
        this.target = target;
        this.cluster = (FakeCluster) cluster;
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

        assertEquals(List.of(), ContractShape.faults(row.response(), data(path)));
    }

    /** aiohasupervisor 0.6 knows few features, and a name, a board or a version would promise what is not there. */
    @Test
    void nothingIsToldThatNoClusterHas() {
        JsonObject host = data("/host/info");
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
        assertEquals("{\"result\":\"ok\",\"data\":" + data.replace('\'', '"') + "}", get(200, path));
    }

    @Test
    void listsOfTheHostAreEmpty() {
        assertEquals("{\"services\":[]}", data("/host/services").toString());
        assertEquals(Set.of("devices", "drives"), data("/hardware/info").keySet());
        assertEquals(Set.of("devices", "disks"), data("/os/datadisk/list").keySet());
        for (String path : List.of("/hardware/info", "/os/datadisk/list")) {
            data(path)
                    .entrySet()
                    .forEach(list -> assertEquals("[]", list.getValue().toString()));
        }
        assertEquals(JsonParser.parseString("{\"audio\":{\"input\":{},\"output\":{}}}"), data("/hardware/audio"));
    }

    @Test
    void aReloadLearnsTheVersionOfAnUpgradedCluster() {
        cluster.upgrade(1, 35, "v1.35.0");
        assertEquals(
                "Kubernetes v1.34.4", data("/host/info").get("operating_system").getAsString());
        assertEquals(OK, text(200, call("/host/reload").post(null)));
        assertEquals(
                "Kubernetes v1.35.0", data("/host/info").get("operating_system").getAsString());
        cluster.upgrade(1, 34, "v1.34.4");
    }

    @Test
    void readsDoWithoutTheApiServerAndAReloadSaysThatItIsAway() {
        cluster.failOn("", ApiFailure.Unavailable.cluster("The API server does not answer", new IOException()));
        reads().forEach(row -> data(row.v1().orElseThrow().replaceAll("\\{[^}]+}", "default")));
        assertTrue(text(503, call("/host/reload").post(null)).contains("cluster_unavailable_error"));
    }

    @Test
    void theInterfaceIsFoundByItsNameToo() {
        String name = data("/network/info")
                .getAsJsonArray("interfaces")
                .get(0)
                .getAsJsonObject()
                .get("interface")
                .getAsString();
        assertEquals(data("/network/interface/DEFAULT/info"), data("/network/interface/" + name + "/info"));
        assertEquals(OK, text(200, call("/network/reload").post(null)));
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
        assertEquals(answer.replace('\'', '"'), get(404, path));
    }

    @Test
    void theUsageOfTheClaimIsInTheWordsOfVersionOne() throws IOException {
        String usage = get(200, "/host/disks/default/usage");
        assertTrue(usage.contains("\"id\":\"addons_data\",\"label\":\"apps_data\""), usage);
        assertTrue(!usage.contains("null"), usage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plugins/info", "/time", "/dns", "/audio/info/more"})
    void noOtherPathIsServed(String path) {
        assertEquals("404: Not Found", get(404, path));
    }

    private JsonObject data(String path) {
        return JsonParser.parseString(get(200, path)).getAsJsonObject().getAsJsonObject("data");
    }

    private String get(int status, String path) {
        return text(status, call(path).get());
    }

    private Invocation.Builder call(String path) {
        return target.path(path).request().header("X-Supervisor-Token", ADMINISTRATOR);
    }

    private static String text(int status, Response answer) {
        try (answer) {
            String text = answer.readEntity(String.class);
            assertEquals(status, answer.getStatus(), text);
            return text;
        }
    }

    /** A house on a cluster in memory. */
    @Singleton
    @Alternative
    @Priority(1)
    static class House {

        @Produces
        @Singleton
        Settings settings() throws IOException {
            return TestSettings.of(Files.createTempDirectory("share"));
        }

        @Produces
        @Singleton
        Cluster cluster() {
            FakeCluster cluster = new FakeCluster();
            cluster.put(
                    Kind.SECRET,
                    new V1Secret()
                            .metadata(new V1ObjectMeta()
                                    .name(Tokens.ADMINISTRATOR_SECRET)
                                    .labels(Map.of("io.hass.managed", "true")))
                            .data(Map.of(Tokens.KEY, ADMINISTRATOR.getBytes(StandardCharsets.UTF_8))));
            return cluster;
        }
    }
}
