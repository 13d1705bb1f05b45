package hakube.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.discovery.Announcement;
import hakube.events.SupervisorEvent;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.link.FakeCore.Reply;
import hakube.link.FakeCore.Request;
import hakube.relay.CoreLinkConfig;
import hakube.state.SupervisorState;
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
        connect();

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
            connect();
            assertEquals(8123, house.coreRoom.core().options().port(), strange);
        }
    }

    @Test
    void itIsUpOnlyWhenCoreRuns() throws Exception {
        core.on("GET /api/core/state", _ -> new Reply(200, "{\"state\":\"STARTING\"}"));
        house.begin();
        house.runAt(address);
        LinkHouse.await("the question", () -> asked("GET /api/core/state") > 0);
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
        connect();

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
        connect();
        core.silent(true);
        long begin = System.nanoTime();
        assertThrows(CoreAway.class, () -> house.link.command("mute", Map.of(), Duration.ofMillis(300)));
        assertTrue(Duration.ofNanos(System.nanoTime() - begin).toSeconds() < 5);
    }

    @Test
    void aConnectionThatEndsFailsWhoWaitsAndIsOpenedAgain() throws Exception {
        connect();
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
        connect();
        String other = LinkHouse.freeAddress();
        try (FakeCore second = new FakeCore(other, CoreLinkConfig.PORT).behindLink(house.secret("token"))) {
            house.runAt(other);
            LinkHouse.await("a connection to it", () -> second.requests().stream()
                    .anyMatch(request -> request.path().equals("/api/websocket")));
        }
    }

    @Test
    void eventsComeInTheirOrderAfterTheWordThatAllIsThere() throws Exception {
        house.state.enter(SupervisorState.STARTUP);
        connect();
        app("a", "startup");
        app("a", "started");
        house.link.command("anything", Map.of(), LIMIT);
        assertEquals(List.of(), core.events(), "the Supervisor is not running yet");

        house.state.enter(SupervisorState.RUNNING);
        app("b", "started");
        app("b", "stopped");

        LinkHouse.await("all of them", () -> words().size() == 5);
        assertEquals(List.of("complete", "a started", "info running", "b started", "b stopped"), words());
    }

    @Test
    void whatHappensWhileCoreIsAwayIsToldAfterwards() throws Exception {
        house.state.enter(SupervisorState.RUNNING);
        connect();
        LinkHouse.await("the first word", () -> words().contains("complete"));
        core.on("GET /api/core/state", _ -> new Reply(502, ""));
        core.dropAll();
        LinkHouse.await("down", () -> !house.link.isUp());
        int before = core.events().size();
        for (int i = 0; i < 10_000; i++) {
            app("a", "state-" + i);
        }
        app("b", "started");

        core.on("GET /api/core/state", _ -> new Reply(200, "{\"state\":\"RUNNING\"}"));

        LinkHouse.await("the rest", () -> words().contains("b started"));
        assertEquals(List.of("complete", "a state-9999", "b started"), words().subList(before, words().size()));
    }

    @Test
    void anEventThatCoreNeverAnsweredIsSentAgain() throws Exception {
        house.state.enter(SupervisorState.RUNNING);
        connect();
        LinkHouse.await("the first word", () -> words().contains("complete"));
        core.silent(true);
        app("a", "started");
        LinkHouse.await("it came", () -> words().contains("a started"));
        core.silent(false);
        core.dropAll();

        LinkHouse.await(
                "it came again",
                () -> words().stream().filter("a started"::equals).count() == 2);
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
        connect();
        LinkHouse.await("up again", () -> ups.get() == 2);
        LinkHouse.await("an answer", this::answers);
    }

    @Test
    void whatCannotBeWrittenHoldsNothingElseBack() throws Exception {
        house.state.enter(SupervisorState.RUNNING);
        connect();
        house.events.fire(new SupervisorEvent.JobChanged(Map.of("uuid", "1", "name", "x", "done", new Faulty())));
        app("a", "started");
        LinkHouse.await("what came after it", () -> words().contains("a started"));
        assertTrue(house.link.isUp());
    }

    /** Nobody can write it down. */
    public static final class Faulty {
        public String getWord() {
            throw new IllegalStateException("a fault");
        }
    }

    @Test
    void announcementsArePushedWithoutTheirContent() throws Exception {
        core.on("POST /api/hassio_push/panel/a_b", _ -> new Reply(200, ""));
        connect();
        String uuid = Announcement.send(house.discovery, "core_mosquitto", "mqtt", "{\"password\": \"s3cret\"}");
        LinkHouse.await("the push", () -> asked("POST /api/hassio_push/discovery/" + uuid) == 1);
        Request push = core.requests().stream()
                .filter(request -> request.path().contains("hassio_push"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                JsonParser.parseString("{\"addon\":\"core_mosquitto\",\"service\":\"mqtt\",\"uuid\":\"" + uuid + "\"}"),
                JsonParser.parseString(push.body()));

        house.discovery.withdraw("core_mosquitto");
        house.events.fire(new SupervisorEvent.PanelChanged("a_b", true));

        LinkHouse.await("the panel", () -> asked("POST /api/hassio_push/panel/a_b") == 1);
        assertEquals(1, asked("DELETE /api/hassio_push/discovery/" + uuid));
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
        connect();
        assertThrows(CoreAway.class, () -> house.http.get("/slow", Duration.ofMillis(200)));
    }

    @Test
    void withoutAPodThereIsNoCore() {
        house.begin();
        assertThrows(CoreAway.class, () -> house.http.get("/api/", LIMIT));
        assertThrows(CoreAway.class, () -> house.link.command("any", Map.of(), LIMIT));
    }

    private void connect() throws Exception {
        if (!house.coreRoom.core().isRunning()) {
            house.begin();
            house.runAt(address);
        }
        LinkHouse.await("up", house.link::isUp);
    }

    private boolean answers() {
        try {
            house.link.command("anything", Map.of(), LIMIT);
            return true;
        } catch (CoreAway notYet) {
            return false;
        }
    }

    private void app(String slug, String state) {
        house.events.fire(new SupervisorEvent.AppStateChanged(slug, state));
    }

    private long asked(String route) {
        return core.requests().stream()
                .filter(request -> (request.method() + " " + request.path()).equals(route))
                .count();
    }

    /** Events in short. */
    private List<String> words() {
        return core.events().stream().map(CoreLinkTest::word).toList();
    }

    private static String word(JsonObject event) {
        if (event.get("event").getAsString().equals("addon")) {
            return event.get("slug").getAsString() + " " + event.get("state").getAsString();
        }
        JsonObject data = event.getAsJsonObject("data");
        return data.has("startup")
                ? data.get("startup").getAsString()
                : event.get("update_key").getAsString() + " "
                        + data.get("state").getAsString();
    }
}
