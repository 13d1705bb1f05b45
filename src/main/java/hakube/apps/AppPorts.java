package hakube.apps;

import hakube.ports.ExternalPort;
import hakube.store.AppManifest;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.openapi.models.V1ContainerPort;
import io.kubernetes.client.openapi.models.V1ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The ports that an app declares, published or not, each with a name; ingress may share one of them. */
record AppPorts(Map<ExternalPort, String> named) {

    /** @param ingressPort 0 without ingress */
    static AppPorts of(AppManifest manifest, int ingressPort) {
        Map<ExternalPort, String> named = new TreeMap<>();
        for (String key : manifest.network().ports().keySet()) {
            ExternalPort port = containerPort(key);
            named.put(port, port.protocol().word() + "-" + port.number());
        }
        if (ingressPort > 0) {
            named.put(new ExternalPort(ingressPort, ExternalPort.Protocol.TCP), "ingress");
        }
        return new AppPorts(named);
    }

    /** Reads {@code 80/tcp}, or {@code 80} for the same. */
    static ExternalPort containerPort(String key) {
        return ExternalPort.parse(key.contains("/") ? key : key + "/tcp");
    }

    /** Whether a manifest's key names a port that exists; its form alone was checked. */
    static boolean isContainerPort(String key) {
        try {
            return containerPort(key).number() > 0;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    boolean isEmpty() {
        return named.isEmpty();
    }

    List<V1ContainerPort> containerPorts() {
        return named.entrySet().stream()
                .map(port -> new V1ContainerPort()
                        .name(port.getValue())
                        .containerPort(port.getKey().number())
                        .protocol(protocol(port.getKey())))
                .toList();
    }

    boolean has(int tcpPort) {
        return named.containsKey(new ExternalPort(tcpPort, ExternalPort.Protocol.TCP));
    }

    /** The first above that one which the app does not have itself. */
    int freeAfter(int tcpPort) {
        int port = tcpPort + 1;
        while (port < ExternalPort.HIGHEST && has(port)) {
            port++;
        }
        return port;
    }

    /** @param relayed the port that leads to the relay, and has another way to the app itself */
    List<V1ServicePort> servicePorts(Optional<RelayedPort> relayed) {
        List<V1ServicePort> ports = new ArrayList<>();
        named.forEach((port, name) -> {
            boolean isRelayed = port.protocol() == ExternalPort.Protocol.TCP
                    && relayed.filter(one -> one.port() == port.number()).isPresent();
            int target = isRelayed ? relayed.get().relay() : port.number();
            ports.add(servicePort(name, port.number(), target, protocol(port)));
        });
        relayed.ifPresent(one -> ports.add(servicePort("direct-" + one.port(), one.relay(), one.port(), "TCP")));
        return ports;
    }

    private static V1ServicePort servicePort(String name, int port, int target, String protocol) {
        return new V1ServicePort()
                .name(name)
                .port(port)
                .targetPort(new IntOrString(target))
                .protocol(protocol);
    }

    private static String protocol(ExternalPort port) {
        return port.protocol().word().toUpperCase(Locale.ROOT);
    }
}
