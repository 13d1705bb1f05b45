package hakube.ports.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.events.Events;
import hakube.kubernetes.Kind;
import hakube.kubernetes.RealCluster;
import hakube.kubernetes.Sample;
import hakube.ports.ExternalPort;
import hakube.ports.ExternalPort.Protocol;
import hakube.ports.PortEntry;
import hakube.ports.PortRegistry;
import hakube.resolution.Issues;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two Supervisors, each with its own copy of the cluster. */
class PortRegistryIT {

    private static final int ROUNDS = 20;
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String NAME = "supervisor-port-registry";

    private Space space;
    private RealCluster one;
    private RealCluster other;
    private PortRegistry ours;
    private PortRegistry theirs;

    @BeforeEach
    void connect() throws Exception {
        space = ControlPlane.namespace("port-registry");
        one = RealCluster.of(space).watching();
        other = RealCluster.of(space).watching();
        ours = registry(one);
        theirs = registry(other);
    }

    @AfterEach
    void leave() throws Exception {
        one.close();
        other.close();
        space.close();
    }

    @Test
    void ofTwoWhoClaimTheSamePortExactlyOneHasItAndTheOtherIsToldWho() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ExternalPort port = new ExternalPort(2000 + round, Protocol.TCP);

            List<String> refusals = atOnce(
                    () -> ours.claim("app_one", "app-one", Map.of(port, 80)),
                    () -> theirs.claim("app_other", "app-other", Map.of(port, 80)));

            assertEquals(1, refusals.size(), "round " + round);
            PortEntry winner = stored().getFirst();
            assertEquals(List.of(winner.slug()), refusals);
            assertEquals(1, stored().size());
            ours.release("app_one");
            theirs.release("app_other");
        }
    }

    @Test
    void ofTwoWhoClaimDifferentPortsBothHaveTheirs() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String suffix = "_" + round;
            ExternalPort tcp = new ExternalPort(3000 + round, Protocol.TCP);
            ExternalPort udp = new ExternalPort(3000 + round, Protocol.UDP);

            List<String> refusals = atOnce(
                    () -> ours.claim("one" + suffix, "one", Map.of(tcp, 80)),
                    () -> theirs.claim("other" + suffix, "other", Map.of(udp, 53)));

            assertEquals(List.of(), refusals);
        }
        assertEquals(
                2 * ROUNDS,
                stored().stream()
                        .map(PortEntry::slug)
                        .collect(Collectors.toCollection(TreeSet::new))
                        .size());
    }

    @Test
    void claimIsSeenByTheOtherSupervisor() {
        ours.claim("app", "app", Map.of(new ExternalPort(1883, Protocol.TCP), 1883));

        assertTrue(other.port()
                .watched(Kind.CONFIG_MAP)
                .await(SOON, _ -> theirs.entries().stream().findFirst())
                .isPresent());
        assertEquals("app", theirs.entries().getFirst().slug());
    }

    @Test
    void documentIsOfTheOriginalsForm() {
        ours.claim("core_mosquitto", "core-mosquitto", Map.of(new ExternalPort(1883, Protocol.TCP), 1884));

        V1ConfigMap stored = one.port().read(Kind.CONFIG_MAP, NAME).orElseThrow();
        assertEquals(
                "{\"1883/tcp\":{\"addon\":\"core_mosquitto\",\"service\":\"core-mosquitto\",\"targetPort\":1884,"
                        + "\"protocol\":\"tcp\"}}",
                stored.getData().get("registry.json"));
        assertEquals("true", stored.getMetadata().getLabels().get("io.hass.managed"));
    }

    @Test
    void otherKeysOfTheConfigMapStay() {
        V1ConfigMap shared = Sample.configMap(NAME, "of somebody else");
        one.port().apply(Kind.CONFIG_MAP, shared);

        ours.claim("app", "app", Map.of(new ExternalPort(1883, Protocol.TCP), 1883));

        assertEquals(
                "of somebody else",
                one.port().read(Kind.CONFIG_MAP, NAME).orElseThrow().getData().get("key"));
    }

    @Test
    void damagedRegistryIsNamedLeftAsItIsAndGoodAgainOnceMended() {
        String damaged = "{\"1883/tcp\": {\"addon\": \"app\"";
        V1ConfigMap broken = Sample.configMap(NAME, "x").putDataItem("registry.json", damaged);
        one.port().apply(Kind.CONFIG_MAP, broken);
        Map<ExternalPort, Integer> port = Map.of(new ExternalPort(1883, Protocol.TCP), 1883);

        ApiFailure failure = assertThrows(ApiFailure.Internal.class, () -> ours.claim("app", "app", port));
        assertTrue(failure.getMessage().contains("registry.json of ConfigMap " + NAME), failure.getMessage());
        assertEquals(
                damaged,
                one.port().read(Kind.CONFIG_MAP, NAME).orElseThrow().getData().get("registry.json"));

        one.port().delete(Kind.CONFIG_MAP, NAME);
        ours.claim("app", "app", port);
        assertEquals("app", stored().getFirst().slug());
    }

    /** What the cluster has, whatever the copies say. */
    private List<PortEntry> stored() {
        try (RealCluster fresh = RealCluster.of(space).watching()) {
            return registry(fresh).entries();
        }
    }

    /** The owners that refusals name. */
    private static List<String> atOnce(Runnable first, Runnable second) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers =
                    List.of(both.submit(() -> owner(start, first)), both.submit(() -> owner(start, second)));
            return List.of(answers.getFirst().get(), answers.getLast().get()).stream()
                    .filter(owner -> !owner.isEmpty())
                    .toList();
        }
    }

    private static String owner(CyclicBarrier start, Runnable claim) throws Exception {
        start.await();
        try {
            claim.run();
            return "";
        } catch (ApiFailure.BadRequest refusal) {
            assertEquals("app_port_conflict", refusal.errorKey().orElseThrow());
            return refusal.extraFields().get("owner").toString();
        }
    }

    private static PortRegistry registry(RealCluster real) {
        return new PortRegistry(real.port(), real.settings(), new Issues(new Events()));
    }
}
