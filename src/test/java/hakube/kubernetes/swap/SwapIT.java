package hakube.kubernetes.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.kubernetes.Cluster.Changed;
import hakube.kubernetes.Kind;
import hakube.kubernetes.RealCluster;
import hakube.kubernetes.Sample;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SwapIT {

    private static final int ROUNDS = 20;

    private static Space space;
    private static RealCluster one;
    private static RealCluster other;

    @BeforeAll
    static void connect() throws Exception {
        space = ControlPlane.namespace("swap");
        one = RealCluster.of(space);
        other = RealCluster.of(space);
    }

    @AfterAll
    static void leave() throws Exception {
        one.close();
        other.close();
        space.close();
    }

    @Test
    void ofTwoWhoSwapTheSameVersionExactlyOneWins() throws Exception {
        one.port().create(Kind.CONFIG_MAP, Sample.configMap("contested", "start"), false);
        for (int round = 0; round < ROUNDS; round++) {
            V1ConfigMap read = one.port().read(Kind.CONFIG_MAP, "contested").orElseThrow();
            String version = read.getMetadata().getResourceVersion();
            int number = round;

            int winner = winnerOf(
                    () -> one.port().swap(Kind.CONFIG_MAP, at(version, "contested", "one " + number)),
                    () -> other.port().swap(Kind.CONFIG_MAP, at(version, "contested", "other " + number)));

            V1ConfigMap after = one.port().read(Kind.CONFIG_MAP, "contested").orElseThrow();
            assertEquals(
                    List.of("one ", "other ").get(winner) + number,
                    after.getData().get("key"));
        }
    }

    @Test
    void ofTwoWhoCreateTheSameNameExactlyOneWins() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String name = "created-" + round;

            int winner = winnerOf(
                    () -> one.port().create(Kind.CONFIG_MAP, Sample.configMap(name, "one"), false),
                    () -> other.port().create(Kind.CONFIG_MAP, Sample.configMap(name, "other"), false));

            V1ConfigMap after = one.port().read(Kind.CONFIG_MAP, name).orElseThrow();
            assertEquals(List.of("one", "other").get(winner), after.getData().get("key"));
        }
    }

    @Test
    void onlyTheVersionThatWasReadIsDeleted() throws Exception {
        V1ConfigMap read = one.port().create(Kind.CONFIG_MAP, Sample.configMap("spent", "start"), false);
        String version = read.getMetadata().getResourceVersion();
        String next = other.port()
                .swap(Kind.CONFIG_MAP, at(version, "spent", "more"))
                .getMetadata()
                .getResourceVersion();

        assertThrows(Changed.class, () -> one.port().delete(Kind.CONFIG_MAP, "spent", version));
        one.port().delete(Kind.CONFIG_MAP, "spent", next);
        assertTrue(one.port().read(Kind.CONFIG_MAP, "spent").isEmpty());
        assertThrows(Changed.class, () -> one.port().delete(Kind.CONFIG_MAP, "spent", next));
    }

    @Test
    void swapOfWhatIsGoneMetAChange() throws Exception {
        V1ConfigMap made = one.port().create(Kind.CONFIG_MAP, Sample.configMap("gone", "start"), false);
        other.port().delete(Kind.CONFIG_MAP, "gone");

        assertThrows(Changed.class, () -> one.port().swap(Kind.CONFIG_MAP, made));
        assertTrue(one.port().read(Kind.CONFIG_MAP, "gone").isEmpty());
    }

    @Test
    void swapOfWhatWasMadeAnewMetAChange() throws Exception {
        V1ConfigMap first = one.port().create(Kind.CONFIG_MAP, Sample.configMap("anew", "first"), false);
        other.port().delete(Kind.CONFIG_MAP, "anew");
        other.port().create(Kind.CONFIG_MAP, Sample.configMap("anew", "second"), false);

        assertThrows(Changed.class, () -> one.port()
                .swap(Kind.CONFIG_MAP, at(first.getMetadata().getResourceVersion(), "anew", "third")));
    }

    @Test
    void dryRunOfACreateStoresNothing() throws Exception {
        one.port().create(Kind.POD, Sample.pod("would-be"), true);

        assertTrue(one.port().read(Kind.POD, "would-be").isEmpty());
    }

    /** 0 or 1; fails unless the one wrote and the other met {@link Changed}. */
    private static int winnerOf(Callable<?> first, Callable<?> second) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> won =
                    List.of(both.submit(() -> wins(start, first)), both.submit(() -> wins(start, second)));
            boolean firstWon = won.getFirst().get();
            assertTrue(firstWon != won.getLast().get(), "both or none won");
            return firstWon ? 0 : 1;
        }
    }

    private static boolean wins(CyclicBarrier start, Callable<?> write) throws Exception {
        start.await();
        try {
            write.call();
            return true;
        } catch (Changed _) {
            return false;
        }
    }

    private static V1ConfigMap at(String version, String name, String value) {
        V1ConfigMap desired = Sample.configMap(name, value);
        desired.getMetadata().resourceVersion(version);
        return desired;
    }
}
