package hakube.apps;

import hakube.kubernetes.Kind;
import hakube.kubernetes.Labels;
import hakube.kubernetes.ObjectNames;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1DeploymentStrategy;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobSpec;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceSpec;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The Kubernetes objects of one app, as values (docs/architecture.md, Objects of an app). Nothing here talks to the cluster.
 *
 * @param token of this start, empty when the app is only installed
 * @param ingressPort the app's port for ingress, 0 without ingress
 * @param relay what ingress comes through, empty where the app is dialled directly
 * @param legacy options that reach the process as environment
 * @param pull of the app's own image
 */
record AppWorkload(
        InstalledApp app,
        Site site,
        String token,
        int ingressPort,
        Optional<AppRelay> relay,
        Map<String, String> legacy,
        Pull pull) {

    /** {@code io.hass.type} of everything that belongs to one app. */
    static final String TYPE = "addon";

    /** Gives every app's pod a DNS name, also where no Service could have it. */
    static final String HEADLESS = "ha-addons";

    /** The container of the app itself. */
    static final String CONTAINER = "addon";

    /** Key of the Secret. */
    static final String TOKEN = "SUPERVISOR_TOKEN";

    private static final int OLD_TEMPLATES = 2;
    private static final int PROGRESS_SECONDS = 600;

    AppWorkload {
        legacy = new TreeMap<>(legacy);
    }

    /** As an app is run but for a time when its image is wanted anew. */
    AppWorkload(
            InstalledApp app,
            Site site,
            String token,
            int ingressPort,
            Optional<AppRelay> relay,
            Map<String, String> legacy) {
        this(app, site, token, ingressPort, relay, legacy, Pull.ONCE);
    }

    /** The same with its image pulled like this. */
    AppWorkload pulling(Pull other) {
        return new AppWorkload(app, site, token, ingressPort, relay, legacy, other);
    }

    /** Name of the Deployment, and of the Job. */
    String name() {
        return ObjectNames.deployment(app.slug());
    }

    static String secretName(String slug) {
        return ObjectNames.deployment(slug) + "-env";
    }

    /** Always with 0 replicas: only the scale sub-resource starts an app, so that no apply ever does. */
    V1Deployment deployment(List<String> ignored) {
        V1ObjectMeta metadata = metadata(name())
                .putAnnotationsItem("io.hass.name", app.manifest().name())
                .putAnnotationsItem("io.hass.description", app.manifest().description())
                .putAnnotationsItem(Labels.SLUG, app.slug());
        app.manifest().url().ifPresent(url -> metadata.putAnnotationsItem("io.hass.url", url));
        if (!ignored.isEmpty()) {
            metadata.putAnnotationsItem(Labels.IGNORED, String.join(",", ignored));
        }
        return new V1Deployment()
                .metadata(metadata)
                .spec(new V1DeploymentSpec()
                        .replicas(0)
                        .strategy(new V1DeploymentStrategy().type("Recreate"))
                        .revisionHistoryLimit(OLD_TEMPLATES)
                        .progressDeadlineSeconds(PROGRESS_SECONDS)
                        .selector(new V1LabelSelector().matchLabels(selector(app.slug())))
                        .template(template("Always")));
    }

    /** For {@code startup: once}: runs the template of the Deployment a single time. */
    V1Job job(V1OwnerReference owner) {
        return new V1Job()
                .metadata(metadata(name()).addOwnerReferencesItem(owner))
                .spec(new V1JobSpec().backoffLimit(0).template(template("Never")));
    }

    /** Token and legacy options; kept out of the template, its history and audit logs. */
    V1Secret secret(V1OwnerReference owner) {
        Map<String, byte[]> values = new LinkedHashMap<>();
        legacy.forEach((name, value) -> values.put(name, value.getBytes(StandardCharsets.UTF_8)));
        values.put(TOKEN, token.getBytes(StandardCharsets.UTF_8));
        values.put("HASSIO_TOKEN", token.getBytes(StandardCharsets.UTF_8));
        relay.ifPresent(given -> values.putAll(given.data(ports(), ingressPort, relayed())));
        // Not stringData: server-side apply would never take a key away that an older start had written.
        return new V1Secret()
                .metadata(metadata(secretName(app.slug())).addOwnerReferencesItem(owner))
                .type("Opaque")
                .data(values);
    }

    /** Leads to all declared ports; without any it is headless, since a ClusterIP needs one. */
    V1Service service(V1OwnerReference owner) {
        V1ServiceSpec spec = new V1ServiceSpec().selector(selector(app.slug())).publishNotReadyAddresses(true);
        if (ports().isEmpty()) {
            spec.clusterIP("None");
        } else {
            spec.type("ClusterIP").ports(ports().servicePorts(relayed()));
        }
        return new V1Service()
                .metadata(metadata(ObjectNames.service(app.slug())).addOwnerReferencesItem(owner))
                .spec(spec);
    }

    /** The one headless Service of all apps. */
    static V1Service headless() {
        return new V1Service()
                .metadata(new V1ObjectMeta().name(HEADLESS).labels(Labels.ofSupervisor()))
                .spec(new V1ServiceSpec()
                        .clusterIP("None")
                        .selector(Map.of(Labels.TYPE, TYPE))
                        .publishNotReadyAddresses(true));
    }

    /** Makes an object go with its app's Deployment. */
    static V1OwnerReference ownedBy(V1Deployment deployment) {
        return new V1OwnerReference()
                .apiVersion(Kind.DEPLOYMENT.apiVersion())
                .kind(Kind.DEPLOYMENT.kind())
                .name(deployment.getMetadata().getName())
                .uid(deployment.getMetadata().getUid())
                .blockOwnerDeletion(false);
    }

    /** Never with a version: selectors are immutable. */
    static Map<String, String> selector(String slug) {
        return Map.of(Labels.TYPE, TYPE, Labels.SLUG, ObjectNames.labelValue(slug));
    }

    /** All that the app itself listens on. */
    AppPorts ports() {
        return AppPorts.of(app.manifest(), ingressPort);
    }

    /** The port that other apps reach through the relay, where there is one. */
    Optional<RelayedPort> relayed() {
        return relay.flatMap(_ -> RelayedPort.of(app.manifest()));
    }

    private V1PodTemplateSpec template(String restartPolicy) {
        return new AppPod(this).template(restartPolicy);
    }

    private V1ObjectMeta metadata(String name) {
        return new V1ObjectMeta().name(name).labels(labels());
    }

    Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>(selector(app.slug()));
        labels.put(
                "app.kubernetes.io/name", ObjectNames.labelValue(app.manifest().slug()));
        labels.put("app.kubernetes.io/instance", name());
        labels.put(
                "app.kubernetes.io/version", ObjectNames.labelValue(app.user().version()));
        labels.put("app.kubernetes.io/component", TYPE);
        labels.put("app.kubernetes.io/part-of", "home-assistant");
        labels.put("app.kubernetes.io/managed-by", "hass-supervisor");
        labels.put(Labels.MANAGED, "true");
        labels.put(Labels.REPOSITORY, ObjectNames.labelValue(app.repository()));
        labels.put(Labels.VERSION, ObjectNames.labelValue(app.user().version()));
        labels.put(Labels.ARCH, app.arch());
        return labels;
    }
}
