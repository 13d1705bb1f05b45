package hakube.apps;

import static hakube.apps.AppsHome.NAME;
import static hakube.apps.AppsHome.SAMPLE;
import static hakube.apps.AppsHome.SLUG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.kubernetes.Kind;
import hakube.kubernetes.Labels;
import io.kubernetes.client.openapi.models.CoreV1Event;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings without effect are told once for each version, and never in the way of a start. */
class IgnoredEventTest {

    private static final String IGNORING = SAMPLE + "udev: true\nrealtime: true\n";

    @TempDir
    private Path share;

    private AppsHome home;

    @BeforeEach
    void wake() {
        home = new AppsHome(share).wake();
        home.cluster.autoRun();
    }

    @Test
    void anInstallationTellsTheKeysOnTheDeployment() {
        home.install(IGNORING);

        CoreV1Event event = events().getFirst();
        assertEquals(1, events().size());
        assertEquals("IgnoredSetting", event.getReason());
        assertEquals("Warning", event.getType());
        assertEquals("App local_sample 1.0 sets what has no effect on Kubernetes: udev, realtime", event.getMessage());
        assertEquals("Deployment", event.getInvolvedObject().getKind());
        assertEquals(NAME, event.getInvolvedObject().getName());
        assertEquals(
                home.deployment(NAME).getMetadata().getUid(),
                event.getInvolvedObject().getUid());
    }

    @Test
    void startsAndASecondProcessTellNothingAgain() {
        home.install(IGNORING);
        home.apps.start(SLUG);
        home.apps.restart(SLUG);
        AppsHome next = new AppsHome(share, home.cluster).wake();
        next.apps.restart(SLUG);

        assertEquals(1, events().size());
    }

    @Test
    void anAppWithoutSuchKeysTellsNothing() {
        home.install(SAMPLE);
        home.apps.start(SLUG);

        assertEquals(List.of(), events());
    }

    @Test
    void whereNoEventCanBeMadeTheAppStartsAllTheSame() {
        home.cluster.failOn("create events", new ApiFailure.MissingPermission("create", "events"));

        home.install(IGNORING);
        home.apps.start(SLUG);

        assertEquals(AppState.STARTED, home.apps.state(SLUG));
        assertEquals(List.of(), events());
    }

    @Test
    void anotherVersionOtherKeysAndANewDeploymentAreToldAnew() {
        V1Deployment one = deployment("a", "1", "udev");

        assertTrue(told(one, one).isEmpty());
        assertTrue(told(one, deployment("a", "2", "udev")).isPresent());
        assertTrue(told(one, deployment("a", "1", "udev,realtime")).isPresent());
        assertTrue(told(one, deployment("b", "1", "udev")).isPresent());
    }

    @Test
    void eachContentHasANameOfItsOwn() {
        V1Deployment one = deployment("a", "1", "udev");

        String first = told(null, one).orElseThrow().getMetadata().getName();

        assertTrue(first.matches("local-sample\\.[0-9a-f]{12}"), first);
        assertEquals(first, told(null, one).orElseThrow().getMetadata().getName());
        assertEquals(
                4,
                List.of(
                                one,
                                deployment("a", "2", "udev"),
                                deployment("a", "1", "udev,ulimits"),
                                deployment("b", "1", "udev"))
                        .stream()
                        .map(each ->
                                told(null, each).orElseThrow().getMetadata().getName())
                        .distinct()
                        .count());
    }

    @Test
    void manyKeysAreCutWhereAnEventEnds() {
        String keys = String.join(
                ",",
                IntStream.range(0, 200).mapToObj(at -> "environment.0" + at).toList());

        String message = told(null, deployment("a", "1", keys)).orElseThrow().getMessage();

        assertEquals(1024, message.length());
        assertTrue(message.endsWith("..."), message);
    }

    private List<CoreV1Event> events() {
        return home.watched(Kind.EVENT).all();
    }

    private static Optional<CoreV1Event> told(V1Deployment before, V1Deployment after) {
        List<String> ignored =
                List.of(after.getMetadata().getAnnotations().get(Labels.IGNORED).split(","));
        return IgnoredEvent.of(Optional.ofNullable(before), after, ignored, OffsetDateTime.MIN);
    }

    private static V1Deployment deployment(String uid, String version, String ignored) {
        return new V1Deployment()
                .metadata(new V1ObjectMeta()
                        .name(NAME)
                        .uid(uid)
                        .labels(Map.of(Labels.VERSION, version))
                        .annotations(Map.of(Labels.SLUG, SLUG, Labels.IGNORED, ignored)));
    }
}
