package hakube.logs;

import hakube.access.Caller;
import hakube.access.Callers;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.core.CoreLog;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.testing.Administrator;
import io.kubernetes.client.openapi.models.V1ContainerState;
import io.kubernetes.client.openapi.models.V1ContainerStateRunning;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodStatus;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A house with an administrator, whose Core may have a pod. */
@Alternative
@Priority(1)
@Singleton
class LogHouse {

    static final String TOKEN = Administrator.TOKEN;
    static final String POD = "homeassistant-0";

    @Produces
    @Singleton
    Settings settings() throws IOException {
        return TestSettings.of(Files.createTempDirectory("share"));
    }

    @Produces
    @Singleton
    Cluster cluster() {
        FakeCluster cluster = new FakeCluster();
        cluster.put(Kind.SECRET, Administrator.secret());
        return cluster;
    }

    @Produces
    @Singleton
    Callers callers() {
        return token -> Optional.<Caller.App>empty();
    }

    /** Core's pod, running. */
    static V1Pod corePod() {
        LogSource.Workload core = (LogSource.Workload) CoreLog.SOURCE;
        Map<String, String> labels = new HashMap<>(core.labels());
        labels.put("io.hass.managed", "true");
        return new V1Pod()
                .metadata(new V1ObjectMeta().name(POD).labels(labels))
                .spec(new V1PodSpec())
                .status(new V1PodStatus()
                        .addContainerStatusesItem(new V1ContainerStatus()
                                .name(core.container())
                                .image("localhost/core")
                                .imageID("")
                                .ready(true)
                                .restartCount(0)
                                .state(new V1ContainerState().running(new V1ContainerStateRunning()))));
    }
}
