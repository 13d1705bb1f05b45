package hakube.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.access.Caller;
import hakube.access.Callers;
import hakube.access.Tokens;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.state.State;
import hakube.state.SupervisorState;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;

/** A served house with Core on a cluster in memory, and what a client asks it. */
@Singleton
final class ServedCore {

    static final String ADMINISTRATOR = "ad".repeat(56);
    static final String BACKUP_APP = "ba".repeat(56);
    static final String OK = "{\"result\":\"ok\",\"data\":{}}";

    final Core core;
    final FakeCluster cluster;
    private final WebTarget target;
    private final State state;

    @Inject
    ServedCore(WebTarget target, State state, Core core, Cluster cluster) {
        this.target = target;
        this.state = state;
        this.core = core;
        this.cluster = (FakeCluster) cluster;
    }

    /** Core is there and stopped, as after its installation. */
    void install() {
        state.enter(SupervisorState.RUNNING);
        cluster.autoRun();
        core.change(known -> CoreOptions.INITIAL);
        core.install();
    }

    void stop() {
        cluster.recover();
        core.stop();
    }

    /** As the administrator. */
    Invocation.Builder call(String path) {
        return call(path, ADMINISTRATOR);
    }

    Invocation.Builder call(String path, String token) {
        return target.path(path).request().header("X-Supervisor-Token", token);
    }

    /** As Core and the CLI do: the content type is that of no JSON. */
    String post(String path, String body, int status) {
        return text(status, call(path).post(body == null ? null : Entity.entity(body, "application/octet-stream")));
    }

    /** The body of an answer with that status. */
    static String text(int status, Response answer) {
        try (answer) {
            String text = answer.readEntity(String.class);
            assertEquals(status, answer.getStatus(), text);
            return text;
        }
    }

    /** Its parts that are simulated. */
    @Singleton
    @Alternative
    @Priority(1)
    static class House {

        @Produces
        @Singleton
        Settings settings() throws IOException {
            return TestSettings.withCore(
                    TestSettings.of(Files.createTempDirectory("share")),
                    Optional.of("localhost/core"),
                    Optional.of("2026.11.0"),
                    "http://localhost:9/");
        }

        @Produces
        @Singleton
        Cluster cluster() {
            FakeCluster cluster = new FakeCluster();
            cluster.put(
                    Kind.SECRET,
                    new V1Secret()
                            .metadata(new V1ObjectMeta()
                                    .name(Tokens.ADMINISTRATOR_SECRET)
                                    .labels(Map.of("io.hass.managed", "true")))
                            .data(Map.of(Tokens.KEY, ADMINISTRATOR.getBytes(StandardCharsets.UTF_8))));
            return cluster;
        }

        @Produces
        @Singleton
        Callers callers() {
            return token -> token.equals(BACKUP_APP)
                    ? Optional.of(new Caller.App("local_a", true, Caller.Role.BACKUP, false, false))
                    : Optional.empty();
        }
    }
}
