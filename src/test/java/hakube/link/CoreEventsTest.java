package hakube.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.discovery.Announcement;
import hakube.events.SupervisorEvent;
import hakube.link.FakeCore.Reply;
import hakube.link.FakeCore.Request;
import hakube.relay.CoreLinkConfig;
import hakube.state.SupervisorState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Core is told without having asked. */
class CoreEventsTest {

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
    void eventsComeInTheirOrderAfterTheWordThatAllIsThere() throws Exception {
        house.state.enter(SupervisorState.STARTUP);
        house.connect(address);
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
        house.connect(address);
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
        house.connect(address);
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
    void whatCannotBeWrittenHoldsNothingElseBack() throws Exception {
        house.state.enter(SupervisorState.RUNNING);
        house.connect(address);
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
        core.on("DELETE /api/hassio_push/panel/a_b", _ -> new Reply(200, ""));
        house.connect(address);
        String uuid = Announcement.send(house.discovery, "core_mosquitto", "mqtt", "{\"password\": \"s3cret\"}");
        LinkHouse.await("the push", () -> core.asked("POST /api/hassio_push/discovery/" + uuid) == 1);
        Request push = core.requests().stream()
                .filter(request -> request.path().contains("hassio_push"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                JsonParser.parseString("{\"addon\":\"core_mosquitto\",\"service\":\"mqtt\",\"uuid\":\"" + uuid + "\"}"),
                JsonParser.parseString(push.body()));

        house.discovery.withdraw("core_mosquitto");
        house.events.fire(new SupervisorEvent.PanelChanged("a_b", true));

        LinkHouse.await("the panel", () -> core.asked("POST /api/hassio_push/panel/a_b") == 1);
        assertEquals(1, core.asked("DELETE /api/hassio_push/discovery/" + uuid));

        house.events.fire(new SupervisorEvent.PanelChanged("a_b", false));

        LinkHouse.await("the panel's end", () -> core.asked("DELETE /api/hassio_push/panel/a_b") == 1);
        assertEquals(1, core.asked("POST /api/hassio_push/panel/a_b"));
    }

    private void app(String slug, String state) {
        house.events.fire(new SupervisorEvent.AppStateChanged(slug, state));
    }

    /** Events in short. */
    private List<String> words() {
        return core.events().stream().map(CoreEventsTest::word).toList();
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
