package hakube.gateway;

import hakube.config.Settings;
import hakube.kubernetes.CustomKind;
import hakube.kubernetes.Labels;
import java.util.List;
import java.util.Map;

/** The Gateway and the HTTPRoute as they are wanted. Pure. */
record PublicRoute(Map<String, Object> gateway, Map<String, Object> route) {

    static final CustomKind GATEWAY = new CustomKind("gateway.networking.k8s.io", "v1", "Gateway", "gateways");
    static final CustomKind HTTP_ROUTE = new CustomKind("gateway.networking.k8s.io", "v1", "HTTPRoute", "httproutes");

    /** Selects what the Supervisor made, under whatever name. */
    static final String SELECTOR = Labels.MANAGED_SELECTOR + "," + Labels.TYPE + "=gateway";

    private static final String LISTENER = "https";

    /** @param settings with a managed public gateway */
    static PublicRoute of(Settings settings) {
        Settings.PublicGateway wanted = settings.publicGateway();
        String hostname = wanted.hostname().orElseThrow();
        Map<String, Object> secret =
                Map.of("kind", "Secret", "name", wanted.tlsSecret().orElseThrow());
        Map<String, Object> listener = Map.of(
                "name",
                LISTENER,
                "hostname",
                hostname,
                "port",
                443,
                "protocol",
                "HTTPS",
                "tls",
                Map.of("mode", "Terminate", "certificateRefs", List.of(secret)),
                "allowedRoutes",
                Map.of("namespaces", Map.of("from", "Same")));
        // The longer prefix wins, whatever the order.
        List<Map<String, Object>> rules = List.of(
                rule(
                        "/api/hassio_ingress",
                        settings.cluster().serviceName(),
                        settings.cluster().servicePort()),
                rule("/", settings.core().serviceName(), settings.core().servicePort()));
        return new PublicRoute(
                Map.of(
                        "metadata",
                        metadata(wanted.gatewayName()),
                        "spec",
                        Map.of("gatewayClassName", wanted.gatewayClass(), "listeners", List.of(listener))),
                Map.of(
                        "metadata",
                        metadata(wanted.routeName()),
                        "spec",
                        Map.of(
                                "parentRefs",
                                List.of(Map.of("name", wanted.gatewayName(), "sectionName", LISTENER)),
                                "hostnames",
                                List.of(hostname),
                                "rules",
                                rules)));
    }

    private static Map<String, Object> rule(String prefix, String service, int port) {
        return Map.of(
                "matches",
                List.of(Map.of("path", Map.of("type", "PathPrefix", "value", prefix))),
                "backendRefs",
                List.of(Map.of("name", service, "port", port)));
    }

    private static Map<String, Object> metadata(String name) {
        return Map.of(
                "name",
                name,
                "labels",
                Map.of(Labels.MANAGED, "true", Labels.TYPE, "gateway", "app.kubernetes.io/part-of", "home-assistant"));
    }
}
