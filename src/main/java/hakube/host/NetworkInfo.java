package hakube.host;

import hakube.config.Cidr;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;
import java.util.Optional;

/**
 * Answer of {@code /network/info}: the one network that the Supervisor's pod has, in the words for a home's.
 *
 * @param docker the network of the pods
 * @param hostInternet always {@code null}: nodes are not asked
 * @param supervisorInternet what the last check said
 */
public record NetworkInfo(
        List<Interface> interfaces,
        Docker docker,
        @JsonbNillable @JsonbProperty("host_internet") Boolean hostInternet,
        @JsonbProperty("supervisor_internet") boolean supervisorInternet) {

    private static final String ETHERNET = "ethernet";
    /** Whoever made the pod gave it its addresses. */
    private static final String AUTO = "auto";

    private static final String DEFAULT = "default";

    /** @param gateway of IPv4. */
    static NetworkInfo of(Link link, Resolver resolver, Optional<String> gateway, boolean hasInternet) {
        return new NetworkInfo(
                List.of(Interface.of(link, resolver, gateway)), Docker.of(link, resolver, gateway), null, hasInternet);
    }

    /**
     * Answer of {@code /network/interface/{interface}/info}.
     *
     * @param ipv4 {@code null} without such an address; so is {@code ipv6}
     */
    public record Interface(
            @JsonbProperty("interface") String name,
            String type,
            boolean enabled,
            boolean connected,
            boolean primary,
            String mac,
            Ipv4 ipv4,
            Ipv6 ipv6,
            Object wifi,
            Object vlan,
            String mdns,
            String llmnr) {

        static Interface of(Link link, Resolver resolver, Optional<String> gateway) {
            return new Interface(
                    link.name(),
                    ETHERNET,
                    true,
                    !link.addresses().isEmpty(),
                    true,
                    link.mac(),
                    Ipv4.of(texts(link, true), resolver, gateway),
                    Ipv6.of(texts(link, false), resolver),
                    null,
                    null,
                    null,
                    null);
        }

        private static List<String> texts(Link link, boolean isIpv4) {
            return link.addresses(isIpv4).stream().map(Cidr::text).toList();
        }
    }

    /** @param gateway {@code null} where there is none. */
    public record Ipv4(
            String method,
            List<String> address,
            List<String> nameservers,
            String gateway,
            @JsonbNillable @JsonbProperty("route_metric") Integer routeMetric,
            boolean ready) {

        private static Ipv4 of(List<String> addresses, Resolver resolver, Optional<String> gateway) {
            return addresses.isEmpty()
                    ? null
                    : new Ipv4(AUTO, addresses, resolver.texts(true), gateway.orElse(null), null, true);
        }
    }

    /** @param gateway always {@code null}: it is not looked for. */
    public record Ipv6(
            String method,
            List<String> address,
            List<String> nameservers,
            String gateway,
            @JsonbNillable @JsonbProperty("route_metric") Integer routeMetric,
            boolean ready,
            @JsonbProperty("addr_gen_mode") String addrGenMode,
            @JsonbProperty("ip6_privacy") String ip6Privacy) {

        private static Ipv6 of(List<String> addresses, Resolver resolver) {
            return addresses.isEmpty()
                    ? null
                    : new Ipv6(AUTO, addresses, resolver.texts(false), null, null, true, DEFAULT, DEFAULT);
        }
    }

    /**
     * Clients refuse {@code null} and IPv6 here, so {@code 0.0.0.0} stands for what there is not.
     *
     * @param name of the interface
     * @param address network of the pods as the own pod sees it, {@code 10.42.0.0/24}
     */
    public record Docker(@JsonbProperty("interface") String name, String address, String gateway, String dns) {

        private static final String NO_NETWORK = OwnAddress.NONE + "/32";

        private static Docker of(Link link, Resolver resolver, Optional<String> gateway) {
            return new Docker(
                    link.name(),
                    link.addresses(true).stream()
                            .map(address -> address.network().text())
                            .findFirst()
                            .orElse(NO_NETWORK),
                    gateway.orElse(OwnAddress.NONE),
                    resolver.texts(true).stream().findFirst().orElse(OwnAddress.NONE));
        }
    }
}
