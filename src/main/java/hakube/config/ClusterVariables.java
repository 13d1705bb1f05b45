package hakube.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which cluster, and what is used of it. */
final class ClusterVariables {

    /** Before {@link #NAMESPACE}, whose default is taken from this file. */
    static final Setting<Path> KUBECONFIG = Setting.of("SUPERVISOR_K8S_KUBECONFIG", Amounts.FILE)
            .orFound(
                    "in a pod its service account, else the file that `KUBECONFIG` names, else `~/.kube/config`",
                    (surroundings, _) -> surroundings.kubeconfig())
            .example("/etc/rancher/k3s/k3s.yaml")
            .effect("Which cluster.");

    static final Setting<String> NAMESPACE = Setting.of("SUPERVISOR_K8S_NAMESPACE", Names.LABEL)
            .orFound(
                    "the pod's own namespace, else the one of the kubeconfig's context, else `default`",
                    (surroundings, values) -> Optional.of(surroundings.namespace(values.find(KUBECONFIG))))
            .example("home-assistant")
            .effect("The only namespace that is ever touched.");

    static final Setting<String> SERVICE = Setting.of("SUPERVISOR_K8S_SERVICE_SUPERVISOR", Names.LABEL)
            .or("supervisor")
            .effect("Service of the Supervisor: backend of `/api/hassio_ingress`, and what Core gets as `SUPERVISOR`.");

    static final Setting<Integer> SERVICE_PORT = Setting.of("SUPERVISOR_K8S_SERVICE_SUPERVISOR_PORT", Rule.port(1))
            .or("80")
            .effect("Port of that Service.");

    static final Setting<String> DOMAIN = Setting.of("SUPERVISOR_K8S_CLUSTER_DOMAIN", Names.DNS_NAME)
            .orFound(
                    "from the pod's own `resolv.conf`, else `cluster.local`",
                    (surroundings, _) -> Optional.of(surroundings.clusterDomain()))
            .example("cluster.local")
            .effect("DNS domain of the cluster, for the search domains of managed pods.");

    static final Setting<String> NODE_ARCH = Setting.of("SUPERVISOR_K8S_NODE_ARCH", Rule.oneOf("amd64", "arm64"))
            .orNothing("no constraint")
            .example("arm64")
            .effect("Managed pods run only on nodes of this architecture.");

    static final Setting<String> STORAGE_MODE = Setting.of("SUPERVISOR_K8S_STORAGE_MODE", Rule.oneOf("shared_pvc"))
            .example("shared_pvc")
            .effect("Storage layout.");

    static final Setting<String> CLAIM = Setting.of("SUPERVISOR_K8S_SHARED_PVC_CLAIM", Names.SUBDOMAIN)
            .example("ha-shared-rwx")
            .effect("The ReadWriteMany claim; created when absent and permitted.");

    static final Setting<String> STORAGE_CLASS = Setting.of("SUPERVISOR_K8S_SHARED_PVC_STORAGE_CLASS", Names.SUBDOMAIN)
            .example("longhorn-rwx")
            .effect("Must equal the storage class of the claim.");

    static final Setting<String> SIZE = Setting.of("SUPERVISOR_K8S_SHARED_PVC_SIZE", Amounts.QUANTITY)
            .example("50Gi")
            .effect("The claim's request and capacity must be at least this.");

    static final Setting<Boolean> ALLOW_RWO = Setting.of("SUPERVISOR_K8S_ALLOW_RWO", Rule.BOOLEAN)
            .or("false")
            .example("true")
            .effect("Accept a ReadWriteOnce claim; every managed pod is then bound to the Supervisor's node.");

    static final List<Setting<?>> ALL = List.of(
            KUBECONFIG,
            NAMESPACE,
            SERVICE,
            SERVICE_PORT,
            DOMAIN,
            NODE_ARCH,
            STORAGE_MODE,
            CLAIM,
            STORAGE_CLASS,
            SIZE,
            ALLOW_RWO);

    private ClusterVariables() {}

    static Settings.ClusterAccess access(Values values) {
        return new Settings.ClusterAccess(
                values.get(NAMESPACE),
                values.find(KUBECONFIG),
                values.get(SERVICE),
                values.get(SERVICE_PORT),
                values.get(DOMAIN),
                values.find(NODE_ARCH));
    }

    static Settings.Claim claim(Values values) {
        return new Settings.Claim(
                values.get(CLAIM), values.get(STORAGE_CLASS), values.get(SIZE), values.get(ALLOW_RWO));
    }
}
