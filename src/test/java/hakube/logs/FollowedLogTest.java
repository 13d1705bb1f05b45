package hakube.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.testing.Eventually;
import io.kubernetes.client.openapi.models.V1ContainerState;
import io.kubernetes.client.openapi.models.V1ContainerStateRunning;
import io.kubernetes.client.openapi.models.V1ContainerStateTerminated;
import io.kubernetes.client.openapi.models.V1ContainerStateWaiting;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A workload whose container ends and begins again, seen by who follows its log. */
class FollowedLogTest {

    private static final LogSource.Workload SOURCE = new LogSource.Workload("sample", Map.of("app", "sample"), "main");
    private static final V1ContainerState RUNNING = new V1ContainerState().running(new V1ContainerStateRunning());
    private static final V1ContainerState WAITING =
            new V1ContainerState().waiting(new V1ContainerStateWaiting().reason("CrashLoopBackOff"));
    private static final V1ContainerState ENDED =
            new V1ContainerState().terminated(new V1ContainerStateTerminated().exitCode(1));

    private final FakeCluster cluster = new FakeCluster();
    private final FollowedLog log = new FollowedLog(
            cluster,
            LogRuns.of(cluster, SOURCE),
            "main",
            new FollowedLog.Begin(100, -1),
            new FollowedLog.Patience(Duration.ofSeconds(20), Duration.ofMillis(20)));

    @Test
    void goesOnWithTheNextRunOfTheContainer() {
        cluster.logs("pod", line(1, "first") + line(2, "run"));
        pod(0, ENDED);
        assertEquals("first", log.next().message());
        assertEquals("run", log.next().message());
        pod(0, WAITING);
        afterwards(() -> {
            cluster.logs("pod", line(3, "second"));
            pod(1, RUNNING);
        });
        assertEquals("second", log.next().message());
    }

    @Test
    void waitsForAContainerThatHasNotBegun() {
        pod(0, WAITING);
        cluster.logs("pod", line(1, "there"));
        afterwards(() -> pod(0, RUNNING));
        assertEquals("there", log.next().message());
    }

    @Test
    void aStreamThatWasCutIsResumedWithoutRepeatingAnything() {
        cluster.logs("pod", line(1, "one") + line(1, "two") + line(2, "three"));
        pod(0, RUNNING);
        for (String message : new String[] {"one", "two", "three"}) {
            assertEquals(message, log.next().message());
        }
        cluster.logs("pod", line(1, "one") + line(1, "two") + line(2, "three") + line(2, "four"));
        assertEquals("four", log.next().message());
    }

    @Test
    void whoIsSilentForTooManyStreamsIsNoLongerFollowed() {
        cluster.logs("pod", line(1, "one"));
        pod(0, RUNNING);
        log.next();
        assertFalse(log.hasNext());
    }

    /** Whoever asked for it a moment before the client left must not fail. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEntryThatWasPromisedIsGivenWhenTheClientLeaves(boolean isInterrupted) throws IOException {
        cluster.logs("pod", line(1, "one") + line(2, "two"));
        pod(0, RUNNING);
        assertTrue(log.hasNext());
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        } else {
            log.close();
        }
        assertEquals("one", log.next().message());
        assertFalse(log.hasNext());
        assertEquals(isInterrupted, Thread.interrupted());
    }

    @Test
    void aLimitDoesNotEndWhatIsFollowed() throws IOException {
        cluster.logs("pod", line(1, "one") + line(2, "two") + line(3, "three"));
        pod(0, RUNNING);
        LogQuery query = LogQuery.of(null, null, "entries=:0:1", false, false, false, true, false);
        ByteArrayOutputStream client = new ByteArrayOutputStream();
        Logs logs = SampleLogs.of(cluster, new FollowedLog.Patience(Duration.ofMillis(20), Duration.ofMillis(20)));
        logs.open(SOURCE, query).writeTo(client);
        assertEquals("one\ntwo\nthree\n", client.toString(StandardCharsets.UTF_8));
    }

    /** Just then people look. */
    @Test
    void whoCrashedShowsTheLogOfItsLastRun() throws IOException {
        cluster.logs("pod", line(1, "why it crashed"));
        pod(3, WAITING);
        assertEquals("why it crashed\n", whole());
    }

    @Test
    void whatHasNotBegunHasNoLog() throws IOException {
        cluster.logs("pod", line(1, "of another time"));
        pod(0, WAITING);
        assertEquals("", whole());
    }

    @Test
    void aLogThatIsGoneWithItsContainerIsEmpty() throws IOException {
        pod(3, WAITING);
        cluster.failOn("log", new ApiFailure.BadRequest("container \"main\" in pod \"pod\" is waiting to start"));
        assertEquals("", whole());
        pod(3, RUNNING);
        assertThrows(ApiFailure.BadRequest.class, this::whole);
    }

    @Test
    void aFailureBeforeTheFirstEntryIsTold() {
        pod(0, RUNNING);
        cluster.failOn("log", new ApiFailure.MissingPermission("get", "pods/log"));
        assertThrows(ApiFailure.MissingPermission.class, log::hasNext);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, false",
        "0, 1, false",
        "3, 0, false",
        "3, 2, false",
        "3, -1, true",
        "3, 1, true",
        "3, 1d0c, false",
        "3, 0ld1, true",
    })
    void aBootIsAnOffsetOrAContainer(int restarts, String boot, boolean isPrevious) {
        pod(restarts, RUNNING);
        assertEquals(isPrevious, SampleLogs.of(cluster).isPrevious(SOURCE, boot));
    }

    @ParameterizedTest
    @CsvSource({"0, -1, 1", "0, 2, 1", "0, 0ld1, 1", "3, -2, 2", "3, 3, 2", "3, x, 2", "3, '', 2"})
    void anotherBootIsRefusedWithTheirNumber(int restarts, String boot, int boots) {
        pod(restarts, RUNNING);
        assertEquals(
                "Logs only contain " + boots + " boots",
                assertThrows(ApiFailure.BadRequest.class, () -> SampleLogs.of(cluster)
                                .isPrevious(SOURCE, boot))
                        .getMessage());
    }

    private String whole() throws IOException {
        LogQuery query = LogQuery.of(null, null, null, false, false, true, false, false);
        ByteArrayOutputStream client = new ByteArrayOutputStream();
        SampleLogs.of(cluster).open(SOURCE, query).writeTo(client);
        return client.toString(StandardCharsets.UTF_8);
    }

    /** On another thread, as soon as this one waits for it. */
    private void afterwards(Runnable change) {
        Thread test = Thread.currentThread();
        Thread.ofVirtual().start(() -> {
            Eventually.holds("the test waits", () -> test.getState() == Thread.State.TIMED_WAITING);
            change.run();
        });
    }

    private void pod(int restarts, V1ContainerState state) {
        V1ContainerStatus status = new V1ContainerStatus()
                .name("main")
                .image("localhost/sample")
                .imageID("")
                .containerID("containerd://1d0c")
                .ready(true)
                .restartCount(restarts)
                .state(state);
        if (restarts > 0) {
            status.lastState(new V1ContainerState()
                    .terminated(new V1ContainerStateTerminated().exitCode(1).containerID("containerd://0ld1")));
        }
        cluster.put(
                Kind.POD,
                new V1Pod()
                        .metadata(new V1ObjectMeta()
                                .name("pod")
                                .labels(Map.of("app", "sample", "io.hass.managed", "true")))
                        .spec(new V1PodSpec())
                        .status(new V1PodStatus().addContainerStatusesItem(status)));
    }

    private static String line(int second, String message) {
        return "2026-11-25T10:00:0" + second + "Z " + message + "\n";
    }
}
