package hakube.core;

import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.relay.CoreLinkConfig;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodStatus;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Finds Core in the watches' copy: an address of its pod, never a name. No call. */
@Singleton
public final class CoreAddresses {

    private final Cluster cluster;
    private final CoreFile file;
    private final CoreLinkObjects link;

    @Inject
    CoreAddresses(Cluster cluster, CoreFile file, CoreLinkObjects link) {
        this.cluster = cluster;
        this.file = file;
        this.link = link;
    }

    /**
     * Where Core is now, whether it answers yet or not; empty while it has no pod, or nothing to log in with. The pod decides
     * between socket and token, not the version: it may be older than what is installed.
     */
    public Optional<CoreAddress> current() {
        return pod().flatMap(this::of);
    }

    /** Core's own port, where people and proxies reach it; empty while it has no pod. */
    public Optional<URI> own() {
        return pod().flatMap(this::own);
    }

    /** From now on {@code listener} hears when Core's pod or a Secret of Core changes; it must be quick. */
    public void onChange(Runnable listener) {
        cluster.watched(Kind.POD).onChange(change -> {
            if (CoreWorkload.POD.equals(change.object().getMetadata().getName())) {
                listener.run();
            }
        });
        cluster.watched(Kind.SECRET).onChange(change -> {
            if (CoreLinkSecret.NAME.equals(change.object().getMetadata().getName())) {
                listener.run();
            }
        });
    }

    private Optional<CoreAddress> of(V1Pod pod) {
        CoreLinkSecret secret = link.secret();
        if (hasSideCar(pod)) {
            return host(pod).flatMap(ip -> secret.token()
                    .map(token -> new CoreAddress.Linked(base("http", ip, CoreLinkConfig.PORT), token)));
        }
        return own(pod).flatMap(base -> secret.refreshToken().map(token -> new CoreAddress.Direct(base, token)));
    }

    /** One that is about to go is none any more. */
    private Optional<V1Pod> pod() {
        return cluster.watched(Kind.POD)
                .find(CoreWorkload.POD)
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null);
    }

    private Optional<URI> own(V1Pod pod) {
        CoreOptions options = file.options();
        return host(pod).map(ip -> base(options.ssl() ? "https" : "http", ip, options.port()));
    }

    private static Optional<String> host(V1Pod pod) {
        return Optional.ofNullable(pod.getStatus()).map(V1PodStatus::getPodIP).filter(ip -> !ip.isEmpty());
    }

    private static boolean hasSideCar(V1Pod pod) {
        List<V1Container> containers = pod.getSpec().getInitContainers();
        return containers != null
                && containers.stream().map(V1Container::getName).anyMatch(CoreSideCar.CONTAINER::equals);
    }

    private static URI base(String scheme, String address, int port) {
        return URI.create(scheme + "://" + (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + port);
    }
}
