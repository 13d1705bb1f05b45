package hakube.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.testing.RawHttp;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What made upstream publish CVE-2023-27482 (GHSA-2j8f-h4mr-qr25), against every route: however its path is written, who may not call it
 * does not reach it.
 */
@HelidonTest
@AddBean(VisitorsHouse.class)
@AddBean(VisitorsHouse.Doorstep.class)
@AddConfig(key = "management.port", value = "0")
class TamperedPathsTest {

    private static final Logger GATE = Logger.getLogger(Gate.class.getName());
    private static final List<Visitor> LOWER = List.of(
            Visitor.NOBODY,
            Visitor.PLAIN_APP,
            Visitor.DEFAULT,
            Visitor.BACKUP,
            Visitor.HOMEASSISTANT,
            Visitor.MANAGER,
            Visitor.ADMIN);

    /** Other routes, which upstream opens to every role by its rule {@code /…/info}, or to all. */
    private static final Pattern NEIGHBOUR = Pattern.compile(String.join(
            "|",
            "(/v2)?/(backups|store/(addons|apps)|store/repositories|host/logs/boots|host/logs/identifiers)/(i|%69)nfo",
            "(/v2)?/store/(addons|apps)/local_app(%3b|%23|%3f)?/(i|%69)nfo",
            "(/v2)?/store/(addons|apps)/local_app/(install|update)/(i|%69)nfo",
            "/store/addons/local_app/icon|/v2/store/apps/local_app/icon"));

    private final RawHttp server;
    private final State state;

    @Inject
    TamperedPathsTest(WebTarget target, State state) {
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

    static Stream<RouteRow> guarded() {
        return RouteRow.ofServedVersions().filter(row -> !row.isOpen());
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void aPathReachesNoRouteOfAHigherRoleHoweverItIsWritten(RouteRow row) throws IOException {
        List<String> reached = new ArrayList<>();
        for (String tampered : Tampering.of(row.path())) {
            for (Visitor visitor : strongestBelow(row)) {
                RawHttp.Answer answer = ask(visitor, row.method(), tampered);
                if (!isRefusal(answer) && !isNeighbour(row, tampered)) {
                    reached.add(visitor + " " + tampered + " " + answer);
                }
            }
        }
        assertEquals(List.of(), reached);
    }

    /** Updates are looked for by managers in version 2, by administrators alone in version 1. */
    private static boolean isNeighbour(RouteRow row, String tampered) {
        return NEIGHBOUR.matcher(tampered).matches()
                || row.template().equals("/reload_updates") && tampered.equals("/v2/reload_updates");
    }

    /** Nobody, and of those whose rights end below this route the one who may do most. */
    private static List<Visitor> strongestBelow(RouteRow row) {
        if (row.path().matches("(/v2)?/discovery.*")) {
            // Every app passes the gate, and the room refuses.
            return List.of(Visitor.NOBODY);
        }
        String least = row.endpoint().role().equals("never-addon")
                ? "admin"
                : row.endpoint().role();
        List<Visitor> below =
                LOWER.stream().filter(visitor -> !visitor.reaches(least)).toList();
        return List.of(below.getFirst(), below.getLast());
    }

    /** A plain text of gate, router or server; what Core or an app would have got is another route. */
    private static boolean isRefusal(RawHttp.Answer answer) {
        boolean isPlain = answer.status() >= 400
                && answer.status() < 500
                && answer.type().equals("text/plain")
                && answer.body().startsWith(answer.status() + ": ");
        return isPlain || isRelayed(answer);
    }

    private static boolean isRelayed(RawHttp.Answer answer) {
        return answer.status() == 503
                && answer.body()
                        .matches(
                                ".*[A-Z]+ (/v2)?/(core/api|(api/hassio_)?ingress/(token|panels|session|validate_session))[;#?]?/.* is not available yet.*");
    }

    private RawHttp.Answer ask(Visitor visitor, String method, String path) throws IOException {
        return server.send(
                method,
                path,
                Stream.concat(
                                Stream.of(visitor.headers()),
                                Stream.of(
                                        VisitorsHouse.Doorstep.HEADER + ": 1",
                                        "X-Original-URL: " + path,
                                        "X-Forwarded-Prefix: /v2",
                                        "X-HTTP-Method-Override: " + method,
                                        "Content-Length: 0"))
                        .toArray(String[]::new));
    }
}
