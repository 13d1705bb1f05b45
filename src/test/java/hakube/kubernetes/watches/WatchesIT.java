package hakube.kubernetes.watches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.RealCluster;
import hakube.kubernetes.Sample;
import hakube.kubernetes.Watched;
import hakube.testing.ControlPlane;
import hakube.testing.Eventually;
import hakube.testing.Space;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WatchesIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    private static Space space;
    private static RealCluster real;
    /** Writes what the watches see. */
    private static RealCluster elsewhere;

    @BeforeAll
    static void connect() throws Exception {
        space = ControlPlane.namespace("watches");
        elsewhere = RealCluster.of(space, space.adminKubeconfig());
        elsewhere.port().apply(Kind.CONFIG_MAP, Sample.configMap("before", "there"));
        real = RealCluster.of(space).watching();
    }

    @AfterAll
    static void leave() throws Exception {
        real.close();
        elsewhere.close();
        space.close();
    }

    private final Watched<V1ConfigMap> copy = real.port().watched(Kind.CONFIG_MAP);

    @Test
    void firstListIsThereWhenStartReturns() {
        try (RealCluster late = RealCluster.of(space).watching()) {
            assertEquals(
                    "there",
                    late.port()
                            .watched(Kind.CONFIG_MAP)
                            .find("before")
                            .orElseThrow()
                            .getData()
                            .get("key"));
        }
    }

    @Test
    void changesOfOthersArriveAndSoDoDeletions() {
        elsewhere.port().apply(Kind.CONFIG_MAP, Sample.configMap("lives", "one"));
        assertTrue(arrives("lives", "one"));

        elsewhere.port().apply(Kind.CONFIG_MAP, Sample.configMap("lives", "two"));
        assertTrue(arrives("lives", "two"));

        elsewhere.port().delete(Kind.CONFIG_MAP, "lives");
        assertTrue(leaves("lives"));
    }

    @Test
    void onlyManagedObjectsAreKeptButEveryClaimAndEvent() throws Exception {
        V1ConfigMap unmanaged = Sample.configMap("a-unmanaged", "one");
        unmanaged.getMetadata().labels(Map.of());
        elsewhere.port().apply(Kind.CONFIG_MAP, unmanaged);
        elsewhere.port().apply(Kind.CONFIG_MAP, Sample.configMap("b-managed", "one"));

        assertTrue(arrives("b-managed", "one"));
        assertTrue(copy.find("a-unmanaged").isEmpty());
        new CoreV1Api(space.client())
                .createNamespacedPersistentVolumeClaim(space.name(), Unlabelled.claim("plain"))
                .execute();
        new CoreV1Api(space.client())
                .createNamespacedEvent(space.name(), Unlabelled.event("plain", space.name()))
                .execute();
        assertTrue(real.port()
                .watched(Kind.CLAIM)
                .await(SOON, claims -> claims.find("plain"))
                .isPresent());
        assertTrue(real.port()
                .watched(Kind.EVENT)
                .await(SOON, events -> events.find("plain"))
                .isPresent());
    }

    @Test
    void objectThatLosesItsLabelLeavesTheCopy() {
        elsewhere.port().apply(Kind.CONFIG_MAP, Sample.configMap("relabelled", "one"));
        assertTrue(arrives("relabelled", "one"));

        V1ConfigMap without = Sample.configMap("relabelled", "one");
        without.getMetadata().labels(Map.of());
        elsewhere.port().apply(Kind.CONFIG_MAP, without);

        assertTrue(leaves("relabelled"));
    }

    @Test
    void waitEndsAtItsDeadline() {
        long began = System.nanoTime();

        assertTrue(copy.await(Duration.ofMillis(300), all -> all.find("never")).isEmpty());

        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertTrue(took.toMillis() >= 300 && took.toMillis() < 3000, took.toString());
    }

    @Test
    void revisionGrowsWithAChangeAndOnlyThen() {
        elsewhere.port().apply(Kind.CONFIG_MAP, Sample.configMap("counted", "one"));
        assertTrue(arrives("counted", "one"));
        Watched<?> untouched = real.port().watched(Kind.STATEFUL_SET);
        long before = copy.revision();
        long beforeUntouched = untouched.revision();

        elsewhere.port().apply(Kind.CONFIG_MAP, Sample.configMap("counted", "two"));

        assertTrue(arrives("counted", "two"));
        assertTrue(copy.revision() > before);
        assertEquals(beforeUntouched, untouched.revision());
    }

    @Test
    void listenerHearsChangesInTheirOrderUntilItCloses() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        Watched.Subscription subscription = copy.onChange(change -> {
            String name = change.object().getMetadata().getName();
            if (name.startsWith("heard")) {
                heard.add(
                        switch (change) {
                            case Watched.Change.Present<V1ConfigMap> present ->
                                present.before().isPresent() ? "changed " + name : "new " + name;
                            case Watched.Change.Gone<V1ConfigMap> _ -> "gone " + name;
                        });
            }
        });
        Cluster writer = elsewhere.port();
        writer.apply(Kind.CONFIG_MAP, Sample.configMap("heard", "one"));
        writer.apply(Kind.CONFIG_MAP, Sample.configMap("heard", "two"));
        writer.delete(Kind.CONFIG_MAP, "heard");
        writer.apply(Kind.CONFIG_MAP, Sample.configMap("heard-last", "one"));
        assertTrue(arrives("heard-last", "one"));
        Eventually.holds("four changes are told", SOON, () -> heard.size() >= 4);
        assertEquals(List.of("new heard", "changed heard", "gone heard", "new heard-last"), heard);

        subscription.close();
        writer.delete(Kind.CONFIG_MAP, "heard-last");
        assertTrue(leaves("heard-last"));
        assertEquals(4, heard.size());
    }

    @Test
    void kindThatIsNotWatchedIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> real.port().watched(Kind.NETWORK_POLICY));
    }

    private boolean arrives(String name, String value) {
        return copy.await(SOON, all -> all.find(name)
                        .filter(found -> value.equals(found.getData().get("key"))))
                .isPresent();
    }

    private boolean leaves(String name) {
        return copy.await(SOON, all -> all.find(name).isEmpty() ? Optional.of(true) : Optional.empty())
                .isPresent();
    }
}
