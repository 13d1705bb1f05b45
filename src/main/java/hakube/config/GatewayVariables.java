package hakube.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/** The internal address of app ports, its registry, and the public gateway. */
final class GatewayVariables {

    static final Setting<InetAddress> ADDRESS = Setting.of("SUPERVISOR_K8S_INTERNAL_GATEWAY_ADDRESS", Networks.ADDRESS)
            .example("192.168.100.130")
            .effect("The LAN address of add-on ports; its Service is SingleStack in the address's family.");

    static final Setting<String> NAME = Setting.of("SUPERVISOR_K8S_INTERNAL_GATEWAY_NAME", Names.LABEL)
            .or("ha-internal")
            .effect("Name of its Service and Deployment; `<name>-config` is the ConfigMap.");

    static final Setting<String> INTERNAL_CLASS = Setting.of("SUPERVISOR_K8S_INTERNAL_GATEWAY_CLASS", Names.LABEL)
            .or("cilium")
            .example("metallb")
            .effect("`cilium` adds the annotations by which Cilium hands out the address; any other value adds none.");

    static final Setting<String> IMAGE = Setting.of("SUPERVISOR_K8S_INTERNAL_L4_IMAGE", Names.IMAGE)
            .or("nginx:1.25-alpine")
            .effect("Image of the L4 proxy, the Core link and the ingress relay: nginx with stream, `sh` and `ip`.");

    static final Setting<Map<String, String>> ANNOTATIONS = Setting.of(
                    "SUPERVISOR_K8S_INTERNAL_L4_SERVICE_ANNOTATIONS", Amounts.STRINGS)
            .or("{}")
            .example("{\"metallb.io/loadBalancerIPs\": \"192.168.100.130\"}")
            .effect("Added to the LoadBalancer Service; wins over the automatic annotation.");

    static final Setting<String> TRAFFIC_POLICY = Setting.of(
                    "SUPERVISOR_K8S_EXTERNAL_TRAFFIC_POLICY", Rule.oneOf("Cluster", "Local"))
            .or("Cluster")
            .example("Local")
            .effect("`externalTrafficPolicy` of that Service.");

    static final Setting<String> REGISTRY = Setting.of("SUPERVISOR_K8S_PORT_REGISTRY_CONFIGMAP", Names.SUBDOMAIN)
            .or("supervisor-port-registry")
            .effect("ConfigMap that says who owns which external port.");

    static final Setting<String> REGISTRY_KEY = Setting.of("SUPERVISOR_K8S_PORT_REGISTRY_KEY", Names.CONFIG_MAP_KEY)
            .or("registry.json")
            .effect("Its key in that ConfigMap.");

    static final Setting<Boolean> MANAGED = Setting.of("SUPERVISOR_K8S_MANAGE_PUBLIC_GATEWAY", Rule.BOOLEAN)
            .or("false")
            .example("true")
            .effect("The Supervisor makes the public Gateway and HTTPRoute.");

    static final Setting<String> HOSTNAME = Setting.of("SUPERVISOR_K8S_GATEWAY_HOSTNAME", Names.DNS_NAME)
            .requiredWith(MANAGED)
            .example("ha.example.com")
            .effect("Host name of listener and route.");

    static final Setting<String> TLS_SECRET = Setting.of("SUPERVISOR_K8S_GATEWAY_TLS_SECRET", Names.SUBDOMAIN)
            .requiredWith(MANAGED)
            .example("ha-tls")
            .effect("Secret with the certificate of the HTTPS listener.");

    static final Setting<String> PUBLIC_CLASS = Setting.of("SUPERVISOR_K8S_GATEWAY_CLASS", Names.SUBDOMAIN)
            .or("cilium")
            .effect("GatewayClass of the public Gateway.");

    static final Setting<String> GATEWAY_NAME = Setting.of("SUPERVISOR_K8S_GATEWAY_NAME", Names.LABEL)
            .or("main-gateway")
            .effect("Name of the public Gateway.");

    static final Setting<String> ROUTE_NAME = Setting.of("SUPERVISOR_K8S_HTTPROUTE_NAME", Names.LABEL)
            .or("ha-http")
            .effect("Name of the HTTPRoute.");

    static final List<Setting<?>> INTERNAL =
            List.of(ADDRESS, NAME, INTERNAL_CLASS, IMAGE, ANNOTATIONS, TRAFFIC_POLICY, REGISTRY, REGISTRY_KEY);

    static final List<Setting<?>> PUBLIC =
            List.of(MANAGED, HOSTNAME, TLS_SECRET, PUBLIC_CLASS, GATEWAY_NAME, ROUTE_NAME);

    private GatewayVariables() {}

    static Settings.InternalGateway internal(Values values) {
        return new Settings.InternalGateway(
                values.get(ADDRESS),
                values.get(NAME),
                values.get(INTERNAL_CLASS),
                values.get(IMAGE),
                values.get(ANNOTATIONS),
                values.get(TRAFFIC_POLICY));
    }

    static Settings.PortRegistry registry(Values values) {
        return new Settings.PortRegistry(values.get(REGISTRY), values.get(REGISTRY_KEY));
    }

    static Settings.PublicGateway publicGateway(Values values) {
        return new Settings.PublicGateway(
                values.get(MANAGED),
                values.find(HOSTNAME),
                values.find(TLS_SECRET),
                values.get(PUBLIC_CLASS),
                values.get(GATEWAY_NAME),
                values.get(ROUTE_NAME));
    }
}
