package hakube.clients;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import hakube.testing.HomeAssistant;
import hakube.testing.PythonEnvironment;
import hakube.testing.RecordingProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The real Home Assistant Core, past its first questions, with this Supervisor and a proxy between the two. */
final class CoreWorld implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String INTEGRATION = "homeassistant.components.hassio";
    private static final List<String> LOGGERS = List.of(INTEGRATION, "aiohasupervisor");

    private static final Pattern ROUND = Pattern.compile("Finished fetching hassio data in .* \\(success: True\\)");

    private final ClientWorld world;
    private RecordingProxy proxy;
    private HomeAssistant core;

    private CoreWorld(ClientWorld world) {
        this.world = world;
    }

    /** @param folder of all files; empty */
    static CoreWorld in(Path folder) throws Exception {
        PythonEnvironment.of("home-assistant");
        CoreWorld home = new CoreWorld(ClientWorld.in(folder.resolve("supervisor")));
        try {
            home.moveIn(folder.resolve("core"));
        } catch (Exception | AssertionError failure) {
            home.close();
            throw failure;
        }
        return home;
    }

    ClientWorld world() {
        return world;
    }

    RecordingProxy proxy() {
        return proxy;
    }

    HomeAssistant core() {
        return core;
    }

    /** State of the integration's entry; what went wrong when Core does not tell. */
    String entryState() {
        try {
            return entry().get("state").getAsString();
        } catch (IOException failure) {
            return failure.toString();
        }
    }

    /** Has Core set the integration up anew, as its user can. */
    void reload() throws IOException {
        call("reload_config_entry", Map.of("entry_id", entry().get("entry_id").getAsString()));
    }

    /** Has Core ask anew for what is behind this entity, as its user can. */
    void update(String entity) throws IOException {
        call("update_entity", Map.of("entity_id", List.of(entity)));
    }

    /** What Core has said that a user would worry about: of its integration or of the client in it. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (String logger : LOGGERS) {
            complaints.addAll(core.logged(logger, "WARNING", "ERROR", "CRITICAL"));
        }
        // Of a traceback.
        core.log().lines().filter(line -> line.contains("components/hassio/")).forEach(complaints::add);
        return complaints;
    }

    /** How many times Core has asked for all of something, by its own log; a round that failed is none. */
    int rounds() {
        return (int)
                core.log().lines().filter(line -> ROUND.matcher(line).find()).count();
    }

    @Override
    public void close() throws Exception {
        // Closed in the order in which they need each other, the last first.
        try (ClientWorld last = world;
                RecordingProxy before = proxy;
                HomeAssistant first = core) {}
    }

    private void moveIn(Path folder) throws Exception {
        proxy = RecordingProxy.before(world.supervisor().api());
        String pod =
                world.supervisor().space().pod("homeassistant-0").getStatus().getPodIP();
        core = new HomeAssistant(folder, URI.create("http://" + pod + ":8123"), proxy.address(), world.coreToken());
        core.start();
        core.await(
                "what Core tells the Supervisor last",
                LIMIT,
                () -> !proxy.of("GET", "/resolution/info").isEmpty()
                        && !proxy.of("POST", "/supervisor/options").isEmpty());
        core.onboard();
    }

    private JsonObject entry() throws IOException {
        JsonElement entries = core.command("config_entries/get", Map.of("domain", "hassio"));
        return entries.getAsJsonArray().get(0).getAsJsonObject();
    }

    private void call(String service, Map<String, Object> data) throws IOException {
        core.command("call_service", Map.of("domain", "homeassistant", "service", service, "service_data", data));
    }
}
