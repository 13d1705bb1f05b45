package hakube.apps;

import static hakube.apps.AppsHome.NAME;
import static hakube.apps.AppsHome.SLUG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1DeploymentCondition;
import io.kubernetes.client.openapi.models.V1DeploymentStatus;
import io.kubernetes.client.openapi.models.V1Pod;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How ingress comes to the one address that apps trust. */
class AppRelayTest {

    private static final String WEB = """
            name: Sample
            version: 1.0.0
            slug: sample
            description: For tests
            arch: [amd64, aarch64]
            image: localhost/sample
            ingress: true
            ingress_port: 8099
            """;
    private static final String DATABASE = WEB.replace(
            "ingress: true\ningress_port: 8099\n", "services: [\"mysql:provide\"]\nports: {3306/tcp: 13306}\n");
    private static final String DRY_RUN = "try pods";

    @TempDir
    private Path share;

    private final FakeCluster cluster = new FakeCluster();
    private final List<String> tried = new ArrayList<>();

    @Test
    void ingressDialsTheRelayOfThePodWithItsToken() {
        AppsHome home = running(true, WEB);

        AppIngress.Door door = door(home);

        assertEquals(List.of("ingress-address", "ingress-relay"), initContainers(home));
        assertEquals(65501, door.address().orElseThrow().getPort());
        assertEquals(secret(home), door.relayToken().orElseThrow());
        assertFalse(door.toString().contains(secret(home)));
    }

    @Test
    void eachStartHasAnotherToken() {
        AppsHome home = running(true, WEB);
        String before = secret(home);

        home.apps.restart(SLUG);

        assertNotEquals(before, secret(home));
        assertEquals(secret(home), door(home).relayToken().orElseThrow());
    }

    @Test
    void anAppThatHasThePortItselfKeepsIt() {
        AppsHome home = running(true, WEB + "ports: {65501/tcp: null, 65502/udp: null}\n");

        assertEquals(65502, door(home).address().orElseThrow().getPort());
    }

    /** The relay's configuration, with the token in it, is nobody else's. */
    @Test
    void theAppGetsNeitherTokenNorConfiguration() {
        AppsHome home = running(true, WEB);
        V1Pod pod = pod(home);
        V1Container app = pod.getSpec().getContainers().getFirst();

        assertFalse(app.toString().contains(AppRelay.TOKEN), app.toString());
        assertTrue(app.getVolumeMounts().stream()
                .noneMatch(mount -> mount.getName().equals(AppRelay.CONTAINER)));
        assertFalse(pod.toString().contains(secret(home)));
    }

    @Test
    void withoutIngressThereIsNone() {
        AppsHome home = running(true, WEB.replace("ingress: true\ningress_port: 8099\n", ""));

        assertEquals(List.of(), initContainers(home));
        assertEquals(List.of(), tried);
    }

    @Test
    void aNamespaceThatTakesNoSuchPodIsSaidToBeSoAndTheAppIsDialledItself() {
        cluster.failOn(DRY_RUN, new ApiFailure.BadRequest("The cluster refuses it: violates PodSecurity \"baseline\""));
        AppsHome home = running(true, WEB);

        assertEquals(AppState.STARTED, home.apps.state(SLUG));
        assertEquals(List.of(), initContainers(home));
        assertEquals(8099, door(home).address().orElseThrow().getPort());
        assertEquals(Optional.empty(), door(home).relayToken());
        assertEquals(1, relayIssues(home), home.issues.open().toString());

        tried.clear();
        cluster.before(DRY_RUN, () -> tried.add("again"));
        home.apps.restart(SLUG);

        assertEquals(List.of(), tried, "what was said holds for an hour");
    }

    @Test
    void aNamespaceThatTakesNoSuchPodAnyMoreIsAskedAgainAndTheAppIsStartedWithoutTheRelay() {
        AppsHome home = running(true, WEB);
        home.apps.stop(SLUG);
        refuse(home, true);

        home.apps.start(SLUG);

        assertEquals(AppState.STARTED, home.apps.state(SLUG));
        assertEquals(List.of(), initContainers(home));
        assertEquals(1, relayIssues(home), home.issues.open().toString());
    }

    @Test
    void aPodThatIsRefusedLaterSaysWhyAndTheNextStartIsWithoutTheRelay() {
        AppsHome home = running(true, WEB);
        refuse(home, true);

        cluster.remove(Kind.POD, NAME + "-pod");
        refusePod(home);

        AppsHome.await("the issue", () -> relayIssues(home) == 1);
        home.awaitIdle(SLUG);
        assertEquals(
                "its pod, whose ingress-address has NET_ADMIN, was refused: violates PodSecurity",
                home.board.seen(SLUG).reason());
        assertEquals(AppState.ERROR, home.apps.state(SLUG));

        home.apps.start(SLUG);
        assertEquals(List.of(), initContainers(home));
        assertEquals(AppState.STARTED, home.apps.state(SLUG));
    }

    @Test
    void aPodThatIsRefusedForSomethingElseKeepsItsRelay() {
        AppsHome home = running(true, WEB);
        home.apps.stop(SLUG);
        refuse(home, false);

        assertThrows(ApiFailure.Internal.class, () -> home.apps.start(SLUG));

        assertEquals(AppState.ERROR, home.apps.state(SLUG));
        assertTrue(AppRelay.isIn(home.deployment(NAME)));
        assertEquals(0, relayIssues(home));
    }

    @Test
    void aDatabasesServiceLeadsThroughTheRelayAndTheInternalAddressAroundIt() {
        AppsHome home = running(true, DATABASE);

        assertEquals(List.of("ingress-address", "ingress-relay"), initContainers(home));
        assertEquals(List.of("tcp-3306 3306 65502", "direct-3306 65502 3306"), servicePorts(home));
        assertEquals(
                List.of("13306/tcp 65502"),
                home.ports.entries().stream()
                        .map(entry -> entry.external() + " " + entry.targetPort())
                        .toList());
        assertEquals(Optional.empty(), AppRelay.portOf(pod(home)), "it has no ingress");
    }

    @Test
    void whereNoRelayIsTakenADatabaseIsReachedItself() {
        cluster.failOn(DRY_RUN, new ApiFailure.BadRequest("The cluster refuses it: violates PodSecurity \"baseline\""));
        AppsHome home = running(true, DATABASE);

        assertEquals(List.of(), initContainers(home));
        assertEquals(List.of("tcp-3306 3306 3306"), servicePorts(home));
        assertEquals(
                List.of("13306/tcp 3306"),
                home.ports.entries().stream()
                        .map(entry -> entry.external() + " " + entry.targetPort())
                        .toList());
        assertEquals(1, relayIssues(home));
    }

    private static List<String> servicePorts(AppsHome home) {
        return home.watched(Kind.SERVICE).find(NAME).orElseThrow().getSpec().getPorts().stream()
                .map(port -> port.getName() + " " + port.getPort() + " " + port.getTargetPort())
                .toList();
    }

    @Test
    void whoWantsNoRelayGetsNone() {
        AppsHome home = running(false, WEB);

        assertEquals(List.of(), initContainers(home));
        assertEquals(8099, door(home).address().orElseThrow().getPort());
        assertEquals(List.of(), tried);
    }

    /** Pods with the relay from now on, and what a dry run says of them; the controller tells it where the pod would be. */
    private void refuse(AppsHome home, boolean toDryRunsToo) {
        cluster.stopAutoRun();
        if (toDryRunsToo) {
            cluster.failOn(DRY_RUN, new ApiFailure.BadRequest("violates PodSecurity"));
        }
        cluster.onWrite(call -> {
            if (call.equals("scale deployments/" + NAME + " 1") && AppRelay.isIn(home.deployment(NAME))) {
                refusePod(home);
            } else if (call.startsWith("scale deployments/" + NAME)) {
                cluster.put(Kind.DEPLOYMENT, home.deployment(NAME).status(new V1DeploymentStatus()));
                cluster.runPods();
            }
        });
    }

    private void refusePod(AppsHome home) {
        V1DeploymentCondition refused = new V1DeploymentCondition()
                .type("ReplicaFailure")
                .status("True")
                .message("violates PodSecurity");
        cluster.put(Kind.DEPLOYMENT, home.deployment(NAME).status(new V1DeploymentStatus().addConditionsItem(refused)));
    }

    private static long relayIssues(AppsHome home) {
        return home.issues.open().stream()
                .filter(issue -> issue.type().equals("ingress_relay_refused"))
                .count();
    }

    private AppsHome running(boolean relay, String manifest) {
        cluster.autoRun();
        cluster.before(DRY_RUN, () -> tried.add("once"));
        Settings direct = TestSettings.of(share);
        AppsHome home = new AppsHome(share, cluster, relay ? TestSettings.withIngressRelay(direct) : direct)
                .wake()
                .install(manifest);
        home.apps.start(SLUG);
        return home;
    }

    private static AppIngress.Door door(AppsHome home) {
        String token = home.file.find(SLUG).orElseThrow().user().ingressToken();
        return new AppIngress(home.cluster, home.file, home.board, home.ingressPorts)
                .behind(token)
                .orElseThrow();
    }

    private static V1Pod pod(AppsHome home) {
        return home.board.pods(SLUG).getFirst();
    }

    private static List<String> initContainers(AppsHome home) {
        return Optional.ofNullable(pod(home).getSpec().getInitContainers()).stream()
                .flatMap(List::stream)
                .map(V1Container::getName)
                .toList();
    }

    private static String secret(AppsHome home) {
        byte[] token = home.watched(Kind.SECRET)
                .find(NAME + "-env")
                .orElseThrow()
                .getData()
                .get(AppRelay.TOKEN);
        return new String(token, StandardCharsets.UTF_8);
    }
}
