package hakube.registries;

import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.Labels;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The Secret from which the kubelet takes the credentials of registries; there is none without a registry. */
public final class PullSecret {

    static final String NAME = "supervisor-registries";
    static final String TYPE = "kubernetes.io/dockerconfigjson";
    static final String KEY = ".dockerconfigjson";

    private PullSecret() {}

    /** Its name for a pod's {@code imagePullSecrets}, empty while there is none; from the watch, no call. */
    public static Optional<String> nameIn(Cluster cluster) {
        return cluster.watched(Kind.SECRET).find(NAME).map(secret -> NAME);
    }

    /** The Secret with that content. Pure. */
    static V1Secret of(DockerConfig config) {
        return new V1Secret()
                .metadata(new V1ObjectMeta().name(NAME).labels(Labels.ofSupervisor()))
                .type(TYPE)
                .data(Map.of(KEY, config.text().getBytes(StandardCharsets.UTF_8)));
    }

    /** The document in it, empty when there is none. */
    static Optional<String> text(V1Secret secret) {
        return Optional.ofNullable(secret.getData())
                .map(data -> data.get(KEY))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
