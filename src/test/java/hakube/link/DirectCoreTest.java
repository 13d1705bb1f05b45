package hakube.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hakube.link.FakeCore.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Core from before the socket: access tokens for a refresh token, at Core's own port. */
class DirectCoreTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path share;

    private final AtomicInteger given = new AtomicInteger();
    private LinkHouse house;
    private FakeCore core;

    @BeforeEach
    void furnish() throws Exception {
        house = new LinkHouse(share, "2026.2.3");
        String address = LinkHouse.freeAddress();
        core = new FakeCore(address, 0).asking("access-1");
        core.on("POST /auth/token", request -> {
            assertEquals("grant_type=refresh_token&refresh_token=r%2F1", request.body());
            return new Reply(200, "{\"access_token\":\"access-" + given.incrementAndGet() + "\",\"expires_in\":1800}");
        });
        core.on("GET /api/config", _ -> new Reply(200, "{}"));
        house.coreRoom.report("{\"port\": " + core.port() + ", \"ssl\": false, \"refresh_token\": \"r/1\"}");
        house.runAt(address);
    }

    @AfterEach
    void leave() throws Exception {
        house.close();
        core.close();
    }

    @Test
    void oneAccessTokenServesAllQuestionsAndTheWebSocket() throws Exception {
        house.begin();
        LinkHouse.await("up", house.link::isUp);
        assertEquals(200, house.http.get("/api/config", LIMIT).statusCode());
        house.link.command("config/auth/list", Map.of(), LIMIT);
        assertEquals(1, given.get());
    }

    @Test
    void aTokenThatCoreTookBackIsFetchedOnceMore() throws Exception {
        assertEquals(200, house.http.get("/api/config", LIMIT).statusCode());
        core.asking("access-2");
        assertEquals(200, house.http.get("/api/config", LIMIT).statusCode());
        assertEquals(2, given.get());

        core.asking("access-never");
        assertEquals(401, house.http.get("/api/config", LIMIT).statusCode());
        assertEquals(3, given.get());
    }

    @Test
    void theWebSocketTriesAgainWithANewToken() throws Exception {
        core.asking("access-2");
        house.begin();
        LinkHouse.await("up", house.link::isUp);
        assertEquals(2, given.get());
    }

    @Test
    void withoutARefreshTokenThereIsNoWayIn() {
        house.coreRoom.report("{\"refresh_token\": null}");
        assertThrows(CoreAway.class, () -> house.http.get("/api/config", LIMIT));
    }

    @Test
    void noTokenIsShown() {
        String shown = house.coreRoom.addresses().current().orElseThrow().toString();
        assertFalse(shown.contains("r/1"), shown);
    }
}
