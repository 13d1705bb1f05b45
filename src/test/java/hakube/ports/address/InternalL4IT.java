package hakube.ports.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.Sample;
import hakube.ports.ExternalPort;
import hakube.ports.ExternalPort.Protocol;
import hakube.testing.ControlPlane;
import hakube.testing.Eventually;
import hakube.testing.Space;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServicePort;
import io.kubernetes.client.openapi.models.V1ServiceSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InternalL4IT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String NAME = "ha-internal";
    private static final Map<ExternalPort, Integer> MQTT = Map.of(new ExternalPort(1883, Protocol.TCP), 1884);
    private static final Map<ExternalPort, Integer> DNS = Map.of(new ExternalPort(53, Protocol.UDP), 5353);

    private Space space;
    private House house;
    private Cluster cluster;

    @BeforeEach
    void connect() throws Exception {
        space = ControlPlane.namespace("internal-l4");
        house = House.in(space);
        cluster = house.cluster();
        service("core-mosquitto", 1884);
        service("local-dns", 5353);
    }

    @AfterEach
    void leave() throws Exception {
        house.close();
        space.close();
    }

    @Test
    void objectsComeWithTheFirstPortAndGoWithTheLast() throws Exception {
        house.start();
        assertFalse(exists());

        house.registry().claim("core_mosquitto", "core-mosquitto", MQTT);
        Eventually.holds("all three are there", SOON, this::exists);
        house.registry().claim("local_dns", "local-dns", DNS);
        Eventually.holds("both ports", SOON, () -> ports().equals(List.of("udp-53", "tcp-1883")));

        house.registry().release("core_mosquitto");
        Eventually.holds("one port", SOON, () -> ports().equals(List.of("udp-53")));
        house.registry().release("local_dns");
        Eventually.holds("all three are gone", SOON, () -> !existsInPart());
    }

    @Test
    void appWithoutExternalPortsMakesNothing() {
        house.start();
        house.registry().claim("ingress_only", "ingress-only", Map.of());

        house.l4().reconcile();

        assertFalse(existsInPart());
        assertTrue(cluster.read(Kind.CONFIG_MAP, "supervisor-port-registry").isEmpty());
    }

    @Test
    void serviceAsksForTheAddressInEveryWay() {
        house.registry().claim("core_mosquitto", "core-mosquitto", MQTT);
        house.l4().reconcile();

        V1Service service = cluster.read(Kind.SERVICE, NAME).orElseThrow();
        assertEquals("LoadBalancer", service.getSpec().getType());
        assertEquals("192.168.100.130", service.getSpec().getLoadBalancerIP());
        assertEquals(List.of("IPv4"), service.getSpec().getIpFamilies());
        assertEquals(
                Map.of("io.cilium/lb-ipam-ips", "192.168.100.130", "lbipam.cilium.io/ips", "192.168.100.130"),
                service.getMetadata().getAnnotations());
        assertEquals(null, service.getSpec().getLoadBalancerClass());
    }

    @Test
    void configuredAnnotationsWinAndAnotherClassAddsNone() {
        Map<String, String> configured = Map.of("lbipam.cilium.io/ips", "10.0.0.9", "example.com/pool", "home");
        house.registry().claim("core_mosquitto", "core-mosquitto", MQTT);

        house.with("cilium", configured).reconcile();
        assertEquals(
                Map.of(
                        "io.cilium/lb-ipam-ips",
                        "192.168.100.130",
                        "lbipam.cilium.io/ips",
                        "10.0.0.9",
                        "example.com/pool",
                        "home"),
                annotations());

        house.with("metallb", Map.of("example.com/pool", "home")).reconcile();
        assertEquals(Map.of("example.com/pool", "home"), annotations());
    }

    @Test
    void configurationLeadsToTheClusterIpAndItsHashRollsTheProxy() {
        house.registry().claim("core_mosquitto", "core-mosquitto", MQTT);
        house.l4().reconcile();
        String first = hash();
        assertTrue(config().contains("proxy_pass " + addressOf("core-mosquitto") + ":1884;"), config());
        assertTrue(config().startsWith("# " + first + "\n"), config());

        house.registry().claim("local_dns", "local-dns", DNS);
        house.l4().reconcile();

        assertTrue(config().contains("proxy_pass " + addressOf("local-dns") + ":5353;"), config());
        assertNotEquals(first, hash());
        assertTrue(config().startsWith("# " + hash() + "\n"), config());
    }

    @Test
    void secondReconcileChangesNothing() {
        house.registry().claim("core_mosquitto", "core-mosquitto", MQTT);
        house.l4().reconcile();
        List<String> before = versions();

        house.l4().reconcile();
        assertEquals(before, versions());

        House.in(space).use(fresh -> fresh.l4().reconcile());
        assertEquals(hash(), hashIn(cluster.read(Kind.DEPLOYMENT, NAME).orElseThrow()));
    }

    @Test
    void missingServiceLeavesOnlyItsOwnServerOutUntilItComes() throws Exception {
        house.start();
        house.registry().claim("late", "late", Map.of(new ExternalPort(8080, Protocol.TCP), 80));
        house.registry().claim("core_mosquitto", "core-mosquitto", MQTT);
        Eventually.holds("the other's server", SOON, () -> exists() && config().contains(":1884;"));
        assertFalse(config().contains("listen 0.0.0.0:8080"), config());
        assertTrue(ports().contains("tcp-8080"));

        service("late", 80);
        Eventually.holds("its server", SOON, () -> config().contains("proxy_pass " + addressOf("late") + ":80;"));

        cluster.delete(Kind.SERVICE, "late");
        Eventually.holds("its server is gone", SOON, () -> !config().contains("listen 0.0.0.0:8080"));
        assertTrue(config().contains(":1884;"), config());
    }

    @Test
    void serviceThatIsMadeAnewIsFollowedToItsNewAddress() throws Exception {
        house.start();
        house.registry().claim("core_mosquitto", "core-mosquitto", MQTT);
        Eventually.holds("the first address", SOON, () -> exists() && config().contains(addressOf("core-mosquitto")));
        String first = addressOf("core-mosquitto");

        cluster.delete(Kind.SERVICE, "core-mosquitto");
        service("holds-the-old-address", 80, first);
        service("core-mosquitto", 1884);

        Eventually.holds("the new address", SOON, () -> config().contains(
                        "proxy_pass " + addressOf("core-mosquitto") + ":1884;"));
        assertFalse(config().contains("proxy_pass " + first + ":"), config());
    }

    @Test
    void freshProcessRebuildsFromTheRegistryAlone() throws Exception {
        house.registry().claim("core_mosquitto", "core-mosquitto", MQTT);
        house.registry().claim("local_dns", "local-dns", DNS);

        House.in(space).use(fresh -> {
            fresh.start();
            assertTrue(exists());
        });

        assertEquals(List.of("udp-53", "tcp-1883"), ports());
    }

    @Test
    void damagedRegistryLeavesTheProxyAsItIsUntilItIsMended() throws Exception {
        house.start();
        house.registry().claim("core_mosquitto", "core-mosquitto", MQTT);
        Eventually.holds("all three are there", SOON, this::exists);
        String before = config();
        V1ConfigMap registry =
                cluster.read(Kind.CONFIG_MAP, "supervisor-port-registry").orElseThrow();
        String good = registry.getData().get("registry.json");

        try (House stranger = House.in(space)) {
            stranger.cluster().swap(Kind.CONFIG_MAP, registry.putDataItem("registry.json", "{"));
            service("new-address", 80);
            Eventually.holds("it is seen", SOON, this::isDamaged);
            assertTrue(exists());
            assertEquals(before, config());

            V1ConfigMap damaged = stranger.cluster()
                    .read(Kind.CONFIG_MAP, "supervisor-port-registry")
                    .orElseThrow();
            String both = good.substring(0, good.length() - 1) + ",\"53/udp\":{\"addon\":\"local_dns\","
                    + "\"service\":\"local-dns\",\"targetPort\":5353,\"protocol\":\"udp\"}}";
            stranger.cluster().swap(Kind.CONFIG_MAP, damaged.putDataItem("registry.json", both));
        }

        // Sooner than the next attempt that is made without any change.
        Eventually.holds("both ports", Duration.ofSeconds(12), () -> ports().equals(List.of("udp-53", "tcp-1883")));
    }

    @Test
    void objectThatSomebodyDeletesComesBack() throws Exception {
        house.start();
        house.registry().claim("core_mosquitto", "core-mosquitto", MQTT);
        Eventually.holds("all three are there", SOON, this::exists);

        try (House stranger = House.in(space)) {
            stranger.cluster().delete(Kind.DEPLOYMENT, NAME);
            stranger.cluster().delete(Kind.CONFIG_MAP, NAME + "-config");
            stranger.cluster().delete(Kind.SERVICE, NAME);
        }

        Eventually.holds("they are back", SOON, this::exists);
    }

    @Test
    void objectsOfAnEarlierNameAreRemovedAndStrangersStay() {
        house.registry().claim("core_mosquitto", "core-mosquitto", MQTT);
        house.named("earlier").reconcile();
        assertTrue(cluster.read(Kind.SERVICE, "earlier").isPresent());

        house.l4().reconcile();

        assertTrue(exists());
        assertTrue(cluster.read(Kind.SERVICE, "earlier").isEmpty());
        assertTrue(cluster.read(Kind.DEPLOYMENT, "earlier").isEmpty());
        assertTrue(cluster.read(Kind.CONFIG_MAP, "earlier-config").isEmpty());
        assertTrue(cluster.read(Kind.SERVICE, "core-mosquitto").isPresent());
    }

    @Test
    void restOfAnEarlierNameIsRemovedEvenWithoutItsService() {
        house.registry().claim("core_mosquitto", "core-mosquitto", MQTT);
        house.named("earlier").reconcile();
        cluster.delete(Kind.SERVICE, "earlier");

        house.l4().reconcile();

        assertTrue(cluster.read(Kind.DEPLOYMENT, "earlier").isEmpty());
        assertTrue(cluster.read(Kind.CONFIG_MAP, "earlier-config").isEmpty());
    }

    private boolean isDamaged() {
        try {
            house.registry().entries();
            return false;
        } catch (ApiFailure.Internal damaged) {
            return true;
        }
    }

    private boolean exists() {
        return cluster.read(Kind.SERVICE, NAME).isPresent()
                && cluster.read(Kind.DEPLOYMENT, NAME).isPresent()
                && cluster.read(Kind.CONFIG_MAP, NAME + "-config").isPresent();
    }

    private boolean existsInPart() {
        return cluster.read(Kind.SERVICE, NAME).isPresent()
                || cluster.read(Kind.DEPLOYMENT, NAME).isPresent()
                || cluster.read(Kind.CONFIG_MAP, NAME + "-config").isPresent();
    }

    private List<String> ports() {
        return cluster.read(Kind.SERVICE, NAME).stream()
                .flatMap(service -> service.getSpec().getPorts().stream())
                .map(V1ServicePort::getName)
                .toList();
    }

    private Map<String, String> annotations() {
        return cluster.read(Kind.SERVICE, NAME).orElseThrow().getMetadata().getAnnotations();
    }

    private String config() {
        return cluster.read(Kind.CONFIG_MAP, NAME + "-config")
                .map(configMap -> configMap.getData().get("nginx.conf"))
                .orElse("");
    }

    private String hash() {
        return hashIn(cluster.read(Kind.DEPLOYMENT, NAME).orElseThrow());
    }

    private static String hashIn(V1Deployment deployment) {
        return deployment.getSpec().getTemplate().getMetadata().getAnnotations().get("io.hass.config-hash");
    }

    private List<String> versions() {
        return List.of(
                cluster.read(Kind.SERVICE, NAME).orElseThrow().getMetadata().getResourceVersion(),
                cluster.read(Kind.CONFIG_MAP, NAME + "-config")
                        .orElseThrow()
                        .getMetadata()
                        .getResourceVersion());
    }

    private String addressOf(String service) {
        return cluster.read(Kind.SERVICE, service).orElseThrow().getSpec().getClusterIP();
    }

    private void service(String name, int port) {
        service(name, port, null);
    }

    private void service(String name, int port, String address) {
        cluster.apply(
                Kind.SERVICE,
                new V1Service()
                        .metadata(Sample.metadata(name))
                        .spec(new V1ServiceSpec().clusterIP(address).addPortsItem(new V1ServicePort().port(port))));
    }
}
