package hakube.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.archive.ArchiveFixtures;
import hakube.testing.ControlPlane;
import hakube.testing.PythonEnvironment;
import hakube.testing.RecordingProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Python client that Home Assistant Core has, in the versions of its releases from 2026.8 on and newer: every method of
 * it reads what the Supervisor answers, by Core's own token.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClientsIT {

    private static final List<String> VERSIONS = List.of("0.6.0", "0.8.1", "0.11.0");

    /** What has no resource yet; it never becomes more. */
    private static final Set<String> NOT_BUILT = Set.of();

    private static ClientWorld world;

    @TempDir
    private static Path folder;

    private static int run;

    @BeforeAll
    static void furnish() throws Exception {
        for (String version : VERSIONS) {
            PythonEnvironment.of("aiohasupervisor-" + version);
        }
        world = ClientWorld.in(folder);
    }

    @AfterAll
    static void leave() throws Exception {
        if (world != null) {
            world.close();
        }
    }

    static List<String> versions() {
        return VERSIONS;
    }

    @ParameterizedTest
    @MethodSource("versions")
    void everyMethodOfTheClientReadsItsAnswer(String version) throws Exception {
        Said said = call(version, world.supervisor().api());

        assertEquals(0, said.code(), said.text());
        assertEquals(List.of(), said.of("FAILED"), said.text());
        assertEquals(Set.of(), said.notBuiltBut(NOT_BUILT), said.text());
        assertTrue(said.of("parsed").size() >= 60, said.text());
    }

    /** The last one: the job that clients read is the start of an app that is given up after some minutes. */
    @ParameterizedTest
    @MethodSource("versions")
    @Order(Integer.MAX_VALUE)
    void everyVersionMovesMakesAndRestoresBackups(String version) throws Exception {
        Path archive =
                Files.write(folder.resolve("upload-" + version + ".tar"), ArchiveFixtures.bytes(ArchiveFixtures.FULL));

        Said said = say(PythonEnvironment.of("aiohasupervisor-" + version)
                .program(
                        Map.of("SUPERVISOR_TOKEN", world.coreToken()),
                        "-B",
                        PythonEnvironment.tool("client_backups.py"),
                        world.supervisor().api().toString(),
                        archive.toString(),
                        "e8c0675c",
                        ClientWorld.STOPPED.getLast()));

        assertEquals(0, said.code(), said.text());
        assertEquals(1, said.of("removed").size(), said.text());
    }

    @Test
    void aKeyThatIsLostIsNoticed() throws Exception {
        try (RecordingProxy proxy = RecordingProxy.before(world.supervisor().api())) {
            proxy.rewrite("/core/info", body -> body.replace("\"watchdog\"", "\"watch_dog\""));

            Said said = call("0.8.1", proxy.address());

            assertEquals(1, said.code(), said.text());
            assertEquals(1, said.of("FAILED").size(), said.text());
            assertTrue(said.of("FAILED").getFirst().contains("homeassistant.info GET /core/info 200"), said.text());
        }
    }

    private static Said call(String version, URI address) throws IOException, InterruptedException {
        return say(PythonEnvironment.of("aiohasupervisor-" + version)
                .program(
                        Map.of("SUPERVISOR_TOKEN", world.coreToken()),
                        "-B",
                        PythonEnvironment.tool("client_methods.py"),
                        ControlPlane.checkout()
                                .resolve("src/test/resources/hakube/api/endpoints.tsv")
                                .toString(),
                        address.toString(),
                        ClientWorld.STARTED,
                        ClientWorld.STOPPED.get(run++ % ClientWorld.STOPPED.size()),
                        ClientWorld.REFUSED));
    }

    private static Said say(ProcessBuilder program) throws IOException, InterruptedException {
        Process process = program.redirectErrorStream(true).start();
        try {
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(1, TimeUnit.MINUTES), text);
            text.lines()
                    .filter(line -> !line.matches("(parsed|refused|left out) .*"))
                    .forEach(System.err::println);
            return new Said(process.exitValue(), text);
        } finally {
            process.destroyForcibly();
        }
    }

    /** What client_methods.py said, a method a line. */
    private record Said(int code, String text) {

        List<String> of(String outcome) {
            return text.lines().filter(line -> line.startsWith(outcome + " ")).toList();
        }

        Set<String> notBuiltBut(Set<String> known) {
            return of("not built").stream()
                    .map(line -> line.split(" +")[2])
                    .filter(method -> !known.contains(method))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
