package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.state.State;
import hakube.state.SupervisorState;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever asks for news gets them from the update channel. */
@HelidonTest
@AddBean(SupervisorHouse.class)
@AddBean(RefreshTest.Publisher.class)
@AddConfig(key = "management.port", value = "0")
class RefreshTest {

    private final Asked asked;
    private final State state;
    private final Publisher publisher;

    @Inject
    RefreshTest(WebTarget target, State state, Publisher publisher) {
        this.asked = new Asked(target);
        this.state = state;
        this.publisher = publisher;
    }

    @BeforeEach
    void open() {
        state.enter(SupervisorState.RUNNING);
    }

    @ParameterizedTest
    @CsvSource({"/supervisor/reload, 2031.1.1", "/reload_updates, 2031.1.2", "/refresh_updates, 2031.1.3"})
    void theNewestVersionIsLearnt(String path, String version) {
        publisher.version = version;
        String latest = "\"version_latest\":\"" + version + "\"";
        assertFalse(asked.text("/core/info").contains(latest));

        assertEquals("{\"result\":\"ok\",\"data\":{}}", asked.post(200, path, ""));

        assertTrue(asked.text("/core/info").contains(latest), asked.text("/core/info"));
    }

    /** Serves the file of the channel, in the place of settings that fix the version. */
    @Alternative
    @Priority(2)
    @Singleton
    static class Publisher {

        private final HttpServer server;
        private volatile String version = "2026.11.0";

        Publisher() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/stable.json", exchange -> {
                byte[] file = """
                        {"channel": "stable", "supervisor": "2026.11.0", "homeassistant": {"default": "%s"},
                         "images": {"core": "localhost/core"}}
                        """.formatted(version).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, file.length);
                try (exchange) {
                    exchange.getResponseBody().write(file);
                }
            });
            server.start();
        }

        @Produces
        @Singleton
        Settings settings() throws IOException {
            return TestSettings.withCore(
                    TestSettings.of(Files.createTempDirectory("share")),
                    Optional.empty(),
                    Optional.empty(),
                    "http://127.0.0.1:" + server.getAddress().getPort() + "/{channel}.json");
        }

        @PreDestroy
        void end() {
            server.stop(0);
        }
    }
}
