package hakube.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mission on a real node: containers that run, speak and answer. */
class MainJobNodeIT {
    private static final String DEMO = "local_mosquitto";
    private static RealNode node;

    @BeforeAll
    static void runTheMainJob() throws IOException {
        node = RealNode.shared();
    }

    @Test
    void coreAndTheDemoAddOnRun() throws IOException {
        assertEquals(
                "1", node.kubectl("get", "statefulset", "homeassistant", "-o", "jsonpath={.status.readyReplicas}"));
        assertEquals(
                "1", node.kubectl("get", "deployment", "local-mosquitto", "-o", "jsonpath={.status.readyReplicas}"));
        assertEquals(
                "started", node.data("/addons/" + DEMO + "/info").get("state").getAsString());
        assertEquals("2026.11.0", node.data("/core/info").get("version").getAsString());
    }

    @Test
    void logRoutesShowTheContainersOwnWords() throws IOException {
        String core = node.ask("GET", "/core/logs", "");
        String demo = node.ask("GET", "/addons/" + DEMO + "/logs", "");

        assertTrue(core.contains("Home Assistant stand-in started"), core);
        assertTrue(demo.contains("Mosquitto demo: started"), demo);
    }

    @Test
    void demoAddOnFindsItsOptions() throws IOException {
        String words = node.ask("GET", "/addons/" + DEMO + "/logs", "");

        assertTrue(words.contains("options found in /data/options.json"), words);
    }

    @Test
    void bytesToTheAddressComeBackFromTheAddOn() throws IOException {
        assertEquals("over TCP", Echo.tcp(RealNode.ADDRESS, 7007, "over TCP"));
        assertEquals("over UDP", Echo.udp(RealNode.ADDRESS, 7007, "over UDP"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TCP", "UDP"})
    void bytesFromAPodToTheAddressComeBack(String protocol) throws IOException {
        String command = "echo from a pod | timeout 5 socat -t2 - " + protocol + ":" + RealNode.ADDRESS + ":7007";

        assertEquals(
                "from a pod",
                node.kubectl("exec", "deployment/local-mosquitto", "-c", "addon", "--", "sh", "-c", command)
                        .strip());
    }

    @Test
    void brokerIsReachedByItsNameAndByTheAddress() throws IOException {
        String command = "mosquitto_pub -h " + RealNode.ADDRESS + " -t demo -m hello -r"
                + " && mosquitto_sub -h local-mosquitto -t demo -C 1 -W 10";

        assertEquals(
                "hello",
                node.kubectl("exec", "deployment/local-mosquitto", "-c", "addon", "--", "sh", "-c", command)
                        .strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"supervisor", "core"})
    void curlOfTheMissionAnswersInsideCore(String room) throws IOException {
        String command = "curl -sS -H \"Authorization: Bearer $SUPERVISOR_TOKEN\" http://supervisor/" + room + "/info";

        String answer = node.kubectl("exec", "homeassistant-0", "-c", "homeassistant", "--", "sh", "-c", command);

        assertEquals(
                "ok",
                JsonParser.parseString(answer).getAsJsonObject().get("result").getAsString(),
                answer);
    }

    @Test
    void secondNodeIsRefusedWhileOneIsUp(@TempDir Path other) {
        IOException refusal =
                assertThrows(IOException.class, () -> node.script("node", "network", "--state", other.toString()));

        assertTrue(refusal.getMessage().contains("ended with 1"), refusal.getMessage());
    }

    @Test
    void secondRunTakesSecondsAndReplacesNothing() throws IOException {
        String before = node.kubectl("get", "pods", "-o", "jsonpath={.items[*].metadata.uid}");
        Instant begin = Instant.now();

        String words = node.runAgain();

        Duration taken = Duration.between(begin, Instant.now());
        assertTrue(taken.compareTo(Duration.ofSeconds(20)) < 0, taken.toString());
        assertTrue(words.contains(node.api().toString()), words);
        assertEquals(before, node.kubectl("get", "pods", "-o", "jsonpath={.items[*].metadata.uid}"));
    }
}
