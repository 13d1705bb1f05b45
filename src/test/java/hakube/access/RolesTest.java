package hakube.access;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.testing.RawHttp;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table is the test: who may come to each route, by the least role of its row. */
@HelidonTest
@AddBean(VisitorsHouse.class)
@AddBean(VisitorsHouse.Doorstep.class)
@AddConfig(key = "management.port", value = "0")
class RolesTest {

    private static final Logger GATE = Logger.getLogger(Gate.class.getName());

    /** Rows whose room refuses by itself, in JSON, whom the gate lets through (security.md 7). */
    private static final Set<String> ROOM_REFUSES = Set.of(
            "GET /auth",
            "GET /services/{service}",
            "GET /addons/{app}/options/config",
            "GET /v2/auth",
            "GET /v2/services/{service}",
            "GET /v2/apps/{app}/options/config");

    private final RawHttp server;
    private final State state;

    @Inject
    RolesTest(WebTarget target, State state) {
        this.server = new RawHttp(target.getUri());
        this.state = state;
    }

    @BeforeEach
    void open() {
        state.enter(SupervisorState.RUNNING);
        GATE.setLevel(Level.SEVERE);
    }

    @AfterEach
    void close() throws IOException {
        GATE.setLevel(null);
        server.close();
    }

    static Stream<RouteRow> byRole() {
        return RouteRow.ofServedVersions().filter(row -> !isReserved(row) && !row.isRelayed());
    }

    static Stream<RouteRow> ofAnApp() {
        return byRole().filter(RouteRow::isOfAnApp);
    }

    static Stream<RouteRow> reserved() {
        return RouteRow.ofServedVersions().filter(RolesTest::isReserved);
    }

    @ParameterizedTest
    @MethodSource("byRole")
    void theLeastRoleDecides(RouteRow row) {
        assertAll(Visitor.all().stream()
                .map(visitor ->
                        () -> assertVerdict(visitor.reaches(row.endpoint().role()), visitor, row, row.path())));
    }

    @ParameterizedTest
    @MethodSource("ofAnApp")
    void anAppMayDoMoreWithItself(RouteRow row) {
        assertAll(Visitor.all().stream()
                .filter(Visitor::isApp)
                .map(visitor -> () -> assertVerdict(
                        row.isForSelf() || visitor.reaches(row.endpoint().role()), visitor, row, row.selfPath())));
    }

    /** Where the gate lets apps or the administrator through, the room answers 401. */
    @ParameterizedTest
    @MethodSource("reserved")
    void whatIsReservedForCoreIsRefusedToAllOthers(RouteRow row) {
        boolean isOpenToApps = row.path().matches("(/v2)?/discovery.*");
        assertAll(Visitor.all().stream().map(visitor -> () -> {
            boolean passes =
                    switch (visitor) {
                        case NOBODY, STRANGER -> false;
                        case CORE, ADMINISTRATOR, ADMIN -> true;
                        default -> isOpenToApps;
                    };
            if (passes && visitor != Visitor.CORE && row.isServed()) {
                assertPlain(401, ask(visitor, row, row.path(), false), visitor);
            } else {
                assertVerdict(passes, visitor, row, row.path());
            }
        }));
    }

    private static boolean isReserved(RouteRow row) {
        return row.endpoint().role().equals("never-addon");
    }

    private void assertVerdict(boolean isAllowed, Visitor visitor, RouteRow row, String path) throws IOException {
        if (isAllowed) {
            RawHttp.Answer answer = ask(visitor, row, path, !isPlainRead(row));
            boolean mayBeRefusedByTheRoom =
                    ROOM_REFUSES.contains(row.toString()) && answer.type().equals("application/json");
            if (!mayBeRefusedByTheRoom) {
                assertNotEquals(401, answer.status(), visitor + " " + answer);
                assertNotEquals(403, answer.status(), visitor + " " + answer);
            }
            // A route that is served was reached.
            assertNotEquals(404, row.isServed() && !isPlainRead(row) ? answer.status() : 0, visitor + " " + answer);
        } else {
            assertPlain(visitor == Visitor.NOBODY ? 401 : 403, ask(visitor, row, path, true), visitor);
        }
    }

    private static void assertPlain(int status, RawHttp.Answer answer, Visitor visitor) {
        String name = status == 401 ? "401: Unauthorized" : "403: Forbidden";
        assertEquals(name, answer.body(), visitor + " " + answer);
        assertEquals(status, answer.status(), visitor + " " + answer);
        assertEquals("text/plain", answer.type(), visitor + " " + answer);
    }

    /** What neither changes anything nor waits. */
    private static boolean isPlainRead(RouteRow row) {
        return row.endpoint().method().equals("GET") && !row.template().endsWith("/follow");
    }

    private RawHttp.Answer ask(Visitor visitor, RouteRow row, String path, boolean isStopped) throws IOException {
        String token = String.join("\r\n", visitor.headers());
        String stop = isStopped ? VisitorsHouse.Doorstep.HEADER + ": 1" : "";
        String headers = Stream.of(token, stop)
                .filter(header -> !header.isEmpty())
                .reduce((one, other) -> one + "\r\n" + other)
                .orElse("Accept: */*");
        return row.method().equals("GET")
                ? server.send("GET", path, headers)
                : server.send(row.method(), path, "{no json".getBytes(StandardCharsets.US_ASCII), headers);
    }
}
