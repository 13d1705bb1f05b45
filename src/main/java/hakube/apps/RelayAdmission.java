package hakube.apps;

import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSecurityContext;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1SeccompProfile;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;

/**
 * Whether this namespace lets a pod give itself an address (Pod Security level {@code baseline} and higher ones do not, other rules of
 * a cluster may not). A dry run of such a pod says so; what it said holds for an hour.
 */
@Singleton
final class RelayAdmission {

    private static final Logger LOG = Logger.getLogger(RelayAdmission.class.getName());
    private static final Duration HOLDS = Duration.ofHours(1);
    private static final String ISSUE = "ingress_relay_refused";
    private static final String CONTEXT = "system";

    private final Settings settings;
    private final Cluster cluster;
    private final Events events;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean allowed;
    private long asked;
    private boolean known;

    @Inject
    RelayAdmission(Settings settings, Cluster cluster, Events events) {
        this.settings = settings;
        this.cluster = cluster;
        this.events = events;
    }

    /**
     * The relay of an app's next start; empty where apps are reached directly. Asks the API server once an hour.
     *
     * @throws ApiFailure.Unavailable when the API server gives no answer
     */
    Optional<AppRelay> relay(InstalledApp app) {
        boolean needsIt =
                app.manifest().web().ingress() || RelayedPort.of(app.manifest()).isPresent();
        if (!settings.apps().ingressRelay() || !needsIt) {
            return Optional.empty();
        }
        AppRelay relay = AppRelay.fresh(settings.internalGateway().image());
        return isAllowed(relay) ? Optional.of(relay) : Optional.empty();
    }

    /**
     * Forgets what was said, since a pod with the relay was refused, and asks again.
     *
     * @return whether such pods are taken all the same, so that this one was refused for something else
     * @throws ApiFailure.Unavailable when the API server gives no answer
     */
    boolean isStillAllowed() {
        lock.lock();
        try {
            known = false;
            return isAllowed(AppRelay.fresh(settings.internalGateway().image()));
        } finally {
            lock.unlock();
        }
    }

    private boolean isAllowed(AppRelay relay) {
        lock.lock();
        try {
            if (!known || System.nanoTime() - asked > HOLDS.toNanos()) {
                allowed = ask(relay);
                known = true;
                asked = System.nanoTime();
            }
            return allowed;
        } finally {
            lock.unlock();
        }
    }

    private boolean ask(AppRelay relay) {
        try {
            cluster.create(Kind.POD, pod(relay), true);
        } catch (Cluster.Changed nameTaken) {
            LOG.fine(() -> "A pod has the name of the one that is tried: " + nameTaken.getMessage());
        } catch (ApiFailure.BadRequest | ApiFailure.MissingPermission refusal) {
            events.fire(new SupervisorEvent.IssueFound(
                    ISSUE,
                    CONTEXT,
                    Optional.empty(),
                    List.of(),
                    "Add-ons that accept ingress from 172.30.32.2 alone answer 403, since this namespace takes no pod that has"
                            + " that address; they are reached directly. " + refusal.getMessage()));
            return false;
        }
        events.fire(new SupervisorEvent.IssueSolved(ISSUE, CONTEXT, Optional.empty()));
        return true;
    }

    /** What apps' pods have, and nothing that an app's own pod could be refused for. */
    private V1Pod pod(AppRelay relay) {
        V1Container address = relay.address();
        return new V1Pod()
                .metadata(new V1ObjectMeta().name("ingress-relay-dry-run").labels(Map.of("io.hass.type", "dry-run")))
                .spec(new V1PodSpec()
                        .automountServiceAccountToken(false)
                        .securityContext(new V1PodSecurityContext()
                                .seccompProfile(new V1SeccompProfile()
                                        .type(settings.apps().seccompProfile())))
                        .initContainers(List.of(address))
                        .containers(List.of(new V1Container().name("none").image(address.getImage()))));
    }
}
