package hakube.access;

import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.state.FeatureFlag;
import hakube.state.State;
import hakube.testing.Features;
import hakube.testing.TokenSecret;
import io.kubernetes.client.openapi.models.V1Secret;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;

/** A house on a cluster in memory that knows every {@link Visitor}. */
@Singleton
@Alternative
@Priority(1)
class VisitorsHouse {

    /** A start at which the second version of the API was asked for. */
    void start(@Observes @Initialized(ApplicationScoped.class) Object ready, State state) {
        Features.startWith(state, FeatureFlag.SUPERVISOR_V2_API);
    }

    @Produces
    @Singleton
    Settings settings() throws IOException {
        // Nobody answers there: a test asks nothing of the world.
        return TestSettings.withCore(
                TestSettings.of(Files.createTempDirectory("share")),
                Optional.of("localhost/core"),
                Optional.of("2026.11.0"),
                "http://127.0.0.1:1/{channel}.json");
    }

    @Produces
    @Singleton
    Cluster cluster() {
        FakeCluster cluster = new FakeCluster();
        cluster.put(Kind.SECRET, secret(Tokens.CORE_SECRET, Visitor.CORE));
        cluster.put(Kind.SECRET, secret(Tokens.ADMINISTRATOR_SECRET, Visitor.ADMINISTRATOR));
        return cluster;
    }

    @Produces
    @Singleton
    Callers callers() {
        return Visitor::appOf;
    }

    @Produces
    @Singleton
    LeakedPasswords leakedPasswords(Security security) {
        return new LeakedPasswords(security, Optional.of(URI.create("http://127.0.0.1:1/")), Duration.ofSeconds(1));
    }

    static V1Secret secret(String name, Visitor visitor) {
        return TokenSecret.of(name, visitor.token());
    }

    /** Ends a request that says so before the resource does anything: who comes here was let in. */
    @Provider
    @ApplicationScoped
    public static class Doorstep implements ContainerRequestFilter {

        static final String HEADER = "X-Doorstep";
        static final int REACHED = 299;

        @Override
        public void filter(ContainerRequestContext request) {
            if (request.getHeaderString(HEADER) != null) {
                request.abortWith(Response.status(REACHED).build());
            }
        }
    }
}
