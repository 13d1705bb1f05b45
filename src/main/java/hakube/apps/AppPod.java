package hakube.apps;

import hakube.config.Settings;
import hakube.kubernetes.Labels;
import hakube.kubernetes.ObjectNames;
import hakube.storage.OneNode;
import hakube.store.AppManifest;
import io.kubernetes.client.openapi.models.V1Capabilities;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1EmptyDirVolumeSource;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1EnvVarSource;
import io.kubernetes.client.openapi.models.V1HostAlias;
import io.kubernetes.client.openapi.models.V1LocalObjectReference;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimVolumeSource;
import io.kubernetes.client.openapi.models.V1PodDNSConfig;
import io.kubernetes.client.openapi.models.V1PodSecurityContext;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.kubernetes.client.openapi.models.V1SeccompProfile;
import io.kubernetes.client.openapi.models.V1SecretKeySelector;
import io.kubernetes.client.openapi.models.V1SecurityContext;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The pod template of an app; Deployment and Job share it. */
record AppPod(AppWorkload workload) {

    private static final String DATA = "data";
    private static final String SHM = "shm";
    private static final String TMP = "tmp";
    private static final Set<String> FIXED = Set.of("TZ", "SUPERVISOR_TOKEN", "HASSIO_TOKEN");

    V1PodTemplateSpec template(String restartPolicy) {
        V1PodSpec spec = spec(restartPolicy);
        V1ObjectMeta metadata = new V1ObjectMeta()
                .labels(workload.labels())
                .putAnnotationsItem(Labels.SLUG, workload.app().slug())
                .putAnnotationsItem(Labels.CONFIG_HASH, Hashes.shortHash(spec.toJson()));
        if (!workload.token().isEmpty()) {
            metadata.putAnnotationsItem(Labels.TOKEN_HASH, Hashes.shortHash(workload.token()));
        }
        return new V1PodTemplateSpec().metadata(metadata).spec(spec);
    }

    private V1PodSpec spec(String restartPolicy) {
        Site site = workload.site();
        AppManifest.Run run = manifest().run();
        String zone = AppWorkload.HEADLESS + "." + site.namespace() + ".svc." + site.domain();
        V1PodSpec spec = new V1PodSpec()
                .restartPolicy(restartPolicy)
                .hostname(ObjectNames.podHostname(workload.app().slug()))
                .subdomain(AppWorkload.HEADLESS)
                .automountServiceAccountToken(false)
                .enableServiceLinks(false)
                .terminationGracePeriodSeconds(run.timeout().toSeconds())
                .shareProcessNamespace(run.init())
                .securityContext(new V1PodSecurityContext()
                        .seccompProfile(
                                new V1SeccompProfile().type(site.settings().seccompProfile())))
                .dnsConfig(new V1PodDNSConfig().searches(List.of(zone)))
                .containers(List.of(container()))
                .volumes(volumes());
        site.pullSecret().ifPresent(secret -> spec.addImagePullSecretsItem(new V1LocalObjectReference().name(secret)));
        site.supervisorAddress()
                .ifPresent(address ->
                        spec.hostAliases(List.of(new V1HostAlias().ip(address).hostnames(List.of("supervisor")))));
        site.nodeArch().ifPresent(arch -> spec.nodeSelector(Map.of("kubernetes.io/arch", arch)));
        site.supervisorPod().ifPresent(pod -> spec.affinity(OneNode.beside(pod)));
        String secret = AppWorkload.secretName(workload.app().slug());
        workload.relay()
                .ifPresent(relay ->
                        relay.addTo(spec, secret, workload.ports(), workload.ingressPort() > 0, workload.relayed()));
        return spec;
    }

    private V1Container container() {
        AppManifest.Run run = manifest().run();
        V1Container container = new V1Container()
                .name(AppWorkload.CONTAINER)
                .image(workload.app().image())
                .imagePullPolicy(workload.pull().policy())
                .env(environment())
                .resources(resources())
                .securityContext(security())
                .volumeMounts(mounts());
        AppPorts ports = workload.ports();
        if (!ports.isEmpty()) {
            container.ports(ports.containerPorts());
        }
        return run.stdin() ? container.stdin(true).stdinOnce(false) : container;
    }

    /** Later names win: the manifest's, then legacy options, then the three that are always there. */
    private List<V1EnvVar> environment() {
        Map<String, V1EnvVar> variables = new LinkedHashMap<>();
        manifest().run().environment().forEach((name, value) -> {
            if (AppRequirements.isEnvironmentName(name)) {
                variables.put(name, new V1EnvVar().name(name).value(escaped(value)));
            }
        });
        workload.legacy().keySet().forEach(name -> {
            variables.remove(name);
            variables.put(name, fromSecret(name));
        });
        FIXED.forEach(variables::remove);
        List<V1EnvVar> all = new ArrayList<>(variables.values());
        all.add(new V1EnvVar().name("TZ").value(workload.site().timezone()));
        all.add(fromSecret("SUPERVISOR_TOKEN"));
        all.add(fromSecret("HASSIO_TOKEN"));
        return all;
    }

    /** The kubelet expands {@code $(X)} and makes one of every two dollar signs; what is written here comes out as it was. */
    private static String escaped(String value) {
        return value.replace("$", "$$");
    }

    private V1EnvVar fromSecret(String name) {
        return new V1EnvVar()
                .name(name)
                .valueFrom(new V1EnvVarSource()
                        .secretKeyRef(new V1SecretKeySelector()
                                .name(AppWorkload.secretName(workload.app().slug()))
                                .key(name)));
    }

    /** Images start as root and change user themselves: the run-time's own capabilities stay. */
    private V1SecurityContext security() {
        V1SecurityContext security = new V1SecurityContext().privileged(false);
        List<String> demanded = List.copyOf(manifest().rights().privileged());
        return demanded.isEmpty() ? security : security.capabilities(new V1Capabilities().add(demanded));
    }

    private V1ResourceRequirements resources() {
        Settings.AppSettings settings = workload.site().settings();
        return workload.app()
                .user()
                .own()
                .resources()
                .over(settings.requests(), settings.limits())
                .requirements();
    }

    private List<V1VolumeMount> mounts() {
        List<V1VolumeMount> mounts = new ArrayList<>();
        AppMounts folders = AppMounts.of(
                workload.app().slug(), manifest(), workload.site().settings().homeassistantAlways());
        for (AppMounts.Mount folder : folders.mounts()) {
            V1VolumeMount mount =
                    new V1VolumeMount().name(DATA).mountPath(folder.path()).subPath(folder.subPath());
            mounts.add(folder.readOnly() ? mount.readOnly(true) : mount);
        }
        mounts.add(new V1VolumeMount().name(SHM).mountPath("/dev/shm"));
        if (manifest().run().tmpfs()) {
            mounts.add(new V1VolumeMount().name(TMP).mountPath("/tmp"));
        }
        return mounts;
    }

    private List<V1Volume> volumes() {
        List<V1Volume> volumes = new ArrayList<>();
        volumes.add(new V1Volume()
                .name(DATA)
                .persistentVolumeClaim(new V1PersistentVolumeClaimVolumeSource()
                        .claimName(workload.site().claim())));
        volumes.add(inMemory(SHM));
        if (manifest().run().tmpfs()) {
            volumes.add(inMemory(TMP));
        }
        return volumes;
    }

    private static V1Volume inMemory(String name) {
        return new V1Volume().name(name).emptyDir(new V1EmptyDirVolumeSource().medium("Memory"));
    }

    private AppManifest manifest() {
        return workload.app().manifest();
    }
}
