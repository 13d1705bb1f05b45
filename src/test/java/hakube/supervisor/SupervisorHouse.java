package hakube.supervisor;

import hakube.access.Caller;
import hakube.access.Callers;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.testing.Administrator;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ContainerState;
import io.kubernetes.client.openapi.models.V1ContainerStateRunning;
import io.kubernetes.client.openapi.models.V1ContainerStateTerminated;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimSpec;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimStatus;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodStatus;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.kubernetes.client.openapi.models.V1VolumeResourceRequirements;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A whole Supervisor around a cluster in memory, whose end is only noted. */
@Alternative
@Priority(1)
@Singleton
class SupervisorHouse {

    static final String TOKEN = Administrator.TOKEN;
    static final String POD = "supervisor-0";

    @Produces
    @Singleton
    Settings settings() throws IOException {
        return TestSettings.withCore(
                TestSettings.of(Files.createTempDirectory("share")),
                Optional.of("localhost/core"),
                Optional.of("2026.11.0"),
                "http://localhost:9/");
    }

    @Produces
    @Singleton
    Cluster cluster() {
        FakeCluster cluster = new FakeCluster();
        cluster.put(Kind.SECRET, Administrator.secret());
        cluster.put(
                Kind.CLAIM,
                new V1PersistentVolumeClaim()
                        .metadata(new V1ObjectMeta().name("ha-shared-rwx"))
                        .spec(new V1PersistentVolumeClaimSpec()
                                .storageClassName("shared-rwx")
                                .accessModes(List.of("ReadWriteMany"))
                                .resources(new V1VolumeResourceRequirements()
                                        .requests(Map.of("storage", Quantity.fromString("50Gi")))))
                        .status(new V1PersistentVolumeClaimStatus()
                                .phase("Bound")
                                .accessModes(List.of("ReadWriteMany"))
                                .capacity(Map.of("storage", Quantity.fromString("50Gi")))));
        return cluster;
    }

    @Produces
    @Singleton
    Callers callers() {
        return token -> Optional.<Caller.App>empty();
    }

    @Produces
    @Singleton
    Ended ended() {
        return new Ended(new CountDownLatch(1));
    }

    @Produces
    @Singleton
    Exit exit(Ended ended) {
        return () -> ended.latch().countDown();
    }

    /** Whether the process would have ended. */
    record Ended(CountDownLatch latch) {}

    /** The Supervisor's own pod, in its second run. */
    static V1Pod ownPod() {
        return new V1Pod()
                .metadata(new V1ObjectMeta().name(POD))
                .spec(new V1PodSpec()
                        .addContainersItem(new V1Container()
                                .name("supervisor")
                                .resources(new V1ResourceRequirements()
                                        .limits(Map.of("memory", Quantity.fromString("512Mi"))))))
                .status(new V1PodStatus()
                        .addContainerStatusesItem(new V1ContainerStatus()
                                .name("supervisor")
                                .image("localhost/supervisor")
                                .imageID("")
                                .containerID("containerd://5ec0")
                                .ready(true)
                                .restartCount(1)
                                .lastState(new V1ContainerState()
                                        .terminated(new V1ContainerStateTerminated()
                                                .exitCode(0)
                                                .containerID("containerd://f125")))
                                .state(new V1ContainerState().running(new V1ContainerStateRunning()))));
    }
}
