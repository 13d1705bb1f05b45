package hakube.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.link.FakeCore.Reply;
import hakube.relay.CoreLinkConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoreLinkTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path share;

    private LinkHouse house;
    private String address;
    private FakeCore core;

    @BeforeEach
    void furnish() throws Exception {
        house = new LinkHouse(share, "2026.11.0");
        address = LinkHouse.freeAddress();
        core = new FakeCore(address, CoreLinkConfig.PORT).behindLink(house.secret("token"));
    }

    @AfterEach
    void leave() throws Exception {
        house.close();
        core.close();
    }

    @Test
    void whereCoreListensIsFollowed() throws Exception {
        core.on("GET /api/core/http_config", _ -> new Reply(200, "{\"port\":9000,\"ssl\":true,\"server_host\":[]}"));
        house.connect(address);

        assertEquals(9000, house.coreRoom.core().options().port());
        assertTrue(house.coreRoom.core().options().ssl());
        assertEquals(
                9000,
                ((Cluster) house.cluster)
                        .watched(Kind.SERVICE)
                        .find("homeassistant")
                        .orElseThrow()
                        .getSpec()
                        .getPorts()
                        .getFirst()
                        .getTargetPort()
                        .getIntValue());
    }

    @Test
    void aStrangeAnswerAboutThePortChangesNothing() throws Exception {
        for (String strange : List.of(
                "{\"a\":".repeat(3000),
                "[]",
                "{}",
                "{\"port\":\"x\",\"ssl\":0}",
                "{\"port\":0,\"ssl\":true}",
                "<html>")) {
            core.on("GET /api/core/http_config", _ -> new Reply(200, strange));
            if (house.link.isUp()) {
                core.on("GET /api/core/state", _ -> new Reply(502, ""));
                core.dropAll();
                LinkHouse.await("down", () -> !house.link.isUp());
                core.on("GET /api/core/state", _ -> new Reply(200, "{\"state\":\"RUNNING\"}"));
            }
            house.connect(address);
            assertEquals(8123, house.coreRoom.core().options().port(), strange);
        }
    }

    @Test
    void itIsUpOnlyWhenCoreRuns() throws Exception {
        core.on("GET /api/core/state", _ -> new Reply(200, "{\"state\":\"STARTING\"}"));
        house.begin();
        house.runAt(address);
        LinkHouse.await("the question", () -> core.asked("GET /api/core/state") > 0);
        assertFalse(house.link.isUp());

        core.on("GET /api/core/state", _ -> new Reply(200, "{\"state\":\"RUNNING\"}"));

        LinkHouse.await("up", house.link::isUp);
    }

    @Test
    void aWrongTokenNeverGetsThrough() throws Exception {
        core.behindLink("f".repeat(112));
        house.begin();
        house.runAt(address);
        LinkHouse.await("two tries", () -> core.requests().size() > 1);

        assertFalse(house.link.isUp());
        assertEquals(403, house.http.get("/api/config", LIMIT).statusCode());
    }

    @Test
    void commandsHaveGrowingIdsAndTheirOwnResults() throws Exception {
        core.result("config/auth/list", "[{\"id\":\"1\"}]");
        core.result("refused", "error");
        house.connect(address);

        assertEquals(
                "[{\"id\":\"1\"}]",
                house.link.command("config/auth/list", Map.of(), LIMIT).toString());
        assertEquals(
                "null",
                house.link.command("backup/start", Map.of("a", 1), LIMIT).toString());
        assertThrows(CoreAway.class, () -> house.link.command("refused", Map.of(), LIMIT));
        assertTrue(house.link.isUp());
        List<Integer> ids = core.commands().stream()
                .map(command -> command.get("id").getAsInt())
                .toList();
        assertEquals(ids.stream().sorted().distinct().toList(), ids);
    }

    @Test
    void aSilentCoreIsGivenUpInTime() throws Exception {
        house.connect(address);
        core.silent(true);
        long begin = System.nanoTime();
        assertThrows(CoreAway.class, () -> house.link.command("mute", Map.of(), Duration.ofMillis(300)));
        assertTrue(Duration.ofNanos(System.nanoTime() - begin).toSeconds() < 5);
    }

    @Test
    void aConnectionThatEndsFailsWhoWaitsAndIsOpenedAgain() throws Exception {
        house.connect(address);
        core.silent(true);
        Thread dropper = Thread.ofVirtual().unstarted(() -> {
            try {
                LinkHouse.await("the command", () -> core.commands().stream()
                        .anyMatch(command -> command.get("type").getAsString().equals("mute")));
                core.silent(false);
                core.dropAll();
            } catch (Exception failure) {
                throw new AssertionError(failure);
            }
        });
        dropper.start();
        assertThrows(CoreAway.class, () -> house.link.command("mute", Map.of(), Duration.ofSeconds(60)));
        LinkHouse.await("an answer again", this::answers);
    }

    @Test
    void anotherPodIsAnotherCore() throws Exception {
        house.connect(address);
        String other = LinkHouse.freeAddress();
        try (FakeCore second = new FakeCore(other, CoreLinkConfig.PORT).behindLink(house.secret("token"))) {
            house.runAt(other);
            LinkHouse.await("a connection to it", () -> second.requests().stream()
                    .anyMatch(request -> request.path().equals("/api/websocket")));
        }
    }

    @Test
    void aFaultOfAListenerEndsOneConnectionOnly() throws Exception {
        AtomicInteger ups = new AtomicInteger();
        house.link.listen(new CoreLink.Listener() {
            @Override
            public void up() {
                if (ups.incrementAndGet() == 1) {
                    throw new IllegalStateException("a fault");
                }
            }

            @Override
            public void down() {
                if (ups.get() == 1) {
                    throw new IllegalStateException("another fault");
                }
            }
        });
        house.connect(address);
        LinkHouse.await("up again", () -> ups.get() == 2);
        LinkHouse.await("an answer", this::answers);
    }

    @Test
    void anAnswerWithoutAnEndIsNotWaitedFor() throws Exception {
        core.on("GET /slow", _ -> {
            try {
                Thread.sleep(Duration.ofMinutes(1));
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
            return new Reply(200, "");
        });
        house.connect(address);
        assertThrows(CoreAway.class, () -> house.http.get("/slow", Duration.ofMillis(200)));
    }

    @Test
    void withoutAPodThereIsNoCore() {
        house.begin();
        assertThrows(CoreAway.class, () -> house.http.get("/api/", LIMIT));
        assertThrows(CoreAway.class, () -> house.link.command("any", Map.of(), LIMIT));
    }

    private boolean answers() {
        try {
            house.link.command("anything", Map.of(), LIMIT);
            return true;
        } catch (CoreAway notYet) {
            return false;
        }
    }
}
