package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.testing.ControlPlane;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.apis.RbacAuthorizationV1Api;
import io.kubernetes.client.openapi.apis.StorageV1Api;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimSpec;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1StorageClass;
import io.kubernetes.client.openapi.models.V1VolumeResourceRequirements;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shared claim: made, judged, waited for; the Supervisor stays up and goes on by itself. */
class StorageIT {

    private static final String CLAIM = "ha-shared-rwx";
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @TempDir
    private Path folder;

    private Space space;
    private SupervisorProcess supervisor;

    @BeforeEach
    void prepare() throws Exception {
        space = ControlPlane.namespace("storage");
        supervisor = new SupervisorProcess(space, folder);
    }

    @AfterEach
    void end() throws Exception {
        supervisor.close();
        space.close();
    }

    @Test
    void absentClaimIsMadeAndWaitedForUntilItsVolumeComes() throws Exception {
        supervisor.start();

        supervisor.await("the message", LIMIT, () -> supervisor
                .log()
                .contains("Claim ha-shared-rwx cannot be used: it is Pending, expected Bound"));
        V1PersistentVolumeClaim made =
                core().readNamespacedPersistentVolumeClaim(CLAIM, space.name()).execute();
        assertEquals(List.of("ReadWriteMany"), made.getSpec().getAccessModes());
        assertEquals("hakube-local", made.getSpec().getStorageClassName());
        assertEquals(
                Quantity.fromString("1Gi"),
                made.getSpec().getResources().getRequests().get("storage"));
        assertUpButNotReady();

        space.makeVolume(CLAIM, "hakube-local", "1Gi");

        supervisor.awaitRunning();
        assertEquals(200, supervisor.health("/health/ready").status());
    }

    @Test
    void claimOfAnotherClassAndTooSmallIsNamedWithBothFaults() throws Exception {
        makeClaim("standard", "ReadWriteOnce", "512Mi");

        supervisor.start();

        for (String fault : List.of(
                "its size is 512Mi, expected at least 1Gi",
                "its access modes are [ReadWriteOnce], expected ReadWriteMany",
                "its storage class is `standard`, expected `hakube-local`")) {
            supervisor.await(fault, LIMIT, () -> supervisor.log().contains(fault));
        }
        assertUpButNotReady();

        core().deleteNamespacedPersistentVolumeClaim(CLAIM, space.name()).execute();
        space.makeVolume(CLAIM, "hakube-local", "1Gi");

        supervisor.awaitRunning();
    }

    @Test
    void claimThatWaitsForItsFirstPodIsGood() throws Exception {
        String storageClass = space.name();
        new StorageV1Api(space.client())
                .createStorageClass(new V1StorageClass()
                        .metadata(new V1ObjectMeta().name(storageClass))
                        .provisioner("kubernetes.io/no-provisioner")
                        .volumeBindingMode("WaitForFirstConsumer"))
                .execute();
        try {
            makeClaim(storageClass, "ReadWriteMany", "1Gi");

            supervisor
                    .with("SUPERVISOR_K8S_SHARED_PVC_STORAGE_CLASS", storageClass)
                    .start();

            supervisor.await("the claim", LIMIT, () -> supervisor.log().contains("Claim ha-shared-rwx is Pending"));
            supervisor.await("readiness", LIMIT, this::isReady);
        } finally {
            new StorageV1Api(space.client()).deleteStorageClass(storageClass).execute();
        }
    }

    @Test
    void rightsThatAreMissingAreNamedAndWaitedFor() throws Exception {
        RbacAuthorizationV1Api rbac = new RbacAuthorizationV1Api(space.client());
        V1Role role = rbac.readNamespacedRole("supervisor", space.name()).execute();
        V1Role without = V1Role.fromJson(role.toJson());
        without.getRules().removeIf(rule -> rule.getResources().contains("persistentvolumeclaims"));
        rbac.replaceNamespacedRole("supervisor", space.name(), without).execute();

        supervisor.start();

        supervisor.await("the message", LIMIT, () -> supervisor.log().contains("may not list persistentvolumeclaims"));
        supervisor.await("what waits for it", LIMIT, () -> supervisor.log().contains(CLAIM));
        assertUpButNotReady();

        space.makeVolume(CLAIM, "hakube-local", "1Gi");
        V1Role now = rbac.readNamespacedRole("supervisor", space.name()).execute();
        rbac.replaceNamespacedRole("supervisor", space.name(), now.rules(role.getRules()))
                .execute();

        supervisor.awaitRunning();
    }

    private boolean isReady() {
        try {
            return supervisor.health("/health/ready").status() == 200;
        } catch (IOException failure) {
            return false;
        }
    }

    private void assertUpButNotReady() throws Exception {
        assertEquals(200, supervisor.health("/health/live").status());
        assertEquals(200, supervisor.health("/health/started").status());
        assertEquals(503, supervisor.health("/health/ready").status());
        SupervisorProcess.Answer ping = supervisor.ask("GET", "/supervisor/ping", "", "");
        assertEquals(400, ping.status());
        assertEquals("System is not ready with state: setup", ping.text("message"));
    }

    private void makeClaim(String storageClass, String mode, String size) throws ApiException {
        core().createNamespacedPersistentVolumeClaim(
                        space.name(),
                        new V1PersistentVolumeClaim()
                                .metadata(new V1ObjectMeta().name(CLAIM))
                                .spec(new V1PersistentVolumeClaimSpec()
                                        .accessModes(List.of(mode))
                                        .storageClassName(storageClass)
                                        .resources(new V1VolumeResourceRequirements()
                                                .requests(Map.of("storage", Quantity.fromString(size))))))
                .execute();
    }

    private CoreV1Api core() {
        return new CoreV1Api(space.client());
    }
}
