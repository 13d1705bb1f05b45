package hakube.core;

import hakube.config.Settings;
import hakube.storage.Folders;
import hakube.storage.OneNode;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1LocalObjectReference;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimVolumeSource;
import io.kubernetes.client.openapi.models.V1PodDNSConfig;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.util.Optional;

/**
 * What every pod with Core's image has: where it runs, what it may, and Core's folders. Pure.
 *
 * @param beside the pod on whose node it must run, empty: anywhere
 * @param pullSecret name of the Secret with the credentials of registries, empty while there is none
 */
record CorePod(Settings settings, Optional<String> beside, Optional<String> pullSecret) {

    private static final String VOLUME = "data";

    /** The pod around a container. */
    V1PodSpec around(V1Container container) {
        Settings.ClusterAccess cluster = settings.cluster();
        V1PodSpec pod = new V1PodSpec()
                .automountServiceAccountToken(false)
                .enableServiceLinks(false)
                // The client's model begins with an empty one, which no API server takes in a Pod.
                .overhead(null)
                .dnsConfig(new V1PodDNSConfig()
                        .addSearchesItem("ha-addons." + cluster.namespace() + ".svc." + cluster.domain()))
                .addContainersItem(container)
                .addVolumesItem(new V1Volume()
                        .name(VOLUME)
                        .persistentVolumeClaim(new V1PersistentVolumeClaimVolumeSource()
                                .claimName(settings.claim().name())));
        cluster.nodeArch().ifPresent(arch -> pod.putNodeSelectorItem("kubernetes.io/arch", arch));
        pullSecret.ifPresent(secret -> pod.addImagePullSecretsItem(new V1LocalObjectReference().name(secret)));
        beside.ifPresent(supervisor -> pod.affinity(OneNode.beside(supervisor)));
        return pod;
    }

    /** A container of Core's image that sees what Core sees. */
    V1Container container(CoreOptions options) {
        return new V1Container()
                .image(options.runs())
                .imagePullPolicy("IfNotPresent")
                .addVolumeMountsItem(mount("/config", Folders.HOME_ASSISTANT))
                .addVolumeMountsItem(mount("/ssl", Folders.SSL).readOnly(true))
                .addVolumeMountsItem(mount("/share", Folders.SHARE))
                .addVolumeMountsItem(mount("/media", Folders.MEDIA));
    }

    private static V1VolumeMount mount(String path, String subPath) {
        return new V1VolumeMount().name(VOLUME).mountPath(path).subPath(subPath);
    }
}
