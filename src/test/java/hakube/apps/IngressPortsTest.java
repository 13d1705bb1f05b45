package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.storage.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngressPortsTest {

    @TempDir
    private Path share;

    private final List<SupervisorEvent> told = new ArrayList<>();

    @Test
    void withoutIngressThereIsNoPort() {
        assertEquals(0, ports().claim(app("quiet", "ingress: false")));
        assertTrue(Files.notExists(share.resolve("ingress.json")));
    }

    @Test
    void theManifestsPortIsTakenAsItIs() {
        assertEquals(1337, ports().claim(app("own", "{ingress: true, ingress_port: 1337}")));
        assertEquals(8099, ports().claim(app("default", "ingress: true")));
        assertTrue(Files.notExists(share.resolve("ingress.json")));
    }

    @Test
    void aChosenPortIsOfTheReservedRangeAndNobodyElses() {
        IngressPorts ports = ports();
        Set<Integer> chosen = new HashSet<>();
        for (int app = 0; app < 60; app++) {
            int port = ports.claim(chosen("app" + app));
            assertTrue(port >= 62000 && port <= 65500, Integer.toString(port));
            assertTrue(chosen.add(port), port + " twice");
        }
    }

    @Test
    void whoeverAsksChoosesNone() {
        IngressPorts ports = ports();
        InstalledApp app = chosen("asked");
        assertEquals(Optional.empty(), ports.known(app));
        assertTrue(Files.notExists(share.resolve("ingress.json")));
        assertEquals(Optional.of(ports.claim(app)), ports.known(app));
        assertEquals(Optional.empty(), ports.known(app("quiet", "ingress: false")));
        assertEquals(Optional.of(8099), ports.known(app("default", "ingress: true")));
    }

    @Test
    void aChosenPortIsKeptOverARestart() {
        int before = ports().claim(chosen("kept"));
        assertEquals(before, ports().claim(chosen("kept")));
    }

    @Test
    void aFullRangeIsWalkedRoundToTheLastFreePort() throws IOException {
        StringBuilder taken = new StringBuilder("{\"ports\":{");
        for (int port = 62000; port <= 65500; port++) {
            if (port != 62001) {
                taken.append("\"app").append(port).append("\":").append(port).append(',');
            }
        }
        taken.setCharAt(taken.length() - 1, '}');
        Files.writeString(share.resolve("ingress.json"), taken + "}");
        assertEquals(62001, ports().claim(chosen("late")));
    }

    @Test
    void aReleasedPortIsGoneAndWhatElseTheFileHoldsStays() throws IOException {
        Files.writeString(
                share.resolve("ingress.json"),
                "{\"session\":{\"abc\":1.5},\"ports\":{\"local_a\":62010,\"local_b\":62011}}");
        IngressPorts ports = ports();
        ports.release("local_a");
        ports.release("local_unknown");
        assertEquals(
                "{\"session\":{\"abc\":1.5},\"ports\":{\"local_b\":62011}}",
                Files.readString(share.resolve("ingress.json")).replaceAll("\\s", ""));
    }

    @Test
    void aDamagedFileIsSetAsideAndToldOf() throws IOException {
        Files.writeString(share.resolve("ingress.json"), "{\"ports\": {");
        IngressPorts ports = ports();
        int port = ports.claim(chosen("first"));
        assertEquals(port, ports.claim(chosen("first")));
        SupervisorEvent.IssueFound issue = (SupervisorEvent.IssueFound) told.getFirst();
        assertEquals("corrupt_file", issue.type());
        assertEquals("{\"ports\": {", Files.readString(Path.of(issue.reference().orElseThrow())));
        assertEquals(1, told.size());
    }

    private IngressPorts ports() {
        Events events = new Events();
        events.listen(told::add);
        return new IngressPorts(new IngressFile(new Folders(share), events));
    }

    private static InstalledApp chosen(String slug) {
        return app(slug, "{ingress: true, ingress_port: 0}");
    }

    private static InstalledApp app(String slug, String web) {
        String lines = web.replaceAll("[{}]", "").replace(", ", "\n");
        var manifest = AppsHome.manifest("name: N\nversion: '1'\ndescription: D\narch: [amd64]\nslug: " + slug
                + "\nimage: localhost/x\n" + lines);
        return new InstalledApp(
                "local_" + slug, "local", "amd64", manifest, UserLayer.fresh("1", Optional.of("localhost/x")));
    }
}
