package hakube.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.sun.management.HotSpotDiagnosticMXBean;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.link.FakeCore.Reply;
import hakube.relay.CoreLinkConfig;
import hakube.testing.Logged;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedProxiesTest {

    private static final String PLAIN = "{\"server_port\":8123,\"error\":null}";
    private static final String ON_TRIAL =
            "{\"server_port\":8123,\"use_x_forwarded_for\":true,\"trusted_proxies\":[\"%s\"],\"error\":null}";
    private static final String LOOPBACK = "127.0.0.0/8";

    @TempDir
    private Path share;

    private LinkHouse house;
    private String address;
    private FakeCore link;
    /** Core's own port, as proxies see it. */
    private FakeCore own;

    @BeforeEach
    void furnish() throws Exception {
        house = new LinkHouse(share, "2026.11.0");
        address = LinkHouse.freeAddress();
        link = new FakeCore(address, CoreLinkConfig.PORT).behindLink(house.secret("token"));
        own = new FakeCore(address, 8123);
        own.on("GET /manifest.json", _ -> new Reply(200, "{}"));
    }

    @AfterEach
    void leave() throws Exception {
        house.close();
        link.close();
        own.close();
    }

    @Test
    void whatWasImportedIsTriedAndPromotedAndTheBlockGoes() throws Exception {
        Path storage = Files.createDirectories(share.resolve("homeassistant/.storage"));
        Files.writeString(storage.resolve("http"), "{\"data\":{\"yaml_migration_done\":true}}");
        connect(LOOPBACK, PLAIN, ON_TRIAL.formatted(LOOPBACK));
        LinkHouse.await("the end", () -> types().contains("repairs/ignore_issue"));

        assertEquals(List.of("http/config", "http/config/promote", "repairs/ignore_issue"), types());
        assertTrue(own.requests().stream()
                .anyMatch(request -> request.header("x-forwarded-for").isPresent()));
        assertTrue(!Files.readString(share.resolve("homeassistant/configuration.yaml"))
                .contains("trusted_proxies"));
    }

    @Test
    void whatCoreRefusesAtItsOwnPortIsNotPromoted() throws Exception {
        own.on("GET /manifest.json", _ -> new Reply(400, ""));
        connect(LOOPBACK, PLAIN, ON_TRIAL.formatted(LOOPBACK));
        LinkHouse.await("the try", () -> !own.requests().isEmpty());
        awaitEndOfLook();
        assertEquals(List.of("http/config"), types());
    }

    @Test
    void whoIsNotTrustedCannotTryAndPromotes() throws Exception {
        try (Logged log = Logged.by(TrustedProxies.class)) {
            connect("10.42.0.0/16", PLAIN, ON_TRIAL.formatted("10.42.0.0/16"));
            LinkHouse.await("the promotion", () -> types().contains("http/config/promote"));
            assertTrue(
                    log.lines().stream().anyMatch(line -> line.contains("is no trusted proxy itself")),
                    log.lines().toString());
        }
        assertEquals(
                List.of(),
                own.requests().stream()
                        .filter(request -> request.path().equals("/manifest.json"))
                        .toList());
    }

    @Test
    void aCoreWithItsOwnConfigurationIsGivenOneToTry() throws Exception {
        connect(LOOPBACK, PLAIN, "null");
        LinkHouse.await("the configuration", () -> types().contains("http/config/configure"));
        JsonObject config = link.commands().getLast().getAsJsonObject("config");
        assertEquals(
                "{\"server_port\":8123,\"use_x_forwarded_for\":true,\"trusted_proxies\":[\"127.0.0.0/8\"]}",
                config.toString());
    }

    @Test
    void anOlderCoreIsLeftAlone() throws Exception {
        link.result("http/config", "error");
        begin(LOOPBACK);
        LinkHouse.await("the question", () -> types().contains("http/config"));
        awaitEndOfLook();
        assertEquals(List.of("http/config"), types());
    }

    private void connect(String wanted, String stable, String pending) throws Exception {
        link.result(
                "http/config",
                "{\"stable\":" + stable + ",\"pending\":" + pending + ",\"active_config_type\":\""
                        + (pending.equals("null") ? "stable" : "pending") + "\"}");
        begin(wanted);
    }

    private void begin(String wanted) throws Exception {
        Settings plain = TestSettings.of(share);
        Settings.CoreSettings core = plain.core();
        Settings settings = TestSettings.with(
                plain,
                new Settings.CoreSettings(
                        List.of(wanted),
                        core.serviceName(),
                        core.servicePort(),
                        core.image(),
                        core.version(),
                        core.versionUrl(),
                        core.startTimeout(),
                        core.link(),
                        core.linkPolicy()));
        new TrustedProxies(settings, house.link, house.coreRoom.core(), house.coreRoom.addresses(), house.client)
                .begin();
        house.begin();
        house.runAt(address);
        LinkHouse.await("up", house.link::isUp);
    }

    /** After which nothing more is said to Core; the look runs on a thread of its own, and must have begun. */
    private void awaitEndOfLook() throws Exception {
        LinkHouse.await("the end of the look", () -> !threads().contains("\"trusted-proxies\""));
    }

    /** All of them, also the virtual ones. */
    private String threads() throws Exception {
        Path dump = share.resolve("threads-" + UUID.randomUUID());
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
        return Files.readString(dump);
    }

    /** Of all commands but events. */
    private List<String> types() {
        return link.commands().stream()
                .map(command -> command.get("type").getAsString())
                .filter(type -> !type.equals("supervisor/event"))
                .toList();
    }
}
