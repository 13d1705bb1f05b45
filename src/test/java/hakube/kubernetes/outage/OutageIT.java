package hakube.kubernetes.outage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.RealCluster;
import hakube.kubernetes.Sample;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The API server ends, or stops answering, under a port that watches. */
class OutageIT {

    /** The deadline of a call and what a busy machine adds. */
    private static final Duration CALL = Duration.ofSeconds(16);

    private static final Duration RECOVERY = Duration.ofSeconds(20);

    private Space space;
    private RealCluster real;
    private RealCluster elsewhere;
    private Cluster cluster;

    @BeforeEach
    void connect() throws Exception {
        space = ControlPlane.namespace("outage");
        elsewhere = RealCluster.of(space, space.adminKubeconfig());
        real = RealCluster.of(space).watching();
        cluster = real.port();
        cluster.apply(Kind.CONFIG_MAP, Sample.configMap("kept", "one"));
        cluster.apply(Kind.CONFIG_MAP, Sample.configMap("deleted-later", "one"));
    }

    @AfterEach
    void leave() throws Exception {
        real.close();
        elsewhere.close();
        space.close();
    }

    @Test
    void serverThatEndedIsSurvived() throws Exception {
        ControlPlane.stopApiServer();
        try {
            readsGoOn();
            writesFailInTime();
        } finally {
            ControlPlane.startApiServer();
        }

        watchesGoOn();
        cluster.apply(Kind.CONFIG_MAP, Sample.configMap("kept", "written again"));
    }

    @Test
    void serverThatDoesNotAnswerIsSurvived() throws Exception {
        ControlPlane.pauseApiServer();
        try {
            readsGoOn();
            writesFailInTime();
        } finally {
            ControlPlane.resumeApiServer();
        }

        watchesGoOn();
        cluster.apply(Kind.CONFIG_MAP, Sample.configMap("kept", "written again"));
    }

    @Test
    void watchesThatBeginWithoutAServerFailInTimeAndAreThereOnceItIs() throws Exception {
        try (RealCluster late = RealCluster.of(space)) {
            ControlPlane.stopApiServer();
            try {
                ApiFailure failure = assertThrows(
                        ApiFailure.Unavailable.class, () -> late.port().startWatches(Duration.ofSeconds(1)));
                assertTrue(failure.getMessage().contains(late.port().address()), failure.getMessage());
            } finally {
                ControlPlane.startApiServer();
            }

            late.port().startWatches(RECOVERY);

            assertTrue(late.port().watched(Kind.CONFIG_MAP).find("kept").isPresent());
        }
    }

    private void readsGoOn() {
        assertEquals(
                "one",
                cluster.watched(Kind.CONFIG_MAP)
                        .find("kept")
                        .orElseThrow()
                        .getData()
                        .get("key"));
    }

    private void writesFailInTime() {
        failsInTime(() -> cluster.apply(Kind.CONFIG_MAP, Sample.configMap("kept", "two")));
        failsInTime(() -> cluster.delete(Kind.CONFIG_MAP, "kept"));
        assertTrue(cluster.watched(Kind.CONFIG_MAP).find("kept").isPresent());
    }

    private void failsInTime(Executable write) {
        long began = System.nanoTime();
        ApiFailure failure = assertThrows(ApiFailure.Unavailable.class, write);
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        assertTrue(took.compareTo(CALL) < 0, took.toString());
        assertEquals("cluster_unavailable_error", failure.errorKey().orElseThrow());
        assertTrue(failure.getMessage().contains(cluster.address()), failure.getMessage());
    }

    /** Every change since is seen, in every watch. */
    private void watchesGoOn() throws Exception {
        Cluster writer = elsewhere.port();
        writer.delete(Kind.CONFIG_MAP, "deleted-later");
        writer.apply(Kind.DEPLOYMENT, Sample.deployment("made-later"));
        writer.create(Kind.POD, Sample.pod("made-later"), false);

        assertTrue(cluster.watched(Kind.CONFIG_MAP)
                .await(RECOVERY, all -> all.find("deleted-later").isEmpty() ? Optional.of(true) : Optional.empty())
                .isPresent());
        assertTrue(cluster.watched(Kind.DEPLOYMENT)
                .await(RECOVERY, all -> all.find("made-later"))
                .isPresent());
        assertTrue(cluster.watched(Kind.POD)
                .await(RECOVERY, all -> all.find("made-later"))
                .isPresent());
    }
}
