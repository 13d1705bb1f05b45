package hakube.resolution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.access.Callers;
import hakube.access.Tokens;
import hakube.api.ApiFailure;
import hakube.api.Endpoint;
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
import java.util.Set;

/** A served house with a check and a fix-up of its own beside those of the rooms, and what a client asks it. */
@Singleton
final class ServedResolution {

    static final String OK = "{\"result\":\"ok\",\"data\":{}}";
    private static final String ADMINISTRATOR = "ad".repeat(56);

    static final SampleCheck CHECK = new SampleCheck("backups");
    static final Mending MENDING = new Mending();

    final Issues issues;
    private final WebTarget target;
    private final State state;

    @Inject
    ServedResolution(WebTarget target, State state, Issues issues) {
        this.target = target;
        this.state = state;
        this.issues = issues;
    }

    void open() {
        state.enter(SupervisorState.RUNNING);
    }

    /** Nothing is the matter any more, and every check is on. */
    void tidy() {
        CHECK.matter.clear();
        MENDING.isBroken = false;
        issues.open().forEach(issues::close);
        post("/resolution/check/backups/options", "{\"enabled\": true}", 200);
    }

    JsonObject info() {
        return data("/resolution/info");
    }

    JsonArray issuesNow() {
        return info().getAsJsonArray("issues");
    }

    /** The identity of the first suggestion. */
    String suggestion() {
        return issues.suggestions().getFirst().uuid();
    }

    /** What the contract says about the answer. */
    static String shape(String path) {
        return Endpoint.all().stream()
                .filter(row -> row.method().equals("GET") && row.v1().equals(Optional.of(path)))
                .findFirst()
                .orElseThrow()
                .response();
    }

    /** What a good answer holds. */
    JsonObject data(String path) {
        return JsonParser.parseString(text(200, call(path).get()))
                .getAsJsonObject()
                .getAsJsonObject("data");
    }

    Invocation.Builder call(String path) {
        return target.path(path).request().header("X-Supervisor-Token", ADMINISTRATOR);
    }

    String post(String path, String body, int status) {
        return text(status, call(path).post(body == null ? null : Entity.entity(body, "application/octet-stream")));
    }

    static String text(int status, Response answer) {
        try (answer) {
            String text = answer.readEntity(String.class);
            assertEquals(status, answer.getStatus(), text);
            return text;
        }
    }

    /** Mends {@code boot_fail}, or does not. */
    static final class Mending implements Fixup {

        volatile boolean isBroken;
        volatile String last;

        @Override
        public String suggestion() {
            return "execute_start";
        }

        @Override
        public String context() {
            return "addon";
        }

        @Override
        public Set<String> issues() {
            return Set.of("boot_fail");
        }

        @Override
        public boolean isAutomatic() {
            return true;
        }

        @Override
        public void apply(Suggestion suggestion) {
            last = suggestion.reference();
            if (isBroken) {
                throw new ApiFailure.BadRequest("App " + last + " could not start successfully");
            }
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
            return TestSettings.of(Files.createTempDirectory("share"));
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
            return token -> Optional.empty();
        }
    }

    /** Beside those of the rooms. */
    @Singleton
    static class Samples {

        @Produces
        @Singleton
        Check check() {
            return CHECK;
        }

        @Produces
        @Singleton
        Fixup fixup() {
            return MENDING;
        }
    }
}
