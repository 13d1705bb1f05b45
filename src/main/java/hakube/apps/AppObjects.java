package hakube.apps;

import hakube.api.ApiFailure;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.Labels;
import hakube.kubernetes.ObjectNames;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Service;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;

/** Writes an app's objects, in the order that keeps an old token or template from ever being started. */
@Singleton
final class AppObjects {

    private static final Logger LOG = Logger.getLogger(AppObjects.class.getName());
    private static final Duration JOB_DEADLINE = Duration.ofSeconds(30);

    private final Cluster cluster;

    @Inject
    AppObjects(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Asks the cluster itself: the watches do not show what is not ours.
     *
     * @throws ApiFailure.BadRequest when a name that the app needs belongs to another app or to none
     */
    void requireFree(String slug) {
        String name = ObjectNames.deployment(slug);
        requireFree(Kind.DEPLOYMENT, name, slug);
        requireFree(Kind.JOB, name, slug);
        requireFree(Kind.SERVICE, ObjectNames.service(slug), slug);
        requireFree(Kind.SECRET, AppWorkload.secretName(slug), slug);
    }

    private <T extends KubernetesObject> void requireFree(Kind<T> kind, String name, String slug) {
        Optional<T> holder = cluster.read(kind, name);
        if (holder.isPresent() && !isOf(slug, holder.get())) {
            throw new ApiFailure.BadRequest("App " + slug + " needs the name " + name + ", but " + kind.kind() + " "
                    + name + " in namespace " + cluster.namespace() + " belongs to "
                    + owner(holder.get()) + "; delete that first");
        }
    }

    private static boolean isOf(String slug, KubernetesObject object) {
        Map<String, String> labels = labels(object);
        return "true".equals(labels.get(Labels.MANAGED))
                && ObjectNames.labelValue(slug).equals(labels.get(Labels.SLUG));
    }

    private static String owner(KubernetesObject object) {
        Map<String, String> labels = labels(object);
        return "true".equals(labels.get(Labels.MANAGED)) && labels.containsKey(Labels.SLUG)
                ? "app " + labels.get(Labels.SLUG)
                : "somebody else";
    }

    private static Map<String, String> labels(KubernetesObject object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }

    /** Deployment with 0 replicas and Service. The app must be meant to be stopped. */
    V1Deployment applyStopped(AppWorkload workload, List<String> ignored) {
        ensureHeadless();
        Optional<V1Deployment> before = cluster.watched(Kind.DEPLOYMENT).find(workload.name());
        V1Deployment deployment = cluster.apply(Kind.DEPLOYMENT, workload.deployment(ignored));
        applyService(workload.service(AppWorkload.ownedBy(deployment)));
        tellIgnored(before, deployment, ignored);
        return deployment;
    }

    /** The Service alone; what runs goes on. */
    void applyService(AppWorkload workload, V1Deployment owner) {
        applyService(workload.service(AppWorkload.ownedBy(owner)));
    }

    /** Secret first, then the template that names its token's hash. Does not start anything. */
    V1Deployment applyForStart(AppWorkload workload, List<String> ignored) {
        ensureHeadless();
        Optional<V1Deployment> before = cluster.watched(Kind.DEPLOYMENT).find(workload.name());
        V1Deployment owner = before.orElseGet(() -> cluster.apply(Kind.DEPLOYMENT, workload.deployment(ignored)));
        V1OwnerReference reference = AppWorkload.ownedBy(owner);
        cluster.apply(Kind.SECRET, workload.secret(reference));
        applyService(workload.service(reference));
        V1Deployment deployment = cluster.apply(Kind.DEPLOYMENT, workload.deployment(ignored));
        clearExitCode(deployment);
        tellIgnored(before, deployment, ignored);
        return deployment;
    }

    /** In the log and by an Event; that the cluster takes no Event stops nothing. */
    private void tellIgnored(Optional<V1Deployment> before, V1Deployment after, List<String> ignored) {
        IgnoredEvent.of(before, after, ignored, OffsetDateTime.now(ZoneOffset.UTC))
                .ifPresent(event -> {
                    LOG.warning(event::getMessage);
                    try {
                        cluster.create(Kind.EVENT, event, false);
                    } catch (Cluster.Changed e) {
                        LOG.fine(() -> "Told before: " + event.getMessage());
                    } catch (ApiFailure e) {
                        LOG.warning(() -> "The Event about it could not be made: " + e.getMessage());
                    }
                });
    }

    /** Runs an app of {@code startup: once}: an old Job goes first. */
    void runJob(AppWorkload workload, V1Deployment owner) {
        deleteJob(workload.name());
        try {
            cluster.create(Kind.JOB, workload.job(AppWorkload.ownedBy(owner)), false);
        } catch (Cluster.Changed e) {
            throw ApiFailure.Unavailable.cluster("Job " + workload.name() + " still ends", e);
        }
    }

    /** Asks for no pod. Fine for an app without objects. */
    void scaleDown(String slug) {
        String name = ObjectNames.deployment(slug);
        Optional<V1Deployment> deployment = cluster.watched(Kind.DEPLOYMENT).find(name);
        if (deployment.isPresent() && AppStates.replicas(deployment.get()) != 0) {
            cluster.scale(Kind.DEPLOYMENT, name, 0);
        }
        if (cluster.watched(Kind.JOB).find(name).isPresent()) {
            cluster.delete(Kind.JOB, name);
        }
    }

    /** Takes away a pod that ended and was replaced, which no controller does. */
    void deletePod(V1Pod pod) {
        cluster.delete(Kind.POD, pod.getMetadata().getName());
    }

    /** Asks for one pod. */
    void scaleUp(String slug) {
        cluster.scale(Kind.DEPLOYMENT, ObjectNames.deployment(slug), 1);
    }

    /** Writes down how the last run ended. */
    void keepExitCode(String slug, int code) {
        cluster.annotate(
                Kind.DEPLOYMENT, ObjectNames.deployment(slug), Map.of(Labels.EXIT_CODE, Integer.toString(code)));
    }

    /** A wanted stop ends what an earlier crash left to be told. */
    void forgetExitCode(String slug) {
        cluster.watched(Kind.DEPLOYMENT).find(ObjectNames.deployment(slug)).ifPresent(this::clearExitCode);
    }

    /** Takes everything of the app away, the Deployment last, since the app is found by it. */
    void delete(String slug) {
        String name = ObjectNames.deployment(slug);
        cluster.delete(Kind.JOB, name);
        cluster.delete(Kind.SERVICE, ObjectNames.service(slug));
        cluster.delete(Kind.SECRET, AppWorkload.secretName(slug));
        cluster.delete(Kind.DEPLOYMENT, name);
    }

    private void deleteJob(String name) {
        if (cluster.watched(Kind.JOB).find(name).isPresent()) {
            cluster.delete(Kind.JOB, name);
            cluster.watched(Kind.JOB)
                    .await(JOB_DEADLINE, jobs -> jobs.find(name).isPresent() ? Optional.empty() : Optional.of(true));
        }
    }

    private void clearExitCode(V1Deployment deployment) {
        Map<String, String> annotations = deployment.getMetadata().getAnnotations();
        if (annotations != null && annotations.containsKey(Labels.EXIT_CODE)) {
            Map<String, String> none = new HashMap<>();
            none.put(Labels.EXIT_CODE, null);
            cluster.annotate(Kind.DEPLOYMENT, deployment.getMetadata().getName(), none);
        }
    }

    /** A Service cannot change between an address and none: then it is made anew. */
    private void applyService(V1Service desired) {
        String name = desired.getMetadata().getName();
        boolean headless = "None".equals(desired.getSpec().getClusterIP());
        boolean other = cluster.watched(Kind.SERVICE)
                .find(name)
                .filter(stored -> headless != "None".equals(stored.getSpec().getClusterIP()))
                .isPresent();
        if (other) {
            cluster.delete(Kind.SERVICE, name);
        }
        cluster.apply(Kind.SERVICE, desired);
    }

    private void ensureHeadless() {
        if (cluster.watched(Kind.SERVICE).find(AppWorkload.HEADLESS).isEmpty()) {
            cluster.apply(Kind.SERVICE, AppWorkload.headless());
        }
    }
}
