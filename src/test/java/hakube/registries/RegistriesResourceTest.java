package hakube.registries;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.testing.Administrator;
import hakube.testing.CallersHouse;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routes of {@code /docker} through the real server. */
@CallersHouse.Served
class RegistriesResourceTest {

    private static final String OK = "{\"result\":\"ok\",\"data\":{}}";
    private static final String PASSWORD = "c0rrect-h0rse";
    private static final String ANNA = "{\"ghcr.io\": {\"username\": \"anna\", \"password\": \"" + PASSWORD + "\"}}";

    private final Administrator administrator;
    private final FakeCluster cluster;

    @Inject
    RegistriesResourceTest(WebTarget target, State state, FakeCluster cluster) {
        this.administrator = new Administrator(target);
        this.cluster = cluster;
        state.enter(SupervisorState.RUNNING);
    }

    @BeforeEach
    void none() {
        cluster.recover();
        cluster.remove(Kind.SECRET, PullSecret.NAME);
        cluster.forgetWrites();
    }

    @Test
    void infoNamesTheClusterInPlaceOfAnEngine() {
        ((Cluster) cluster).version();
        assertEquals(
                "{\"result\":\"ok\",\"data\":{\"enable_ipv6\":null,\"logging\":\"kubernetes\",\"mtu\":null,"
                        + "\"registries\":{},\"storage\":\"kubernetes\",\"version\":\"v1.34.4\"}}",
                administrator.get("/docker/info", 200));
        post(ANNA, 200);
        assertTrue(administrator
                .get("/docker/info", 200)
                .contains("\"registries\":{\"ghcr.io\":{\"username\":\"anna\"}}"));
    }

    @Test
    void aRegistryIsSetReplacedAndRemovedAndNoPasswordIsAnswered() {
        assertEquals("{\"result\":\"ok\",\"data\":{\"registries\":{}}}", administrator.get("/docker/registries", 200));
        assertEquals(OK, post(ANNA, 200));
        assertEquals(OK, post("{\"docker.io\": {\"username\": \"bob\", \"password\": \"\"}}", 200));
        assertEquals(
                "{\"result\":\"ok\",\"data\":{\"registries\":{\"ghcr.io\":{\"username\":\"anna\"},"
                        + "\"docker.io\":{\"username\":\"bob\"}}}}",
                administrator.get("/docker/registries", 200));
        assertEquals(OK, post(ANNA.replace("anna", "ann"), 200));
        assertTrue(administrator.get("/docker/registries", 200).contains("{\"username\":\"ann\"}"));

        assertEquals(OK, delete("docker.io", 200));
        assertEquals(Optional.of(PullSecret.NAME), PullSecret.nameIn(cluster));
        assertEquals(OK, delete("ghcr.io", 200));
        assertEquals(Optional.empty(), PullSecret.nameIn(cluster));
    }

    @Test
    void whatIsUnknownIsNotRemoved() {
        assertEquals(
                "{\"result\":\"error\",\"message\":\"Hostname bad does not exist in registries\"}", delete("bad", 404));
        post(ANNA, 200);
        cluster.forgetWrites();
        assertEquals(
                "{\"result\":\"error\",\"message\":\"Hostname bad does not exist in registries\"}", delete("bad", 404));
        assertEquals(List.of(), cluster.writes());
    }

    @Test
    void theSecretIsOneForImagePulls() {
        post(ANNA, 200);
        V1Secret secret = ((Cluster) cluster)
                .watched(Kind.SECRET)
                .find("supervisor-registries")
                .orElseThrow();

        assertEquals("kubernetes.io/dockerconfigjson", secret.getType());
        assertTrue(new String(secret.getData().get(".dockerconfigjson"), StandardCharsets.UTF_8)
                .startsWith("{\"auths\":{\"ghcr.io\":{\"username\":\"anna\",\"password\":\"" + PASSWORD + "\""));
    }

    @Test
    void theSameOnceMoreAndNothingAtAllAreNoWrites() {
        post(ANNA, 200);
        cluster.forgetWrites();
        assertEquals(OK, post(ANNA, 200));
        assertEquals(OK, post("{}", 200));
        assertEquals(OK, post("", 200));
        assertEquals(List.of(), cluster.writes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"ghcr.io\": {\"username\": \"a\"}};"
                        + " required key not provided @ data['ghcr.io']['password']. Got None",
                "{\"ghcr.io\": {\"username\": \"a\", \"password\": 31337}};"
                        + " expected str for dictionary value @ data['ghcr.io']['password']. Got '***'",
                "{\"ghcr.io\": {\"username\": \"a\", \"password\": \"b\", \"pasword\": \"31337\"}};"
                        + " extra keys not allowed @ data['ghcr.io']['pasword']. Got '***'",
                "{\"ghcr.io\": \"31337\"}; expected a dictionary for dictionary value @ data['ghcr.io']. Got '***'",
                "[\"31337\"]; expected a dictionary. Got '***'",
                "{\"ghcr.io\"; Invalid json",
            })
    void faultsAreSaidWithoutTheValue(String body, String message) {
        assertEquals("{\"result\":\"error\",\"message\":\"" + message + "\"}", post(body, 400));
        assertEquals(List.of(), cluster.writes());
    }

    @ParameterizedTest
    @CsvSource({"https://ghcr.io", "ghcr.io/org", "a b", "''", "-x.example", "x..example"})
    void whatNoImageCanBeginWithIsRefused(String hostname) {
        String said = post(ANNA.replace("ghcr.io", hostname), 400);

        assertTrue(said.contains("does not match regular expression"), said);
        assertTrue(said.contains("@ data['" + hostname + "']. Got '***'"), said);
    }

    @ParameterizedTest
    @CsvSource({"localhost:5000", "registry", "10.0.0.7:443", "[fd00::7]:5000", "my-registry.example.com"})
    void everyOtherNameOfARegistryIsTaken(String hostname) {
        assertEquals(OK, post(ANNA.replace("ghcr.io", hostname), 200));
        assertTrue(administrator.get("/docker/registries", 200).contains("\"" + hostname + "\""));
    }

    @Test
    void aNameWithoutEndIsRefusedAndHarmsNothing() {
        assertTrue(
                post(ANNA.replace("ghcr.io", "a-".repeat(100_000) + "a"), 400).contains("does not match"));
    }

    @Test
    void whatAPersonChangesMeanwhileIsKept() {
        post(ANNA, 200);
        cluster.before(
                "swap secrets/supervisor-registries",
                () -> put("{\"auths\":{\"their.example\":{\"username\":\"they\"}}}"));
        assertEquals(OK, post("{\"docker.io\": {\"username\": \"bob\", \"password\": \"b\"}}", 200));
        assertEquals(
                "{\"result\":\"ok\",\"data\":{\"registries\":{\"their.example\":{\"username\":\"they\"},"
                        + "\"docker.io\":{\"username\":\"bob\"}}}}",
                administrator.get("/docker/registries", 200));
    }

    @Test
    void whatAPersonAddsWhileTheLastOneIsRemovedStays() {
        post(ANNA, 200);
        cluster.before(
                "delete secrets",
                () -> put("{\"auths\":{\"ghcr.io\":{\"auth\":\"YW5uYTp4\"},\"quay.io\":{\"auth\":\"Ym9iOng=\"}}}"));
        assertEquals(OK, delete("ghcr.io", 200));
        assertEquals(
                "{\"result\":\"ok\",\"data\":{\"registries\":{\"quay.io\":{\"username\":\"bob\"}}}}",
                administrator.get("/docker/registries", 200));
    }

    @Test
    void aDocumentThatCannotBeReadIsLeftAsItIs() {
        put("[]");
        assertEquals("{\"result\":\"ok\",\"data\":{\"registries\":{}}}", administrator.get("/docker/registries", 200));
        String said = post(ANNA, 500);
        assertTrue(said.contains("Secret supervisor-registries"), said);
        assertFalse(said.contains(PASSWORD), said);
        assertEquals(List.of(), cluster.writes());
    }

    @Test
    void whatTheClusterRefusesIsSaid() {
        cluster.failOn("create secrets", new ApiFailure.MissingPermission("create", "secrets"));
        String said = post(ANNA, 400);
        assertTrue(said.contains("\"error_key\":\"missing_permission_error\""), said);
        assertFalse(said.contains(PASSWORD), said);
    }

    private void put(String document) {
        cluster.put(
                Kind.SECRET,
                new V1Secret()
                        .metadata(new V1ObjectMeta()
                                .name("supervisor-registries")
                                .labels(Map.of("io.hass.managed", "true")))
                        .type("kubernetes.io/dockerconfigjson")
                        .data(Map.of(".dockerconfigjson", document.getBytes(StandardCharsets.UTF_8))));
    }

    private String post(String body, int status) {
        return administrator.post("/docker/registries", body, status);
    }

    private String delete(String hostname, int status) {
        return administrator.delete("/docker/registries/" + hostname, status);
    }
}
