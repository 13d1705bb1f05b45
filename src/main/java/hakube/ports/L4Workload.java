package hakube.ports;

import hakube.config.Settings;
import hakube.kubernetes.Labels;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapVolumeSource;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1DeploymentStrategy;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1RollingUpdateDeployment;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServicePort;
import io.kubernetes.client.openapi.models.V1ServiceSpec;
import io.kubernetes.client.openapi.models.V1Volume;
import java.net.Inet6Address;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The three objects of the internal address, as they are wanted: LoadBalancer Service, proxy Deployment and its ConfigMap.
 * Pure.
 */
record L4Workload(V1ConfigMap configMap, V1Deployment deployment, V1Service service) {

    /** Value of {@link Labels#COMPONENT}. */
    static final String COMPONENT = "internal-l4";

    /**
     * @param nodeArch architecture that the proxy's node must have
     * @param entries all ports of the registry
     * @param config what the proxy is told
     */
    static L4Workload of(
            Settings.InternalGateway gateway, Optional<String> nodeArch, List<PortEntry> entries, ProxyConfig config) {
        return new L4Workload(
                new V1ConfigMap()
                        .metadata(metadata(gateway, gateway.configMapName()))
                        .putDataItem(ProxyConfig.FILE, config.text()),
                deployment(gateway, nodeArch, config),
                new V1Service()
                        .metadata(metadata(gateway, gateway.name()).annotations(annotations(gateway)))
                        .spec(service(gateway, entries)));
    }

    /** {@code IPv4} or {@code IPv6}. */
    static String family(Settings.InternalGateway gateway) {
        return gateway.address() instanceof Inet6Address ? "IPv6" : "IPv4";
    }

    private static V1ServiceSpec service(Settings.InternalGateway gateway, List<PortEntry> entries) {
        return new V1ServiceSpec()
                .type("LoadBalancer")
                .loadBalancerIP(gateway.address().getHostAddress())
                .ipFamilyPolicy("SingleStack")
                .ipFamilies(List.of(family(gateway)))
                .externalTrafficPolicy(gateway.externalTrafficPolicy())
                .selector(selector(gateway))
                .ports(entries.stream()
                        .map(PortEntry::external)
                        .sorted()
                        .map(L4Workload::port)
                        .toList());
    }

    private static V1ServicePort port(ExternalPort external) {
        String protocol = external.protocol().word();
        return new V1ServicePort()
                .name(protocol + "-" + external.number())
                .protocol(protocol.toUpperCase(Locale.ROOT))
                .port(external.number())
                .targetPort(new IntOrString(external.number()));
    }

    /** Cilium has had two names for the address that is asked for; what the user configured wins over both. */
    private static Map<String, String> annotations(Settings.InternalGateway gateway) {
        Map<String, String> annotations = new HashMap<>();
        if (gateway.gatewayClass().equals("cilium")) {
            annotations.put("io.cilium/lb-ipam-ips", gateway.address().getHostAddress());
            annotations.put("lbipam.cilium.io/ips", gateway.address().getHostAddress());
        }
        annotations.putAll(gateway.annotations());
        return annotations;
    }

    /** A new proxy is ready before an old one is told to go, which then goes on accepting for a while. */
    private static V1Deployment deployment(
            Settings.InternalGateway gateway, Optional<String> nodeArch, ProxyConfig config) {
        V1RollingUpdateDeployment surge =
                new V1RollingUpdateDeployment().maxSurge(new IntOrString(1)).maxUnavailable(new IntOrString(0));
        V1Volume configVolume = new V1Volume()
                .name(ProxyPod.CONFIG_VOLUME)
                .configMap(new V1ConfigMapVolumeSource().name(gateway.configMapName()));
        return new V1Deployment()
                .metadata(metadata(gateway, gateway.name()))
                .spec(new V1DeploymentSpec()
                        .replicas(1)
                        .revisionHistoryLimit(1)
                        .strategy(
                                new V1DeploymentStrategy().type("RollingUpdate").rollingUpdate(surge))
                        .selector(new V1LabelSelector().matchLabels(selector(gateway)))
                        .template(new V1PodTemplateSpec()
                                .metadata(new V1ObjectMeta()
                                        .labels(labels(gateway))
                                        .putAnnotationsItem(Labels.CONFIG_HASH, config.hash()))
                                .spec(ProxyPod.spec(gateway.image(), nodeArch, config, configVolume))));
    }

    private static V1ObjectMeta metadata(Settings.InternalGateway gateway, String name) {
        return new V1ObjectMeta().name(name).labels(labels(gateway));
    }

    private static Map<String, String> labels(Settings.InternalGateway gateway) {
        Map<String, String> labels = new HashMap<>(selector(gateway));
        labels.put(Labels.MANAGED, "true");
        labels.put(Labels.TYPE, "gateway");
        labels.put("app.kubernetes.io/part-of", "home-assistant");
        return labels;
    }

    private static Map<String, String> selector(Settings.InternalGateway gateway) {
        return Map.of(Labels.COMPONENT, COMPONENT, "app.kubernetes.io/name", gateway.name());
    }
}
