package hakube.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.testing.PythonEnvironment;
import hakube.testing.RecordingProxy;
import hakube.testing.SupervisorProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Schemathesis asks what the OpenAPI document says, good and bad, by the administrator's token: each answer is one of the
 * document and comes within 10 s, none tells of the inside, and the Supervisor runs on. The same cases each time, for five
 * minutes at most.
 */
class FuzzIT {

    /** Exit code of fuzz.py. */
    private static final int TIME_IS_OVER = 130;

    /** For each of the two versions. */
    private static final Duration LIMIT = Duration.ofSeconds(150);

    /** Paths of one version, and why they are not asked. */
    private static final Map<String, String> LEFT_OUT = Map.of(
            ".*/follow", "the answer has no end",
            "/supervisor/restart", "ends the Supervisor",
            "/(core|homeassistant)/(start|restart|rebuild|update)", "waits minutes for a Core that does not answer",
            "/(core|homeassistant)/check", "waits for a container that does not run",
            "/backups/(freeze|new/(full|partial))", "the Supervisor is frozen then");

    /** The one path that turns the second version off. */
    private static final String SWITCH = "/v2/supervisor/options";

    /** Fewer mean that nothing was asked in earnest. */
    private static final int LEAST_REQUESTS = 5000;

    private static final int LEAST_OPERATIONS = 200;
    private static final int LEAST_GOOD = 80;

    /** What is said where a Core would have to answer. */
    private static final List<String> NEEDS_CORE = List.of(
            "Can't request listing users on Home Assistant",
            "Home Assistant does not answer",
            "No connection to Home Assistant yet");

    @TempDir
    private static Path folder;

    private static Path document;

    private static FuzzWorld world;

    @BeforeAll
    static void furnish() throws Exception {
        PythonEnvironment.of("schemathesis");
        world = FuzzWorld.in(folder.resolve("supervisor"));
        document = Files.writeString(
                folder.resolve("openapi.json"),
                world.supervisor().health("/openapi").body());
    }

    @AfterAll
    static void leave() throws Exception {
        if (world != null) {
            world.close();
        }
    }

    /** @param version the begin of its paths */
    @ParameterizedTest
    @ValueSource(strings = {"", "/v2"})
    void everyAnswerIsOneOfTheDocument(String version) throws Exception {
        SupervisorProcess supervisor = world.supervisor();
        if (!version.isEmpty()) {
            world.turnOnSecondVersion();
        }

        int furnished = supervisor.log().length();

        Said said = fuzz(supervisor.api(), leftOut(version));

        assertEquals(said.isOver() ? TIME_IS_OVER : 0, said.code(), said.text());
        assertFalse(said.text().matches("(?s).*= (FAILURES|ERRORS) =.*"), said.text());
        assertTrue(said.number("requests") >= LEAST_REQUESTS, said.summary().toString());
        assertTrue(said.number("operations") >= LEAST_OPERATIONS, said.summary().toString());
        assertTrue(said.number("good") >= LEAST_GOOD, said.summary().toString());
        assertEquals(200, supervisor.get("/supervisor/ping").status());
        assertEquals("running", supervisor.get("/info").data().get("state").getAsString());
        assertEquals(List.of(), faults(supervisor.log().substring(furnished)));
    }

    @Test
    void aKeyThatIsLostIsNoticed() throws Exception {
        try (RecordingProxy proxy = RecordingProxy.before(world.supervisor().api())) {
            proxy.rewrite("/core/info", body -> body.replace("\"watchdog\"", "\"watch_dog\""));

            Said said = fuzz(proxy.address(), "^(?!/core/info$)");

            assertEquals(1, said.code(), said.text());
            assertTrue(said.text().contains("\"watchdog\" is a required property"), said.text());
            assertTrue(said.text().contains("curl -X GET"), said.text());
        }
    }

    private static String leftOut(String version) {
        String others = version.isEmpty() ? "/v2/.*" : "(?!/v2/).*|" + SWITCH;
        return "^(" + others + "|" + version + "(" + String.join("|", LEFT_OUT.keySet()) + "))$";
    }

    private static List<String> faults(String log) {
        return log.lines()
                .filter(line -> NEEDS_CORE.stream().noneMatch(line::contains))
                .filter(line -> line.contains(" ERROR ") || line.contains("Exception") || line.startsWith("\tat "))
                .toList();
    }

    /** The order of Python's sets is the same each time, too. */
    private static Map<String, String> settings() throws IOException {
        return Map.of(
                "HAKUBE_TOKEN",
                world.supervisor().token(),
                "HAKUBE_NAMES",
                new Gson().toJson(world.names()),
                "PYTHONHASHSEED",
                "0");
    }

    private static Said fuzz(URI address, String leftOut) throws IOException, InterruptedException {
        Path output = folder.resolve("fuzz.txt");
        Process process = PythonEnvironment.of("schemathesis")
                .program(
                        settings(),
                        "-B",
                        PythonEnvironment.tool("fuzz.py"),
                        document.toString(),
                        address.toString(),
                        Long.toString(LIMIT.toSeconds()),
                        leftOut)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean hasEnded = process.waitFor(LIMIT.plusMinutes(1).toSeconds(), TimeUnit.SECONDS);
            String text = Files.readString(output);
            assertTrue(hasEnded, text);
            String summary = text.lines().toList().getLast();
            assertTrue(summary.startsWith("{"), text);
            System.err.println("Fuzzed: " + summary);
            return new Said(
                    process.exitValue(), text, JsonParser.parseString(summary).getAsJsonObject());
        } finally {
            process.destroyForcibly();
        }
    }

    /** What fuzz.py said. */
    private record Said(int code, String text, JsonObject summary) {

        boolean isOver() {
            return summary.get("over").getAsBoolean();
        }

        int number(String key) {
            return summary.get(key).getAsInt();
        }
    }
}
