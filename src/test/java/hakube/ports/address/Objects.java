package hakube.ports.address;

import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.Sample;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServicePort;
import io.kubernetes.client.openapi.models.V1ServiceSpec;
import java.util.List;
import java.util.Map;

/** The objects of the internal address as the cluster has them, and the Services of apps that they lead to. */
record Objects(Cluster cluster) {

    private static final String NAME = "ha-internal";

    boolean exists() {
        return cluster.read(Kind.SERVICE, NAME).isPresent()
                && cluster.read(Kind.DEPLOYMENT, NAME).isPresent()
                && cluster.read(Kind.CONFIG_MAP, NAME + "-config").isPresent();
    }

    boolean existsInPart() {
        return cluster.read(Kind.SERVICE, NAME).isPresent()
                || cluster.read(Kind.DEPLOYMENT, NAME).isPresent()
                || cluster.read(Kind.CONFIG_MAP, NAME + "-config").isPresent();
    }

    List<String> ports() {
        return cluster.read(Kind.SERVICE, NAME).stream()
                .flatMap(service -> service.getSpec().getPorts().stream())
                .map(V1ServicePort::getName)
                .toList();
    }

    Map<String, String> annotations() {
        return cluster.read(Kind.SERVICE, NAME).orElseThrow().getMetadata().getAnnotations();
    }

    String config() {
        return cluster.read(Kind.CONFIG_MAP, NAME + "-config")
                .map(configMap -> configMap.getData().get("nginx.conf"))
                .orElse("");
    }

    String hash() {
        return hashIn(cluster.read(Kind.DEPLOYMENT, NAME).orElseThrow());
    }

    static String hashIn(V1Deployment deployment) {
        return deployment.getSpec().getTemplate().getMetadata().getAnnotations().get("io.hass.config-hash");
    }

    List<String> versions() {
        return List.of(
                cluster.read(Kind.SERVICE, NAME).orElseThrow().getMetadata().getResourceVersion(),
                cluster.read(Kind.CONFIG_MAP, NAME + "-config")
                        .orElseThrow()
                        .getMetadata()
                        .getResourceVersion());
    }

    String addressOf(String service) {
        return cluster.read(Kind.SERVICE, service).orElseThrow().getSpec().getClusterIP();
    }

    void service(String name, int port) {
        service(name, port, null);
    }

    void service(String name, int port, String address) {
        cluster.apply(
                Kind.SERVICE,
                new V1Service()
                        .metadata(Sample.metadata(name))
                        .spec(new V1ServiceSpec().clusterIP(address).addPortsItem(new V1ServicePort().port(port))));
    }
}
