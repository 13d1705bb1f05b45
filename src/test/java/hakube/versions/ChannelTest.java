package hakube.versions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.state.State;
import hakube.storage.Folders;
import hakube.testing.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The channel against a real server that behaves well and badly. */
class ChannelTest {

    private static final String GOOD = """
            {"channel": "stable", "supervisor": "2026.11.0",
             "homeassistant": {"default": "2026.11.0", "odroid-n2": "2026.10.4"},
             "images": {"core": "ghcr.io/home-assistant/{machine}-homeassistant"}}
            """;

    /** For those that do not answer. */
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private static final Set<String> WITHOUT_END = Set.of("silent", "trickle");

    @TempDir
    private Path share;

    private final Events events = new Events();
    private final List<SupervisorEvent> told = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        events.listen(told::add);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/good/stable.json", exchange -> answer(exchange, 200, GOOD));
        server.createContext("/broken", exchange -> answer(exchange, 200, "{\"channel\": \"stable\", "));
        server.createContext("/page", exchange -> answer(exchange, 200, "<html>Log in</html>"));
        server.createContext("/list", exchange -> answer(exchange, 200, "[1]"));
        server.createContext("/empty", exchange -> answer(exchange, 200, ""));
        server.createContext("/other", exchange -> answer(exchange, 200, GOOD.replace("stable", "beta")));
        server.createContext("/partial", exchange -> answer(exchange, 200, "{\"channel\": \"stable\"}"));
        server.createContext("/types", exchange -> answer(exchange, 200, GOOD.replace("\"2026.11.0\"", "7")));
        server.createContext("/evil", exchange -> answer(exchange, 200, GOOD.replace("2026.11.0", "1 2;rm")));
        server.createContext("/large", exchange -> answer(exchange, 200, GOOD + " ".repeat(2 << 20)));
        server.createContext("/500", exchange -> answer(exchange, 500, GOOD));
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/good/stable.json");
            answer(exchange, 302, "");
        });
        server.createContext("/circle", exchange -> {
            exchange.getResponseHeaders().set("Location", "/circle/stable.json");
            answer(exchange, 302, "");
        });
        server.createContext("/silent", exchange -> hang());
        server.createContext("/trickle", exchange -> {
            exchange.sendResponseHeaders(200, GOOD.length());
            exchange.getResponseBody().write(GOOD.getBytes(StandardCharsets.UTF_8), 0, 10);
            exchange.getResponseBody().flush();
            hang();
        });
        server.start();
    }

    @AfterEach
    void end() {
        end.countDown();
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"good", "moved"})
    void aGoodAnswerIsTakenAndKept(String place) {
        Channel channel = channel(place);
        assertTrue(channel.refresh());
        assertEquals(Optional.of("2026.11.0"), channel.coreVersion());
        assertEquals(Optional.of("ghcr.io/home-assistant/generic-x86-64-homeassistant"), channel.coreImage());
        Channel later = channel("500");
        later.load();
        assertTrue(later.refresh());
        assertEquals(Optional.of("2026.11.0"), later.coreVersion());
        assertEquals(Optional.of("ghcr.io/home-assistant/generic-x86-64-homeassistant"), later.coreImage());
    }

    @Test
    void whatIsNewIsToldOnce() {
        Channel channel = channel("good");
        channel.refresh();
        channel.refresh();
        assertEquals(
                List.of(new SupervisorEvent.VersionsLearnt("supervisor"), new SupervisorEvent.VersionsLearnt("core")),
                told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "broken", "page", "list", "empty", "other", "partial", "types", "evil", "large", "500", "nowhere",
                "circle", "silent", "trickle",
            })
    void aBadAnswerLeavesTheLastGoodOneAndEndsInTime(String place) {
        Channel alone = channel(place);
        assertFalse(alone.refresh());
        assertEquals(Optional.empty(), alone.coreVersion());
        assertFalse(Files.exists(share.resolve("updater.json")));

        channel("good").refresh();
        Channel channel = channel(place);
        channel.load();
        long begin = System.nanoTime();
        assertTrue(channel.refresh());
        assertTrue(System.nanoTime() - begin < Eventually.SOON.toNanos());
        assertEquals(Optional.of("2026.11.0"), channel.coreVersion());
    }

    @Test
    void aServerThatIsAwayLeavesTheLastGoodAnswer() {
        channel("good").refresh();
        server.stop(0);
        Channel channel = channel("good");
        channel.load();
        assertTrue(channel.refresh());
        assertEquals(Optional.of("2026.11.0"), channel.coreVersion());
    }

    @Test
    void whatTheSettingsSayWinsAndNobodyIsAsked() {
        Channel channel = channel("good", Optional.of("localhost/core"), Optional.of("2026.8.3"));
        assertTrue(channel.refresh());
        assertEquals(Optional.of("2026.8.3"), channel.coreVersion());
        assertEquals(Optional.of("localhost/core"), channel.coreImage());
        assertEquals(0, asked.get());
    }

    @Test
    void halfAnOverrideTakesTheOtherHalfFromTheChannel() {
        Channel channel = channel("good", Optional.of("localhost/core"), Optional.empty());
        assertTrue(channel.refresh());
        assertEquals(Optional.of("2026.11.0"), channel.coreVersion());
        assertEquals(Optional.of("localhost/core"), channel.coreImage());
    }

    @Test
    void theMachinesOwnVersionGoesBeforeTheDefault() {
        assertEquals("2026.10.4", ChannelFile.parse(GOOD, "stable", "odroid-n2").homeassistant());
        assertEquals(
                "2026.11.0", ChannelFile.parse(GOOD, "stable", "qemux86-64").homeassistant());
    }

    @Test
    void aDamagedCopyIsSetAsideAndTold() throws IOException {
        Files.writeString(share.resolve("updater.json"), "{\"channel\":");
        Channel channel = channel("500");
        channel.load();
        assertEquals(Optional.empty(), channel.coreVersion());
        assertFalse(Files.exists(share.resolve("updater.json")));
        assertTrue(
                told.stream()
                        .anyMatch(event -> event instanceof SupervisorEvent.IssueFound found
                                && found.type().equals("corrupt_file")),
                told::toString);
    }

    @Test
    void aCopyThatNamesNoImageCountsAsNone() throws IOException {
        Files.writeString(share.resolve("updater.json"), "{\"channel\":\"stable\",\"homeassistant\":\"2026.11.0\"}");
        Channel channel = channel("500");
        channel.load();
        assertEquals(Optional.empty(), channel.coreVersion());
        ApiFailure unknown = channel.unknown();
        assertTrue(unknown.getMessage().contains("SUPERVISOR_CORE_IMAGE"), unknown.getMessage());
    }

    private Channel channel(String place) {
        return channel(place, Optional.empty(), Optional.empty());
    }

    private Channel channel(String place, Optional<String> image, Optional<String> version) {
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        Settings settings =
                TestSettings.withCore(TestSettings.of(share), image, version, base + "/" + place + "/{channel}.json");
        Folders folders = new Folders(share);
        Duration limit = WITHOUT_END.contains(place) ? LIMIT : Eventually.SOON.multipliedBy(2);
        return new Channel(settings, folders, new State(settings, folders, events), events, limit);
    }

    private void answer(HttpExchange exchange, int status, String text) throws IOException {
        asked.incrementAndGet();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void hang() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
