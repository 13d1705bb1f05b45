package hakube.apps;

import static hakube.apps.AppsHome.SAMPLE;
import static hakube.apps.AppsHome.SLUG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of a manifest, or of a file edited by hand, that no rule of form finds. */
class AppPortsAndTagTest {

    @TempDir
    private Path disk;

    @ParameterizedTest
    @ValueSource(
            strings = {"{7/tcp: 700, 8/tcp: 700}", "{7/udp: 700, 8/udp: 700, 9/tcp: 700}", "{'7': 700, 8/tcp: 700}"})
    void onePortOutsideForTwoIsRefusedBeforeAnyWrite(String ports) {
        AppsHome home = home(SAMPLE.replace("{7/tcp: 7, 7/udp: 7}", ports));
        ApiFailure failure = assertThrows(ApiFailure.BadRequest.class, () -> home.apps.start(SLUG));
        assertTrue(
                failure.getMessage().matches("Port 700/(tcp|udp) is given to both 7.* and 8.* @ data\\['network'\\]"),
                failure.getMessage());
        assertEquals(List.of(), home.cluster.writes());
    }

    @Test
    void theSameNumberOfTcpAndUdpAreTwoPorts() {
        AppsHome home = home(SAMPLE.replace("{7/tcp: 7, 7/udp: 7}", "{7/tcp: 700, 8/udp: 700}"));
        home.apps.start(SLUG);
        assertEquals(2, home.ports.entries().size());
        home.awaitIdle(SLUG);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65536, 2147483647})
    void aPortOutsideThatIsNoneIsTold(int port) throws IOException {
        AppsHome home = home(SAMPLE);
        Path list = disk.resolve("apps.json");
        String text = Files.readString(list);
        String edited = text.replaceFirst(
                "\"user\": ?\\{\\s*\"local_sample\": ?\\{", "$0\"network\": {\"7/tcp\": " + port + "},");
        assertTrue(!edited.equals(text), text);
        Files.writeString(list, edited);
        AppsHome next = new AppsHome(disk, home.cluster).wake();
        home.cluster.forgetWrites();
        ApiFailure failure = assertThrows(ApiFailure.BadRequest.class, () -> next.apps.start(SLUG));
        assertEquals(
                "App local_sample cannot publish 7/tcp: " + port + " is not a port (1 to 65535) @ data['network']",
                failure.getMessage());
        assertEquals(List.of(), home.cluster.writes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0+build", "-1", "1 0", "1/0", ""})
    void aVersionThatIsNoImageTagIsRefusedBeforeAnyWrite(String version) {
        AppsHome home = new AppsHome(disk).wake();
        String manifest = SAMPLE.replaceFirst("version: [^\\n]*", "version: '" + version + "'");
        ApiFailure failure = assertThrows(ApiFailure.UnsupportedHere.class, () -> home.install(manifest));
        assertEquals(
                "App Sample can't run on Kubernetes: version " + version
                        + " is no image tag (letters, digits, _ . and -, at most 128)",
                failure.getMessage());
        assertEquals(List.of(), home.cluster.writes());
    }

    private AppsHome home(String manifest) {
        AppsHome home = new AppsHome(disk).wake();
        home.cluster.autoRun();
        home.install(manifest);
        home.cluster.forgetWrites();
        return home;
    }
}
