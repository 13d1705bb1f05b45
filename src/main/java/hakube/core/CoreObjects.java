package hakube.core;

import hakube.access.Tokens;
import hakube.config.Settings;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.registries.PullSecret;
import hakube.state.State;
import hakube.storage.OneNode;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServicePort;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Core's objects in the cluster: reads are of the cache, writes fail as {@link Cluster} does. */
@Singleton
final class CoreObjects {

    private final Cluster cluster;
    private final Settings settings;
    private final State state;
    private final OneNode oneNode;
    private final CoreLinkObjects link;
    private volatile Optional<String> restoreJob = Optional.empty();

    @Inject
    CoreObjects(Cluster cluster, Settings settings, State state, OneNode oneNode, CoreLinkObjects link) {
        this.cluster = cluster;
        this.settings = settings;
        this.state = state;
        this.oneNode = oneNode;
        this.link = link;
    }

    /** From now on templates name that job of a restore, or none. */
    void restoring(Optional<String> job) {
        restoreJob = job;
    }

    Optional<V1StatefulSet> statefulSet() {
        return cluster.watched(Kind.STATEFUL_SET).find(CoreWorkload.NAME);
    }

    Optional<V1Pod> pod() {
        return cluster.watched(Kind.POD).find(CoreWorkload.POD);
    }

    Optional<V1Service> service() {
        return cluster.watched(Kind.SERVICE).find(settings.core().serviceName());
    }

    /** Whether everything is there that an installation makes. */
    boolean isComplete(CoreOptions options) {
        return statefulSet().isPresent()
                && service().isPresent()
                && cluster.watched(Kind.SERVICE).find(CoreServices.HEADLESS).isPresent()
                && token().isPresent()
                && link.isComplete(options);
    }

    /** Whether Core is wanted to run. */
    boolean isWanted() {
        return statefulSet()
                .map(set -> set.getSpec().getReplicas())
                .map(replicas -> replicas > 0)
                .orElse(false);
    }

    /** Image and tag of the template. */
    Optional<String> templateImage() {
        return statefulSet()
                .flatMap(set -> image(set.getSpec().getTemplate().getSpec().getContainers()));
    }

    /** Image and tag of the pod. */
    Optional<String> podImage() {
        return pod().flatMap(pod -> image(pod.getSpec().getContainers()));
    }

    /** Brings all objects up to date; tokens stay where there are some. The template goes last, it needs the others. */
    V1StatefulSet apply(CoreOptions options, int replicas) {
        String token = token().orElseGet(() -> newToken(options));
        return apply(options, replicas, token, link.apply(options, false));
    }

    /** As {@link #apply}, with new tokens and without a pod. */
    void applyForStart(CoreOptions options) {
        apply(options, 0, newToken(options), link.apply(options, true));
    }

    /** Brings those Services up to date that lead to other ports than they should; there is nothing before an installation. */
    void applyServices(CoreOptions options) {
        CoreServices services = new CoreServices(options, settings);
        for (V1Service wanted : List.of(services.main(), services.headless())) {
            cluster.watched(Kind.SERVICE)
                    .find(wanted.getMetadata().getName())
                    .filter(held -> !targets(held).equals(targets(wanted)))
                    .ifPresent(held -> cluster.apply(Kind.SERVICE, wanted));
        }
    }

    void scale(int replicas) {
        cluster.scale(Kind.STATEFUL_SET, CoreWorkload.NAME, replicas);
    }

    void deletePod() {
        cluster.delete(Kind.POD, CoreWorkload.POD);
    }

    private V1StatefulSet apply(CoreOptions options, int replicas, String token, Optional<String> linkHash) {
        CoreServices services = new CoreServices(options, settings);
        cluster.apply(Kind.SERVICE, services.headless());
        cluster.apply(Kind.SERVICE, services.main());
        return cluster.apply(
                Kind.STATEFUL_SET, workload(options).statefulSet(replicas, CoreSecret.hash(token), linkHash));
    }

    private String newToken(CoreOptions options) {
        String token = Tokens.fresh();
        cluster.apply(Kind.SECRET, CoreSecret.of(token, options));
        return token;
    }

    private Optional<String> token() {
        return cluster.watched(Kind.SECRET)
                .find(Tokens.CORE_SECRET)
                .flatMap(secret -> Optional.ofNullable(secret.getData()))
                .flatMap(data -> Optional.ofNullable(data.get(Tokens.KEY)))
                .filter(bytes -> bytes.length > 0)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private CoreWorkload workload(CoreOptions options) {
        return new CoreWorkload(
                options,
                settings,
                state.options().timezone(),
                oneNode.supervisorPod(),
                PullSecret.nameIn(cluster),
                restoreJob);
    }

    private static Optional<String> image(List<V1Container> containers) {
        return containers.stream()
                .filter(container -> CoreWorkload.CONTAINER.equals(container.getName()))
                .map(V1Container::getImage)
                .filter(image -> image != null && image.lastIndexOf(':') > image.lastIndexOf('/'))
                .findFirst();
    }

    private static Set<String> targets(V1Service service) {
        return list(service.getSpec().getPorts()).stream()
                .map(port -> port.getPort() + " " + port.getTargetPort() + " " + port.getAppProtocol())
                .collect(Collectors.toSet());
    }

    private static List<V1ServicePort> list(List<V1ServicePort> ports) {
        return ports == null ? List.of() : ports;
    }
}
