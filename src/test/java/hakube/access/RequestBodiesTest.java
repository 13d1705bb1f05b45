package hakube.access;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.api.Refusals;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.storage.Folders;
import hakube.testing.RawHttp;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table is the test: what a served route says to a body that its row does not allow, in the words that clients show, and that neither
 * file nor object changes by it. A row takes part from the day on which a resource serves it.
 */
@HelidonTest
@AddBean(VisitorsHouse.class)
@AddConfig(key = "management.port", value = "0")
class RequestBodiesTest {

    /** They look at something else first, which this house does not have: a caller, a backup, a provider. */
    private static final Set<String> ASKS_FOR_MORE = Set.of(
            "/services/{service}",
            "/discovery",
            "/backups/{slug}",
            "/backups/{slug}/restore/full",
            "/backups/{slug}/restore/partial",
            "/backups/{slug}/restore/preview");

    /** Any key is allowed, or dropped. */
    private static final Set<String> TAKES_ANY_KEY = Set.of("/mounts", "/mounts/{mount}");

    /** No message repeats a value of their bodies. */
    private static final Set<String> TAKES_SECRETS = Set.of("/auth/reset");

    private static final Map<String, String> EXISTING =
            Map.of("{app}", "local_frost", "{check}", "free_space", "{revision}", "1", "{version}", "1.0.0");

    private final RawHttp server;
    private final State state;
    private final Folders folders;
    private final FakeCluster cluster;
    private HouseState before;

    @Inject
    RequestBodiesTest(WebTarget target, State state, Folders folders, Cluster cluster) {
        this.server = new RawHttp(target.getUri());
        this.state = state;
        this.folders = folders;
        this.cluster = (FakeCluster) cluster;
    }

    @BeforeEach
    void oneAppIsInstalled() throws IOException {
        state.enter(SupervisorState.RUNNING);
        Path manifest = folders.of("addons/local/frost/config.yaml");
        if (!Files.exists(manifest)) {
            Files.createDirectories(manifest.getParent());
            Files.writeString(
                    manifest,
                    "{name: frost, version: 1.0.0, slug: frost, description: d, arch: [amd64, aarch64], image: localhost/sample}");
            post("/store/reload", "");
            post("/store/addons/local_frost/install", "");
        }
        before = HouseState.of(folders, cluster);
    }

    /** All that is sent here is refused. */
    @AfterEach
    void nothingWasChanged() throws IOException {
        assertEquals(before, HouseState.of(folders, cluster));
        server.close();
    }

    static Stream<RouteRow> takingAMap() {
        return RouteRow.ofServedVersions()
                .filter(row -> row.isServed() && !row.endpoint().isRefused())
                .filter(row -> !RequestField.of(row).isEmpty())
                .filter(row -> !ASKS_FOR_MORE.contains(row.endpoint().v1().orElse(row.template())));
    }

    static Stream<RouteRow> refused() {
        return RouteRow.ofServedVersions()
                .filter(row -> row.endpoint().isRefused() && !row.template().endsWith("/rebuild"));
    }

    @Test
    void theHouseHasWhatTheRowsAreAbout() throws IOException {
        assertEquals(
                200,
                server.send("GET", "/addons/local_frost/info", Visitor.CORE.headers())
                        .status());
    }

    @ParameterizedTest
    @MethodSource("takingAMap")
    void whatIsNoMapIsRefused(RouteRow row) {
        assertAll(
                () -> assertMessage("Invalid json", row, "{no json"),
                () -> assertMessage("Invalid json", row, "{}{}"),
                () -> assertMessage("Invalid json", row, "{\"a\": \"\u00ff\"}"),
                () -> assertMessage("expected a dictionary. Got " + told(row, "[]"), row, "[]"),
                () -> assertMessage("expected a dictionary. Got " + told(row, "None"), row, "null"),
                () -> assertMessage("expected a dictionary. Got " + told(row, "'x'"), row, "\"x\""));
    }

    @ParameterizedTest
    @MethodSource("takingAMap")
    void anUnknownKeyIsRefused(RouteRow row) throws IOException {
        String unknown = "extra keys not allowed @ data['zz_unknown']. Got " + told(row, "1");
        boolean isTold = messageOf(row, "{\"zz_unknown\": 1}").lines().anyMatch(unknown::equals);
        assertEquals(
                !TAKES_ANY_KEY.contains(row.endpoint().v1().orElse("")), isTold, messageOf(row, "{\"zz_unknown\": 1}"));
    }

    @ParameterizedTest
    @MethodSource("takingAMap")
    void aValueOfAnotherTypeIsRefusedWithItsKey(RouteRow row) {
        assertAll(RequestField.of(row).stream().map(field -> () -> {
            String message =
                    messageOf(row, "{\"" + field.name() + "\": " + field.wrongValue() + ", \"zz_unknown\": 1}");
            assertTrue(
                    message.lines().anyMatch(line -> line.contains(" @ data['" + field.name() + "']")),
                    field + ": " + message);
        }));
    }

    @ParameterizedTest
    @MethodSource("takingAMap")
    void aKeyThatIsNeededIsAskedFor(RouteRow row) {
        assertAll(RequestField.of(row).stream().filter(RequestField::isRequired).map(field -> () -> {
            String message = messageOf(row, "{\"zz_unknown\": 1}");
            String missing = "required key not provided @ data['" + field.name() + "']. Got None";
            assertTrue(message.lines().anyMatch(missing::equals), message);
        }));
    }

    /** Served or not, and whatever comes with it. */
    @ParameterizedTest
    @MethodSource("refused")
    void whatAClusterCannotDoIsRefusedByItsFeature(RouteRow row) throws IOException {
        Refusals.Refusal refusal =
                Refusals.of(row.path().replaceFirst("^/v2", "")).orElseThrow();
        RawHttp.Answer answer = row.method().equals("GET")
                ? server.send("GET", row.path(), Visitor.ADMINISTRATOR.headers())
                : post(row.method(), row.path(), "{no json");
        JsonObject json = JsonParser.parseString(answer.body()).getAsJsonObject();

        assertEquals(400, answer.status());
        assertEquals("application/json", answer.type());
        assertEquals(JsonParser.parseString("""
                        {"result": "error", "message": "%s is not supported in Kubernetes runtime",
                         "error_key": "runtime_not_supported_error", "extra_fields": {"feature": "%s", "runtime": "kubernetes"}}
                        """.formatted(refusal.subject(), refusal.feature())), json);
    }

    private static String told(RouteRow row, String value) {
        return TAKES_SECRETS.contains(row.endpoint().v1().orElse("")) ? "'***'" : value;
    }

    private void assertMessage(String expected, RouteRow row, String body) throws IOException {
        assertEquals(expected, messageOf(row, body), body);
    }

    private String messageOf(RouteRow row, String body) throws IOException {
        String path = row.template();
        for (Map.Entry<String, String> known : EXISTING.entrySet()) {
            path = path.replace(known.getKey(), known.getValue());
        }
        RawHttp.Answer answer = post(row.method(), path, body);
        assertEquals(400, answer.status(), answer.toString());
        assertEquals("application/json", answer.type());
        return JsonParser.parseString(answer.body())
                .getAsJsonObject()
                .get("message")
                .getAsString();
    }

    private RawHttp.Answer post(String path, String body) throws IOException {
        return post("POST", path, body);
    }

    private RawHttp.Answer post(String method, String path, String body) throws IOException {
        return server.send(method, path, body.getBytes(StandardCharsets.ISO_8859_1), Visitor.CORE.headers());
    }
}
