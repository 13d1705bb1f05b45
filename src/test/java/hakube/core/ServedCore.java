package hakube.core;

import hakube.access.Caller;
import hakube.access.Callers;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.testing.Administrator;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** A served house with Core on a cluster in memory, and what a client asks it. */
@Singleton
final class ServedCore {

    static final String BACKUP_APP = "ba".repeat(56);
    static final String OK = "{\"result\":\"ok\",\"data\":{}}";

    final Administrator administrator;
    final Core core;
    final FakeCluster cluster;
    private final State state;

    @Inject
    ServedCore(WebTarget target, State state, Core core, Cluster cluster) {
        this.administrator = new Administrator(target);
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

    Invocation.Builder call(String path, String token) {
        return administrator.target().path(path).request().header("X-Supervisor-Token", token);
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
            cluster.put(Kind.SECRET, Administrator.secret());
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
