package hakube.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One transfer of a large body by {@code curl}, which looks at nothing that it carries. */
record Curl(Process process, long octets) {

    /**
     * Begins it.
     *
     * @param header one more
     * @param octets of the body, whichever way it goes
     */
    static Curl start(URI url, String header, long octets, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--http1.1", "-m", "120", "-H", header));
        command.addAll(List.of("-w", "%{http_code} %{size_download} %{size_upload} %{time_total}"));
        command.addAll(options);
        command.add(url.toString());
        return new Curl(new ProcessBuilder(command).redirectErrorStream(true).start(), octets);
    }

    /** Whether it is over before that time is. */
    boolean ends(Duration limit) throws InterruptedException {
        return process.waitFor(limit);
    }

    /** How long it took, when all of it has passed. */
    double seconds() throws IOException, InterruptedException {
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), words);
        String[] fields = words.split(" ");
        assertEquals("200", fields[0], words);
        assertEquals(octets, Math.max(Long.parseLong(fields[1]), Long.parseLong(fields[2])), "octets: " + words);
        return Double.parseDouble(fields[3]);
    }
}
