package hakube.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.PythonEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The Python client of Home Assistant Core reads logs that real pods have written; {@code ClientsIT} has all its other methods. */
class ClientLogsNodeIT {

    @Test
    void theClientReadsEachLogEachWay() throws IOException, InterruptedException {
        RealNode node = RealNode.shared();
        Process process = PythonEnvironment.of("aiohasupervisor-0.11.0")
                .program(
                        Map.of("SUPERVISOR_TOKEN", Secrecy.value(node, "homeassistant-token", "token")),
                        "-B",
                        PythonEnvironment.tool("client_logs.py"),
                        node.api().toString(),
                        "local_mosquitto")
                .redirectErrorStream(true)
                .start();
        try {
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(1, TimeUnit.MINUTES), text);
            assertEquals(0, process.exitValue(), text);
            Map<String, Integer> lines = text.lines()
                    .map(line -> line.split(" "))
                    .filter(words -> words.length == 3)
                    .collect(Collectors.toMap(words -> words[0] + " " + words[1], words -> Integer.parseInt(words[2])));
            assertEquals(15, lines.size(), text);
            lines.forEach((log, count) -> assertTrue(count > 0, log + ": " + text));
            for (String log : new String[] {"addon", "core", "supervisor"}) {
                assertEquals(2, lines.get(log + " end"), text);
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
