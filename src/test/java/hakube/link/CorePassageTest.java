package hakube.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hakube.link.FakeCore.Reply;
import hakube.relay.CoreLinkConfig;
import hakube.relay.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorePassageTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path share;

    @Test
    void anOlderCoreGetsAnAccessTokenAndAnotherOneAfterARefusal() throws Exception {
        String address = LinkHouse.freeAddress();
        AtomicInteger given = new AtomicInteger();
        try (LinkHouse house = new LinkHouse(share, "2026.2.3");
                FakeCore core = new FakeCore(address, 0)) {
            core.on(
                    "POST /auth/token",
                    _ -> new Reply(
                            200, "{\"access_token\":\"access-" + given.incrementAndGet() + "\",\"expires_in\":1800}"));
            house.coreRoom.report("{\"port\": " + core.port() + ", \"ssl\": false, \"refresh_token\": \"r/1\"}");
            house.runAt(address);
            CorePassage passage = passage(house);

            CorePassage.Way way = passage.open(LIMIT);
            assertEquals(new Field("Authorization", "Bearer access-1"), way.pass());
            assertEquals(Optional.of("access-1"), way.accessToken());
            assertEquals(core.port(), way.far().getPort());
            assertEquals(address + ":" + core.port(), way.host());
            assertFalse(way.toString().contains("access-1"), way.toString());

            passage.refused(way);
            assertEquals(Optional.of("access-2"), passage.open(LIMIT).accessToken());
        }
    }

    @Test
    void aCoreBehindTheLinkNeedsNoneAndMustRun() throws Exception {
        String address = LinkHouse.freeAddress();
        try (LinkHouse house = new LinkHouse(share, "2026.11.0")) {
            CorePassage passage = passage(house);
            assertThrows(CoreAway.class, () -> passage.open(LIMIT));
            try (FakeCore core = new FakeCore(address, CoreLinkConfig.PORT).behindLink(house.secret("token"))) {
                house.runAt(address);
                CorePassage.Way way = passage.open(LIMIT);
                assertEquals(new Field(CoreLinkConfig.HEADER, house.secret("token")), way.pass());
                assertEquals(Optional.empty(), way.accessToken());
                core.on("GET /api/core/state", _ -> new Reply(200, "{\"state\":\"STARTING\"}"));
                assertThrows(CoreAway.class, () -> passage.open(LIMIT));
            }
        }
    }

    private static CorePassage passage(LinkHouse house) {
        return new CorePassage(
                house.coreRoom.addresses(),
                house.client,
                new CoreReport(house.http, house.coreRoom.core()),
                house.tokens);
    }
}
