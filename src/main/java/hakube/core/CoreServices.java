package hakube.core;

import hakube.config.Settings;
import hakube.relay.CoreLinkConfig;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServicePort;
import io.kubernetes.client.openapi.models.V1ServiceSpec;
import java.util.List;
import java.util.TreeSet;

/** Core's two Services, as values. Pure. */
record CoreServices(CoreOptions options, Settings settings) {

    static final String HEADLESS = "homeassistant-headless";

    private static final int PLAIN_HTTP = 80;
    /** What a gateway or an ingress controller needs to know to speak TLS to the pod. */
    private static final String TLS = "https";

    /** Leads to the port that Core reported, by the ports that clients know, and says so when Core speaks TLS there. */
    V1Service main() {
        V1ServiceSpec spec = new V1ServiceSpec().type("ClusterIP").selector(CoreLabels.SELECTOR);
        TreeSet<Integer> ports = new TreeSet<>(
                List.of(PLAIN_HTTP, CoreOptions.DEFAULT_PORT, settings.core().servicePort(), options.port()));
        for (int port : ports) {
            spec.addPortsItem(port(port == CoreOptions.DEFAULT_PORT ? "http" : "http-" + port, port)
                    .appProtocol(options.ssl() ? TLS : null));
        }
        return new V1Service()
                .metadata(CoreLabels.metadata(settings.core().serviceName(), options))
                .spec(spec);
    }

    /** Names the pod, also while it is not ready. */
    V1Service headless() {
        V1ServiceSpec spec = new V1ServiceSpec()
                .clusterIP("None")
                .publishNotReadyAddresses(true)
                .selector(CoreLabels.SELECTOR)
                .addPortsItem(port("http", options.port()));
        if (CoreSideCar.isWanted(options.version(), settings.core().link())) {
            spec.addPortsItem(port("core-link", CoreLinkConfig.PORT, CoreLinkConfig.PORT));
        }
        return new V1Service().metadata(CoreLabels.metadata(HEADLESS, options)).spec(spec);
    }

    private V1ServicePort port(String name, int port) {
        return port(name, port, options.port());
    }

    private static V1ServicePort port(String name, int port, int target) {
        return new V1ServicePort().name(name).port(port).protocol("TCP").targetPort(new IntOrString(target));
    }
}
