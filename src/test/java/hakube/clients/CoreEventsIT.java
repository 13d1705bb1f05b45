package hakube.clients;

import static hakube.clients.JoinedCore.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import hakube.testing.CoreSocket;
import hakube.testing.HomeAssistant;
import hakube.testing.SupervisorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Supervisor tells of itself reaches the browsers of the real Core, and its repairs. */
class CoreEventsIT {

    private static final String BROKER = "local_broker";
    private static final String CUSTOM_IMAGE = "unsupported_system_home_assistant_core_custom_image";

    @TempDir
    private static Path folder;

    private static VersionServer channel;
    private static JoinedCore joined;
    private static SupervisorProcess supervisor;
    private static HomeAssistant core;

    @BeforeAll
    static void join() throws Exception {
        channel = VersionServer.serving("2026.11.0");
        joined = JoinedCore.in(
                folder,
                CoreHome.plain()
                        .withSetting("SUPERVISOR_VERSION_URL", channel.address() + "/{channel}.json")
                        .withSetting("SUPERVISOR_CORE_VERSION", "")
                        .with("broker", "")
                        .with("passing", ""));
        supervisor = joined.supervisor();
        core = joined.core();
    }

    @AfterAll
    static void leave() throws Exception {
        try (VersionServer first = channel;
                JoinedCore second = joined) {
            // Closed in the order in which they need each other, the last first.
        }
    }

    @Test
    void jobsAndStatesReachTheBrowser() throws Exception {
        try (CoreSocket.Open browser = core.subscribe("supervisor/subscribe")) {
            supervisor.post("/addons/local_broker/restart").data();
            core.await("the end of the job", LIMIT, () -> jobs(browser).stream()
                    .anyMatch(job -> job.get("done").getAsBoolean()));
            List<JsonObject> events = browser.events();
            assertTrue(events.stream().anyMatch(event -> isState(event, "stopped")), events.toString());
            assertTrue(events.stream().anyMatch(event -> isState(event, "started")), events.toString());
            JsonObject last = jobs(browser).getLast();
            assertTrue(last.get("done").getAsBoolean(), last.toString());
            assertTrue(last.has("parent_id"), last.toString());
        }
    }

    @Test
    void anIssueBecomesARepairAtOnceAndGoes() throws Exception {
        Path store = supervisor.share().resolve("addons/local/passing");
        String config = Files.readString(store.resolve("config.yaml"));
        delete(store);
        supervisor.post("/store/reload").data();
        supervisor.post("/resolution/healthcheck").data();
        core.await("the repair", LIMIT, () -> repairs().contains("issue_addon_detached_addon_removed"));

        supervisor.offer("passing", config);
        supervisor.post("/store/reload").data();
        supervisor.post("/resolution/healthcheck").data();
        core.await("its end", LIMIT, () -> !repairs().contains("issue_addon_detached_addon_removed"));
    }

    @Test
    void whatIsNotSupportedIsARepairAsLongAsItIs() throws Exception {
        try (CoreSocket.Open browser = core.subscribe("supervisor/subscribe")) {
            chooseImage("\"localhost/hakube/own\"");
            core.await("the repair", LIMIT, () -> repairs().contains(CUSTOM_IMAGE));
            chooseImage("null");
            core.await("its end", LIMIT, () -> !repairs().contains(CUSTOM_IMAGE));
            List<JsonObject> told = browser.events().stream()
                    .filter(event -> event.get("event").getAsString().equals("supported_changed"))
                    .map(event -> event.getAsJsonObject("data"))
                    .toList();
            assertFalse(told.getFirst().get("supported").getAsBoolean(), told.toString());
            assertTrue(told.getLast().get("supported").getAsBoolean(), told.toString());
        }
    }

    @Test
    void aNewVersionIsToldToTheBrowser() throws Exception {
        try (CoreSocket.Open browser = core.subscribe("supervisor/subscribe")) {
            channel.serve("2026.11.1");
            supervisor.post("/reload_updates").data();
            core.await("the word of a new version", LIMIT, () -> browser.events().stream()
                    .anyMatch(event -> event.get("event").getAsString().equals("supervisor_update")
                            && event.get("update_key").getAsString().equals("core")));
        }
        assertEquals(
                "2026.11.1",
                supervisor.get("/core/info").data().get("version_latest").getAsString());
    }

    private static boolean isState(JsonObject event, String state) {
        return event.get("event").getAsString().equals("addon")
                && event.get("slug").getAsString().equals(BROKER)
                && event.get("state").getAsString().equals(state);
    }

    private static void chooseImage(String image) throws IOException {
        supervisor.ask("POST", "/core/options", "{\"image\": " + image + "}").data();
        supervisor.post("/resolution/healthcheck").data();
    }

    private static List<JsonObject> jobs(CoreSocket.Open browser) {
        return browser.events().stream()
                .filter(event -> event.get("event").getAsString().equals("job"))
                .map(event -> event.getAsJsonObject("data"))
                .filter(job -> job.get("name").getAsString().equals("app_restart"))
                .toList();
    }

    private static String repairs() {
        try {
            JsonElement issues = core.command("repairs/list_issues", Map.of());
            return issues.toString();
        } catch (IOException failure) {
            return failure.toString();
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
