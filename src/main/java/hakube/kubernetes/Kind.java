package hakube.kubernetes;

import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.CoreV1Event;
import io.kubernetes.client.openapi.models.CoreV1EventList;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentList;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobList;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicyList;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimList;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodList;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1SecretList;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceList;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V1StatefulSetList;
import java.util.List;

/**
 * A kind of object that the Supervisor reads or writes.
 *
 * @param <T> the client's model of it
 * @param group API group, empty for the core group
 * @param plural the resource as a Role and a URL write it
 */
public record Kind<T extends KubernetesObject>(
        Class<T> type,
        Class<? extends KubernetesListObject> listType,
        String group,
        String version,
        String kind,
        String plural) {

    public static final Kind<V1Pod> POD = core(V1Pod.class, V1PodList.class, "Pod", "pods");
    public static final Kind<V1Service> SERVICE = core(V1Service.class, V1ServiceList.class, "Service", "services");
    public static final Kind<V1Secret> SECRET = core(V1Secret.class, V1SecretList.class, "Secret", "secrets");
    public static final Kind<V1ConfigMap> CONFIG_MAP =
            core(V1ConfigMap.class, V1ConfigMapList.class, "ConfigMap", "configmaps");
    public static final Kind<V1PersistentVolumeClaim> CLAIM = core(
            V1PersistentVolumeClaim.class,
            V1PersistentVolumeClaimList.class,
            "PersistentVolumeClaim",
            "persistentvolumeclaims");
    public static final Kind<CoreV1Event> EVENT = core(CoreV1Event.class, CoreV1EventList.class, "Event", "events");
    public static final Kind<V1Deployment> DEPLOYMENT =
            new Kind<>(V1Deployment.class, V1DeploymentList.class, "apps", "v1", "Deployment", "deployments");
    public static final Kind<V1StatefulSet> STATEFUL_SET =
            new Kind<>(V1StatefulSet.class, V1StatefulSetList.class, "apps", "v1", "StatefulSet", "statefulsets");
    public static final Kind<V1Job> JOB = new Kind<>(V1Job.class, V1JobList.class, "batch", "v1", "Job", "jobs");
    public static final Kind<V1NetworkPolicy> NETWORK_POLICY = new Kind<>(
            V1NetworkPolicy.class,
            V1NetworkPolicyList.class,
            "networking.k8s.io",
            "v1",
            "NetworkPolicy",
            "networkpolicies");

    /** What is watched in the namespace from start to end; reads of these never reach the API server. */
    public static final List<Kind<? extends KubernetesObject>> WATCHED =
            List.of(POD, SERVICE, SECRET, CONFIG_MAP, CLAIM, EVENT, DEPLOYMENT, STATEFUL_SET, JOB);

    /** {@code v1}, {@code apps/v1}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    private static <T extends KubernetesObject> Kind<T> core(
            Class<T> type, Class<? extends KubernetesListObject> listType, String kind, String plural) {
        return new Kind<>(type, listType, "", "v1", kind, plural);
    }
}
