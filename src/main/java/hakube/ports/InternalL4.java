package hakube.ports;

import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.Labels;
import hakube.resolution.Issues;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Service;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.Inet6Address;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;

/**
 * Keeps the internal address as registry and Services want it: three objects while at least one app has a port, none else.
 *
 * <p>{@link #reconcile} does it now; after {@link #start} every change of the registry or of a Service does it, too.
 */
@Singleton
public final class InternalL4 {

    private static final Logger LOG = Logger.getLogger(InternalL4.class.getName());

    /** Gathers the changes of one app's start, so that the proxy rolls once. */
    private static final Duration GATHER = Duration.ofMillis(500);

    private static final Duration RETRY = Duration.ofSeconds(15);

    private final Cluster cluster;
    private final Settings.InternalGateway gateway;
    private final Optional<String> nodeArch;
    private final PortRegistry registry;
    private final AddressCheck check;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("internal-l4").factory());
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean retrying = new AtomicBoolean();
    private final ReentrantLock working = new ReentrantLock();
    private Optional<L4Workload> applied = Optional.empty();

    @Inject
    public InternalL4(Cluster cluster, Settings settings, PortRegistry registry, Issues issues) {
        this(cluster, settings, registry, issues, AddressCheck.PATIENCE);
    }

    InternalL4(Cluster cluster, Settings settings, PortRegistry registry, Issues issues, Duration patience) {
        this.cluster = cluster;
        this.gateway = settings.internalGateway();
        this.nodeArch = settings.cluster().nodeArch();
        this.registry = registry;
        this.check = new AddressCheck(gateway.name(), gateway.address(), issues, patience);
    }

    /** Reconciles once, and from now on after each change; to be called when the watches have their first lists. */
    public void start() {
        cluster.watched(Kind.SERVICE).onChange(_ -> schedule());
        cluster.watched(Kind.DEPLOYMENT).onChange(change -> scheduleForOwn(change.object()));
        cluster.watched(Kind.CONFIG_MAP).onChange(change -> scheduleForOwn(change.object()));
        runOnce();
    }

    @PreDestroy
    void stop() {
        clock.shutdownNow();
    }

    /**
     * Brings the three objects up to date; no call when they are.
     *
     * @throws ApiFailure as {@link Cluster} and {@link PortRegistry#entries} do; then the proxy goes on with what it had
     */
    public void reconcile() {
        working.lock();
        try {
            List<PortEntry> entries = registry.entries();
            removeStale();
            if (entries.isEmpty()) {
                remove(gateway.name(), gateway.configMapName());
                applied = Optional.empty();
            } else {
                boolean ipv6 = gateway.address() instanceof Inet6Address;
                apply(L4Workload.of(gateway, nodeArch, entries, ProxyConfig.of(entries, this::clusterAddress, ipv6)));
            }
        } finally {
            working.unlock();
        }
    }

    /** The configuration is there before the pod that waits for it, and the pod before the port that leads to it. */
    private void apply(L4Workload wanted) {
        if (applied.equals(Optional.of(wanted)) && allThere()) {
            return;
        }
        cluster.apply(Kind.CONFIG_MAP, wanted.configMap());
        cluster.apply(Kind.DEPLOYMENT, wanted.deployment());
        removeOfOtherFamily();
        cluster.apply(Kind.SERVICE, wanted.service());
        applied = Optional.of(wanted);
    }

    private boolean allThere() {
        return cluster.watched(Kind.CONFIG_MAP).find(gateway.configMapName()).isPresent()
                && cluster.watched(Kind.DEPLOYMENT).find(gateway.name()).isPresent()
                && service().isPresent();
    }

    /** The first family of a Service cannot be changed. */
    private void removeOfOtherFamily() {
        service()
                .map(service -> service.getSpec().getIpFamilies())
                .filter(families -> !families.equals(List.of(L4Workload.family(gateway))))
                .ifPresent(_ -> cluster.delete(Kind.SERVICE, gateway.name()));
    }

    /** Objects of earlier settings would go on asking for the address. */
    private void removeStale() {
        removeOthers(Kind.SERVICE, gateway.name());
        removeOthers(Kind.DEPLOYMENT, gateway.name());
        removeOthers(Kind.CONFIG_MAP, gateway.configMapName());
    }

    private void removeOthers(Kind<? extends KubernetesObject> kind, String wanted) {
        for (KubernetesObject object : cluster.watched(kind).all()) {
            String name = object.getMetadata().getName();
            if (isOwn(object) && !name.equals(wanted)) {
                cluster.delete(kind, name);
            }
        }
    }

    private void remove(String name, String configMap) {
        removeOwn(Kind.SERVICE, name);
        removeOwn(Kind.DEPLOYMENT, name);
        removeOwn(Kind.CONFIG_MAP, configMap);
    }

    private void removeOwn(Kind<? extends KubernetesObject> kind, String name) {
        cluster.watched(kind).find(name).filter(InternalL4::isOwn).ifPresent(_ -> cluster.delete(kind, name));
    }

    private static boolean isOwn(KubernetesObject object) {
        Map<String, String> labels =
                Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
        return "true".equals(labels.get(Labels.MANAGED)) && L4Workload.COMPONENT.equals(labels.get(Labels.COMPONENT));
    }

    private Optional<String> clusterAddress(String service) {
        return cluster.watched(Kind.SERVICE)
                .find(service)
                .map(found -> found.getSpec().getClusterIP())
                .filter(address -> !address.isEmpty() && !address.equals("None"));
    }

    private Optional<V1Service> service() {
        return cluster.watched(Kind.SERVICE).find(gateway.name());
    }

    private void scheduleForOwn(KubernetesObject object) {
        if (isOwn(object) || registry.configMap().equals(object.getMetadata().getName())) {
            schedule();
        }
    }

    private void schedule() {
        later(scheduled, GATHER);
    }

    /** Apart from what changes bring about: the next of those may mend it sooner. */
    private void retry() {
        later(retrying, RETRY);
    }

    private void later(AtomicBoolean waiting, Duration delay) {
        if (waiting.compareAndSet(false, true) && !clock.isShutdown()) {
            Runnable run = () -> {
                waiting.set(false);
                runOnce();
            };
            clock.schedule(run, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void runOnce() {
        try {
            reconcile();
        } catch (ApiFailure failure) {
            LOG.warning(() -> "The internal address " + gateway.address().getHostAddress() + " is not up to date, next"
                    + " attempt in " + RETRY.toSeconds() + " s: " + failure.getMessage());
            retry();
        }
        checkAddress();
    }

    private void checkAddress() {
        working.lock();
        try {
            Instant now = Instant.now();
            check.check(service().filter(InternalL4::isOwn), now)
                    .ifPresent(next -> clock.schedule(
                            this::checkAddress, Duration.between(now, next).toMillis() + 1, TimeUnit.MILLISECONDS));
        } finally {
            working.unlock();
        }
    }
}
