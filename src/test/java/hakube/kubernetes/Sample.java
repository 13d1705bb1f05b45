package hakube.kubernetes;

import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import java.util.Map;

/** Objects as the Supervisor makes them, as small as they may be. */
public final class Sample {

    private Sample() {}

    public static V1ObjectMeta metadata(String name) {
        return new V1ObjectMeta().name(name).putLabelsItem(Labels.MANAGED, "true");
    }

    public static V1ConfigMap configMap(String name, String value) {
        return new V1ConfigMap().metadata(metadata(name)).putDataItem("key", value);
    }

    /** With 0 replicas. */
    public static V1Deployment deployment(String name) {
        return new V1Deployment()
                .metadata(metadata(name))
                .spec(new V1DeploymentSpec()
                        .replicas(0)
                        .selector(new V1LabelSelector().matchLabels(Map.of("app", name)))
                        .template(template(name)));
    }

    public static V1PodTemplateSpec template(String name) {
        return new V1PodTemplateSpec()
                .metadata(new V1ObjectMeta().putLabelsItem("app", name).putLabelsItem(Labels.MANAGED, "true"))
                .spec(podSpec());
    }

    public static V1Pod pod(String name) {
        return new V1Pod().metadata(metadata(name)).spec(podSpec());
    }

    public static V1PodSpec podSpec() {
        return new V1PodSpec()
                .terminationGracePeriodSeconds(0L)
                .addContainersItem(new V1Container().name("addon").image("localhost/sample:1"));
    }
}
