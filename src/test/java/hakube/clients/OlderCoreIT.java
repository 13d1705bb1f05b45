package hakube.clients;

import static hakube.clients.JoinedCore.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import hakube.testing.CoreSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Home Assistant Core from before the socket: it hands over a refresh token, and is asked at its own port. */
class OlderCoreIT {

    private static final String VERSION = "2026.2.3";

    @TempDir
    private static Path folder;

    private static JoinedCore joined;

    @BeforeAll
    static void join() throws Exception {
        joined = JoinedCore.in(
                folder,
                CoreHome.older(VERSION).with("broker", "auth_api: true\nhomeassistant_api: true\ndiscovery: [mqtt]"));
    }

    @AfterAll
    static void leave() throws Exception {
        if (joined != null) {
            joined.close();
        }
    }

    @Test
    void itIsAskedAtItsOwnPortWithTheRefreshTokenThatItHandedOver() throws Exception {
        assertEquals(1, joined.times("Connected to Home Assistant " + VERSION), joined.supervisor()::log);
        assertTrue(joined.space().secret("homeassistant-link", "refresh-token").isPresent());
        assertEquals(Optional.empty(), joined.space().secret("homeassistant-link", "token"));
        assertEquals(8123, joined.coreInfo().get("port").getAsInt());
    }

    @Test
    void theRefreshTokenIsWrittenNowhereElse() throws Exception {
        String token =
                joined.space().secret("homeassistant-link", "refresh-token").orElseThrow();
        assertFalse(joined.supervisor().logs().contains(token));
        try (Stream<Path> files = Files.walk(joined.supervisor().share())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(Files.readString(file).contains(token), file.toString());
            }
        }
    }

    @Test
    void statesAndJobsReachTheBrowser() throws Exception {
        try (CoreSocket.Open browser = joined.core().subscribe("supervisor/subscribe")) {
            joined.supervisor().post("/addons/local_broker/restart").data();

            joined.core()
                    .await(
                            "the state and the end of the job",
                            LIMIT,
                            () -> browser.events().stream().anyMatch(OlderCoreIT::isStarted)
                                    && browser.events().stream().anyMatch(OlderCoreIT::isDone));
        }
    }

    /** Core compares the name of its Supervisor's Service with an address, and fails on that. */
    @Test
    void usersOfCoreLogInAtApps() throws Exception {
        assertEquals(200, logIn("test", "test"), joined.supervisor()::log);
        assertEquals(401, logIn("test", "wrong"));
        assertEquals(401, logIn("nobody", "test"));
        assertTrue(joined.core().log().contains("'localhost' does not appear to be an IPv4 or IPv6 address"));
        assertTrue(joined.supervisor().get("/auth/list").body().contains("\"username\":\"test\""));
    }

    @Test
    void whatAnAppAnnouncesIsFetchedByCore() throws Exception {
        String uuid = joined.askAs(
                        "broker",
                        "POST",
                        "/discovery",
                        "{\"service\": \"mqtt\", \"config\": {\"host\": \"h\", \"port\": 1883}}")
                .data()
                .get("uuid")
                .getAsString();

        joined.core().await("that Core fetches it", LIMIT, () -> joined.proxy().of("GET", "/discovery/" + uuid).stream()
                .anyMatch(asked -> asked.status() == 200));
    }

    @Test
    void anAppReachesItsApiThroughTheSupervisor() throws Exception {
        String answer = joined.supervisor()
                .ask("GET", "/core/api/config", "", joined.tokenOf("broker"))
                .body();

        assertTrue(answer.contains("\"version\":\"" + VERSION + "\""), answer);
    }

    @Test
    void coreHasNothingToComplainAbout() {
        assertEquals(List.of(), joined.core().logged("homeassistant.components.hassio", "ERROR", "CRITICAL"));
        String others = joined.core().log().replace("components/hassio/auth.py", "the log-ins of this test");
        assertFalse(others.contains("components/hassio/"), "a traceback: " + others);
    }

    private static boolean isStarted(JsonObject event) {
        return event.get("event").getAsString().equals("addon")
                && event.get("slug").getAsString().equals("local_broker")
                && event.get("state").getAsString().equals("started");
    }

    private static boolean isDone(JsonObject event) {
        if (!event.get("event").getAsString().equals("job")) {
            return false;
        }
        JsonObject job = event.getAsJsonObject("data");
        return job.get("name").getAsString().equals("app_restart")
                && job.get("done").getAsBoolean();
    }

    private static int logIn(String username, String password) throws Exception {
        return joined.askAs(
                        "broker",
                        "POST",
                        "/auth",
                        "{\"username\": \"" + username + "\", \"password\": \"" + password + "\"}")
                .status();
    }
}
