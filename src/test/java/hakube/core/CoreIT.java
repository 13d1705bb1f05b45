package hakube.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.events.SupervisorEvent;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.RealCluster;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1HostPathVolumeSource;
import io.kubernetes.client.openapi.models.V1Node;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PersistentVolume;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimSpec;
import io.kubernetes.client.openapi.models.V1PersistentVolumeSpec;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1VolumeResourceRequirements;
import io.kubernetes.client.util.PatchUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Core's life on the real control plane, as the ServiceAccount of {@code k8s/base}. */
class CoreIT {

    private static final String IMAGE = "localhost/core";
    private static final Duration USUAL = Duration.ofSeconds(60);

    private static Space space;
    private static RealCluster cluster;

    @TempDir
    private Path share;

    private CoreRoom room;
    private Core core;

    @BeforeAll
    static void makeNamespace() throws IOException, ApiException {
        space = ControlPlane.namespace("core");
        makeClaim();
        cluster = RealCluster.of(space).watching();
    }

    @AfterAll
    static void removeNamespace() throws ApiException, IOException {
        cluster.close();
        space.close();
        // The answer is the volume, which the client's model of the call does not expect.
        new CoreV1Api(space.client())
                .deletePersistentVolume(space.name())
                .buildCall(null)
                .execute()
                .close();
    }

    @BeforeEach
    void install() {
        furnish(USUAL);
        core.install();
    }

    @AfterEach
    void stop() {
        core.stop();
    }

    @Test
    void theApiServerTakesEveryExample() throws Cluster.Changed {
        for (WorkloadCase example : WorkloadCase.ALL) {
            for (WorkloadCase.Made<?> made : example.made()) {
                assertEquals(
                        made.object().getMetadata().getName(),
                        tried(made).getMetadata().getName(),
                        example.name());
            }
        }
    }

    @Test
    void anInstallationIsStartedRestartedUpdatedAndStopped() {
        assertFalse(core.isRunning());
        core.start();
        V1Pod first = core.pod().orElseThrow();
        assertTrue(PodFault.isReady(first));
        assertEquals("127", first.getStatus().getPodIP().split("\\.", -1)[0]);
        String token = token();
        assertEquals(CoreSecret.hash(token), hash(first));

        core.restart(false);
        V1Pod second = core.pod().orElseThrow();
        assertNotEquals(first.getMetadata().getUid(), second.getMetadata().getUid());
        assertTrue(PodFault.isReady(second));
        assertEquals(token, token());

        core.update(Optional.of("2026.12.0"), false);
        assertEquals(IMAGE + ":2026.12.0", image());
        assertTrue(PodFault.isReady(core.pod().orElseThrow()));

        core.change(known -> known.withInstalled(known.version(), known.installedImage()));
        core.stop();
        assertFalse(core.isRunning());
        assertEquals(Optional.empty(), core.pod());

        core.start();
        assertNotEquals(token, token());
        assertEquals(CoreSecret.hash(token()), hash(core.pod().orElseThrow()));
    }

    @Test
    void aReportedPortReachesTheServices() {
        room.controls.options("{\"port\": 9000, \"ssl\": false, \"refresh_token\": null}");
        for (String service : List.of("homeassistant", "homeassistant-headless")) {
            cluster.port().read(Kind.SERVICE, service).orElseThrow().getSpec().getPorts().stream()
                    .filter(port -> port.getName().startsWith("http"))
                    .forEach(port -> assertEquals(9000, port.getTargetPort().getIntValue(), service));
        }
        room.controls.options("{\"port\": 8123}");
        assertEquals(
                List.of(80, 8123),
                cluster.port().read(Kind.SERVICE, "homeassistant").orElseThrow().getSpec().getPorts().stream()
                        .map(port -> port.getPort())
                        .toList());
    }

    /**
     * No node takes the pod of the new version until its time is up: it is stuck and stays so whatever the template says
     * (kubernetes#67250), unless somebody deletes it.
     */
    @Test
    void anUpdateThatNeverBecomesReadyIsRolledBack() throws ApiException {
        core.start();
        String before = image();
        furnish(Duration.ofSeconds(4));
        room.events.listen(event -> {
            if (event instanceof SupervisorEvent.IssueFound issue
                    && issue.type().equals("update_rollback")) {
                closeNodes(false);
            }
        });
        closeNodes(true);
        try {
            String said = assertThrows(ApiFailure.BadRequest.class, () -> core.update(Optional.of("2027.1.0"), false))
                    .getMessage();
            assertTrue(said.contains("Unschedulable"), said);
            assertTrue(said.endsWith(" runs again"), said);
        } finally {
            closeNodes(false);
        }
        assertEquals(before, image());
        assertTrue(PodFault.isReady(core.pod().orElseThrow()));
        assertEquals(before, core.options().runs());
    }

    @Test
    void aCheckWithoutAResultEndsInTimeAndLeavesNoPod() {
        furnish(Duration.ofSeconds(2));
        String said = assertThrows(ApiFailure.BadRequest.class, core::check).getMessage();
        assertTrue(said.startsWith("The configuration could not be checked: it has no result after 2 s"), said);
        assertTrue(cluster.port()
                .watched(Kind.POD)
                .await(
                        Duration.ofSeconds(20),
                        pods -> pods.find(CheckPod.NAME).isEmpty() ? Optional.of(true) : Optional.empty())
                .isPresent());
    }

    private void furnish(Duration startTimeout) {
        Settings plain = TestSettings.of(share, space.name(), space.supervisorKubeconfig());
        Settings.CoreSettings given = plain.core();
        room = new CoreRoom(
                cluster.port(),
                TestSettings.with(
                        plain,
                        new Settings.CoreSettings(
                                given.trustedProxies(),
                                given.serviceName(),
                                given.servicePort(),
                                Optional.of(IMAGE),
                                Optional.of("2026.11.0"),
                                given.versionUrl(),
                                startTimeout,
                                given.link(),
                                given.linkPolicy())));
        core = room.core;
        core.adopt();
    }

    private <T extends KubernetesObject> T tried(WorkloadCase.Made<T> made) throws Cluster.Changed {
        // Pods may be created only, not patched.
        return made.kind().equals(Kind.POD)
                ? cluster.port().create(made.kind(), made.object(), true)
                : cluster.port().applyDryRun(made.kind(), made.object());
    }

    private String image() {
        return core.pod().orElseThrow().getSpec().getContainers().getFirst().getImage();
    }

    private static String hash(V1Pod pod) {
        return pod.getMetadata().getAnnotations().get("io.hass.token-hash");
    }

    private static String token() {
        return new String(
                cluster.port()
                        .read(Kind.SECRET, "homeassistant-token")
                        .orElseThrow()
                        .getData()
                        .get("token"),
                StandardCharsets.UTF_8);
    }

    private static void closeNodes(boolean closed) {
        try {
            CoreV1Api admin = new CoreV1Api(space.client());
            for (V1Node node : admin.listNode().execute().getItems()) {
                V1Patch patch = new V1Patch("{\"spec\":{\"unschedulable\":" + closed + "}}");
                PatchUtils.patch(
                        V1Node.class,
                        () -> admin.patchNode(node.getMetadata().getName(), patch)
                                .buildCall(null),
                        V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH,
                        space.client());
            }
        } catch (ApiException failure) {
            throw new AssertionError(failure.getResponseBody(), failure);
        }
    }

    private static void makeClaim() throws ApiException {
        CoreV1Api admin = new CoreV1Api(space.client());
        Map<String, Quantity> size = Map.of("storage", Quantity.fromString("50Gi"));
        admin.createPersistentVolume(new V1PersistentVolume()
                        .metadata(new V1ObjectMeta().name(space.name()))
                        .spec(new V1PersistentVolumeSpec()
                                .accessModes(List.of("ReadWriteMany"))
                                .capacity(size)
                                .storageClassName("shared-rwx")
                                .hostPath(new V1HostPathVolumeSource().path("/nowhere"))))
                .execute();
        admin.createNamespacedPersistentVolumeClaim(
                        space.name(),
                        new V1PersistentVolumeClaim()
                                .metadata(new V1ObjectMeta().name("ha-shared-rwx"))
                                .spec(new V1PersistentVolumeClaimSpec()
                                        .accessModes(List.of("ReadWriteMany"))
                                        .storageClassName("shared-rwx")
                                        .volumeName(space.name())
                                        .resources(new V1VolumeResourceRequirements().requests(size))))
                .execute();
    }
}
