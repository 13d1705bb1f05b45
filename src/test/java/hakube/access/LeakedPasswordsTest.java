package hakube.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import hakube.config.TestSettings;
import hakube.events.Events;
import hakube.storage.Folders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server of its own. */
class LeakedPasswordsTest {

    /** SHA-1 of {@code password}, in the form of the options. */
    private static final String LEAKED = "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8";

    private static final String REST = "1E4C9B93F3F0682250B6CF8331B7EE68FD8";
    private static final String OTHER = "00000" + "a".repeat(35);

    @TempDir
    private Path share;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile String body = "0018A45C4D1DEF81644B54AB7F969B88D65:1\r\n" + REST + ":9659365\r\n";
    private volatile int status = 200;
    private HttpServer server;
    private Security security;
    private LeakedPasswords leaked;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/range/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        security = new Security(new Folders(share), new Events());
        security.change("{\"force_security\": true}");
        leaked = new LeakedPasswords(security, Optional.of(service()), Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void onlyTheBeginningOfAHashLeavesTheHouse() {
        assertEquals(LeakedPasswords.Verdict.LEAKED, leaked.of(Set.of(LEAKED)));
        assertEquals(List.of("/range/5BAA6"), asked);
    }

    @Test
    void whatIsKnownToBeLeakedIsNotAskedAgain() {
        leaked.of(Set.of(LEAKED));
        status = 503;
        assertEquals(LeakedPasswords.Verdict.LEAKED, leaked.of(Set.of(LEAKED)));
        assertEquals(1, asked.size());
    }

    @Test
    void theServiceOfTheSettingsIsAsked() {
        leaked = new LeakedPasswords(TestSettings.withPwned(TestSettings.of(share), Optional.of(service())), security);
        assertEquals(LeakedPasswords.Verdict.LEAKED, leaked.of(Set.of(LEAKED)));
        assertEquals(List.of("/range/5BAA6"), asked);
    }

    @Test
    void withoutAServiceNobodyIsAsked() {
        leaked = new LeakedPasswords(TestSettings.withPwned(TestSettings.of(share), Optional.empty()), security);
        assertEquals(LeakedPasswords.Verdict.SAFE, leaked.of(Set.of(LEAKED)));
        assertEquals(List.of(), asked);
    }

    @Test
    void anotherHashOfTheSameBeginningIsSafe() {
        assertEquals(LeakedPasswords.Verdict.LEAKED, leaked.of(Set.of(LEAKED)));
        assertEquals(LeakedPasswords.Verdict.SAFE, leaked.of(Set.of("5baa6" + "b".repeat(35))));
    }

    @Test
    void oneLeakedPasswordIsEnough() {
        assertEquals(LeakedPasswords.Verdict.LEAKED, leaked.of(new LinkedHashSet<>(List.of(OTHER, LEAKED))));
        assertEquals(List.of("/range/00000", "/range/5BAA6"), asked);
    }

    @Test
    void paddingIsNoLeak() {
        body = REST + ":0\r\n";
        assertEquals(LeakedPasswords.Verdict.SAFE, leaked.of(Set.of(LEAKED)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"pwned\": false}", "{\"force_security\": false}"})
    void nobodyIsAskedWhereNobodyWantsToKnow(String options) {
        security.change(options);
        assertEquals(LeakedPasswords.Verdict.SAFE, leaked.of(Set.of(LEAKED)));
        assertEquals(List.of(), asked);
    }

    @Test
    void noPasswordsAreSafe() {
        assertEquals(LeakedPasswords.Verdict.SAFE, leaked.of(Set.of()));
        assertEquals(List.of(), asked);
    }

    @Test
    void aServiceThatFailsOrIsAwayLeavesItUnknown() {
        status = 503;
        assertEquals(LeakedPasswords.Verdict.UNKNOWN, leaked.of(Set.of(LEAKED)));
        server.stop(0);
        assertEquals(LeakedPasswords.Verdict.UNKNOWN, leaked.of(Set.of(LEAKED)));
    }

    private URI service() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/range/");
    }
}
