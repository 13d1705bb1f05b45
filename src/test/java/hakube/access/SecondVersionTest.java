package hakube.access;

import static hakube.state.FeatureFlag.SUPERVISOR_V2_API;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.testing.Features;
import hakube.testing.RawHttp;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is below {@code /v2} while its feature is off, while it is on, and in between. */
@HelidonTest
@AddBean(VisitorsHouse.class)
@AddBean(VisitorsHouse.Doorstep.class)
@AddConfig(key = "management.port", value = "0")
class SecondVersionTest {

    private final RawHttp server;
    private final State state;

    @Inject
    SecondVersionTest(WebTarget target, State state) {
        this.server = new RawHttp(target.getUri());
        this.state = state;
    }

    @BeforeEach
    void open() {
        state.enter(SupervisorState.RUNNING);
        Features.startWith(state);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    static Stream<RouteRow> second() {
        return RouteRow.ofSecondVersion();
    }

    @ParameterizedTest
    @MethodSource("second")
    void offItIsUnknownToWhoeverMayComeAndClosedToAllOthers(RouteRow row) throws IOException {
        assertPlain("404: Not Found", row.method(), row.path(), Visitor.CORE);
        assertPlain(row.isOpen() ? "404: Not Found" : "401: Unauthorized", row.method(), row.path(), Visitor.NOBODY);
        assertPlain(row.isOpen() ? "404: Not Found" : "403: Forbidden", row.method(), row.path(), Visitor.STRANGER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/none", "/v2/core/info", "/v2/host/reboot", "/v2/%69nfo"})
    void offNoMethodAndNoSpellingIsToldFromAnother(String path) throws IOException {
        for (String method : List.of("GET", "HEAD", "POST", "DELETE", "PATCH", "OPTIONS")) {
            RawHttp.Answer answer = server.send(method, path, Visitor.CORE.headers());
            assertEquals(
                    "404 text/plain null",
                    answer.status() + " " + answer.type() + " "
                            + answer.headers().get("allow"));
        }
    }

    /** Whoever reads {@code %76} for {@code v} must not find more than whoever does not. */
    @ParameterizedTest
    @ValueSource(strings = {"/%762/ingress/abc/x", "/v%32/ingress/abc/x", "/v2/ingress/abc/%zz", "/v2/%zz", "/%zz"})
    void offNoEscapeGetsRoundIt(String path) throws IOException {
        RawHttp.Answer answer = server.send("GET", path, Visitor.CORE.headers());
        assertTrue(List.of(400, 404).contains(answer.status()), answer.toString());
    }

    @Test
    void aChangeCountsAtTheNextStart() throws IOException {
        assertEquals(404, status("/v2/info"));
        setFlag("/supervisor/options", true);
        assertEquals(404, status("/v2/info"));

        state.load();
        assertEquals(200, status("/v2/info"));

        setFlag("/v2/supervisor/options", false);
        assertEquals(200, status("/v2/info"));
        state.load();
        assertEquals(404, status("/v2/info"));
    }

    /** Names of the first version, and what it alone has. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v2/addons",
                "GET /v2/addons/local_app/info",
                "GET /v2/store/addons",
                "GET /v2/store/addons/local_app/icon",
                "GET /v2/homeassistant/info",
                "POST /v2/homeassistant/restart",
                "GET /v2/homeassistant/logs",
                "GET /v2/homeassistant/api/states",
                "POST /v2/apps/reload",
                "POST /v2/addons/reload",
                "POST /v2/apps/local_app/install",
                "POST /v2/apps/local_app/update",
                "GET /v2/apps/local_app/icon",
                "GET /v2/apps/local_app/logo",
                "GET /v2/apps/local_app/changelog",
                "GET /v2/apps/local_app/documentation",
                "GET /v2/available_updates",
                "GET /v2/supervisor/available_updates",
                "POST /v2/refresh_updates",
                "GET /v2/app/entry.js",
                "GET /v2/api/hassio_ingress/abc/x",
                "GET /v2/v2/info",
                "GET /V2/info"
            })
    void onWhatIsNotInItIsUnknown(String route) throws IOException {
        Features.startWith(state, SUPERVISOR_V2_API);
        String[] parts = route.split(" ", 2);

        assertPlain("404: Not Found", parts[0], parts[1], Visitor.CORE);
    }

    @Test
    void onItsOpenRoutesNeedNoTokenAndItsOthersDo() throws IOException {
        Features.startWith(state, SUPERVISOR_V2_API);
        // Its own check: the session, not the token.
        assertPlain("401: Unauthorized", "GET", "/v2/ingress/abc/x", Visitor.CORE);
        assertNotEquals(401, server.send("GET", "/v2/store/apps/local_app/icon").status());
        assertPlain("401: Unauthorized", "GET", "/v2/supervisor/ping", Visitor.NOBODY);
        assertPlain("401: Unauthorized", "GET", "/v2/none", Visitor.NOBODY);
    }

    /** Whatever changes by itself is left out: the host's figures, and logs. */
    @Test
    void theFirstVersionIsTheSameWithAndWithoutTheSecond() throws IOException {
        TreeMap<String, String> without = firstVersion();
        Features.startWith(state, SUPERVISOR_V2_API);

        TreeMap<String, String> with = firstVersion();

        String on = "\"supervisor_v2_api\":true";
        with.replaceAll((path, answer) -> answer.replace(on, "\"supervisor_v2_api\":false"));
        assertEquals(without, with);
    }

    private TreeMap<String, String> firstVersion() throws IOException {
        TreeMap<String, String> answers = new TreeMap<>();
        for (RouteRow row : RouteRow.all().toList()) {
            if (row.method().equals("GET")
                    && !row.path().startsWith("/host/")
                    && !row.path().contains("/logs")) {
                RawHttp.Answer answer = server.send("GET", row.path(), Visitor.CORE.headers());
                answers.put(row.path(), answer.status() + " " + answer.type() + " " + answer.body());
            }
        }
        return answers;
    }

    private void setFlag(String path, boolean on) throws IOException {
        byte[] body = ("{\"feature_flags\": {\"supervisor_v2_api\": " + on + "}}").getBytes(StandardCharsets.US_ASCII);
        assertEquals(
                200, server.send("POST", path, body, Visitor.CORE.headers()).status());
    }

    private int status(String path) throws IOException {
        return server.send("GET", path, Visitor.CORE.headers()).status();
    }

    private void assertPlain(String body, String method, String path, Visitor visitor) throws IOException {
        String[] headers = Stream.concat(Arrays.stream(visitor.headers()), Stream.of("Content-Length: 0"))
                .toArray(String[]::new);
        RawHttp.Answer answer = server.send(method, path, headers);
        assertEquals(body, answer.body(), visitor + " " + answer);
        assertEquals(body.substring(0, 3), Integer.toString(answer.status()), visitor + " " + answer);
        assertEquals("text/plain", answer.type(), visitor + " " + answer);
    }
}
