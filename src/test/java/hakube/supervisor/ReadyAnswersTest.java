package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.access.Tokens;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.jobs.Job;
import hakube.jobs.Jobs;
import hakube.jobs.Work;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.state.FeatureFlag;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.testing.Eventually;
import hakube.testing.Features;
import hakube.testing.TokenSecret;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceSpec;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@HelidonTest
@AddBean(ReadyAnswersTest.House.class)
@AddBean(ReadyAnswersTest.Made.class)
@AddConfig(key = "management.port", value = "0")
class ReadyAnswersTest {

    static final String CORE = "c0".repeat(56);
    private static final String ADMINISTRATOR = "ad".repeat(56);
    private static final AtomicInteger MADE = new AtomicInteger();

    private final WebTarget target;
    private final State state;
    private final FakeCluster cluster;
    private final Jobs jobs;
    private final Events events;

    @Inject
    ReadyAnswersTest(WebTarget target, State state, Cluster cluster, Jobs jobs, Events events) {
        this.jobs = jobs;
        this.events = events;
        this.target = target;
        this.state = state;
        this.cluster = (FakeCluster) cluster;
    }

    @BeforeEach
    void open() {
        state.enter(SupervisorState.RUNNING);
        // Another revision for each test.
        address("10.96.0." + (1 + MADE.get() % 200));
        MADE.set(0);
    }

    @Test
    void anUnchangedAnswerIsMadeOnceForEachCaller() {
        String first = get("/core/info", CORE);
        assertMostAreKept(() -> assertEquals(first, get("/core/info", CORE)));
        assertMostAreKept(() -> assertEquals(first, get("/core/info", ADMINISTRATOR)));
    }

    @Test
    void whatNeedsNoTokenIsKeptToo() {
        assertMostAreKept(() -> assertEquals("{\"result\":\"ok\",\"data\":{}}", get("/supervisor/ping", null)));
        assertTrue(get("/core/info", CORE).contains("\"ok\""));
        assertEquals(401, target.path("/core/info").request().get().getStatus());
    }

    @Test
    void aChangeInTheClusterIsSeenAtOnce() {
        address("10.96.7.7");
        assertTrue(get("/core/info", CORE).contains("\"10.96.7.7\""), get("/core/info", CORE));

        address("10.96.7.8");

        assertTrue(get("/core/info", CORE).contains("\"10.96.7.8\""));
    }

    @Test
    void aChangeByAnotherRequestIsSeenAtOnce() {
        assertTrue(get("/core/info", CORE).contains("\"watchdog\":true"));

        post("/core/options", "{\"watchdog\": false}");

        assertTrue(get("/core/info", CORE).contains("\"watchdog\":false"));
        post("/core/options", "{\"watchdog\": true}");
    }

    @Test
    void aChangedStateIsSeenAtOnce() {
        assertTrue(get("/info", CORE).contains("\"state\":\"running\""));

        state.enter(SupervisorState.FREEZE);

        assertTrue(get("/info", CORE).contains("\"state\":\"freeze\""));
    }

    @Test
    void whatBecomesOfAJobIsSeenAtOnce() {
        String idle = get("/jobs/info", CORE);
        assertTrue(idle.contains("\"jobs\":[]"), idle);
        jobs.run(Work.of("app_start", "local_a"), () -> {
            assertTrue(get("/jobs/info", CORE).contains("\"progress\":0.0"));
            Job.progressed(40);
            assertTrue(get("/jobs/info", CORE).contains("\"progress\":40.0"));
        });
        assertEquals(idle, get("/jobs/info", CORE));
    }

    @Test
    void whetherItIsSupportedIsSeenAtOnce() {
        assertTrue(get("/info", CORE).contains("\"supported\":true"));
        events.fire(new SupervisorEvent.JobConditionsIgnored(List.of("healthy")));
        assertTrue(get("/info", CORE).contains("\"supported\":false"));
        events.fire(new SupervisorEvent.JobConditionsIgnored(List.of()));
        assertTrue(get("/info", CORE).contains("\"supported\":true"));
    }

    @Test
    void aListWithoutStatesIsKeptForLongerThanOthers() {
        long end = System.nanoTime() + ReadyAnswer.LIFE.multipliedBy(4).toNanos();
        while (System.nanoTime() - end < 0) {
            get("/store", CORE);
        }
        assertTrue(MADE.get() <= 2, MADE + " times");
    }

    @Test
    void aFailureIsNeverKept() {
        for (int again = 0; again < 2; again++) {
            try (Response answer = target.path("/addons/local_none/info")
                    .request()
                    .header("X-Supervisor-Token", CORE)
                    .get()) {
                assertEquals(404, answer.getStatus());
            }
        }
        assertEquals(2, MADE.get());
    }

    @Test
    void theSecondVersionIsKeptByItself() {
        Features.startWith(state, FeatureFlag.SUPERVISOR_V2_API);
        String first = get("/supervisor/info", CORE);
        String second = get("/v2/supervisor/info", CORE);
        assertTrue(first.contains("\"wait_boot\":5") && !second.contains("wait_boot"), first + second);
        assertMostAreKept(
                () -> assertEquals(second, get("/v2/supervisor/info", CORE)),
                () -> assertEquals(first, get("/supervisor/info", CORE)));

        post("/v2/supervisor/options", "{\"country\": \"DE\"}");
        assertTrue(get("/v2/supervisor/info", CORE).contains("\"country\":\"DE\""));
    }

    /** Each is kept for a second, within which a busy machine may not even ask twice: then it is tried again. */
    static void assertMostAreKept(Runnable... requests) {
        int rounds = 6;
        Eventually.holds("most answers are kept ones", () -> {
            MADE.set(0);
            for (int i = 0; i < rounds; i++) {
                Stream.of(requests).forEach(Runnable::run);
            }
            return MADE.get() <= requests.length * rounds / 2;
        });
    }

    private String get(String path, String token) {
        try (Response answer =
                target.path(path).request().header("X-Supervisor-Token", token).get()) {
            assertEquals(200, answer.getStatus());
            return answer.readEntity(String.class);
        }
    }

    private void post(String path, String body) {
        try (Response answer =
                target.path(path).request().header("X-Supervisor-Token", CORE).post(Entity.json(body))) {
            assertEquals(200, answer.getStatus(), answer.readEntity(String.class));
        }
    }

    private void address(String ip) {
        cluster.put(
                Kind.SERVICE,
                new V1Service()
                        .metadata(new V1ObjectMeta().name("homeassistant").labels(Map.of("io.hass.managed", "true")))
                        .spec(new V1ServiceSpec().clusterIP(ip).clusterIPs(List.of(ip))));
    }

    /** Counts the answers that JAX-RS makes. */
    @Provider
    @ApplicationScoped
    static class Made implements ContainerResponseFilter {

        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            MADE.incrementAndGet();
        }
    }

    /** A house on a cluster in memory. */
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
            FakeCluster fake = new FakeCluster();
            fake.put(Kind.SECRET, TokenSecret.of(Tokens.CORE_SECRET, CORE));
            fake.put(Kind.SECRET, TokenSecret.of(Tokens.ADMINISTRATOR_SECRET, ADMINISTRATOR));
            return fake;
        }
    }
}
