package hakube.ports.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.ports.ExternalPort;
import hakube.ports.ExternalPort.Protocol;
import hakube.testing.ControlPlane;
import hakube.testing.Eventually;
import hakube.testing.Space;
import io.kubernetes.client.openapi.models.V1Service;
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
    private Objects objects;

    @BeforeEach
    void connect() throws Exception {
        space = ControlPlane.namespace("internal-l4");
        house = House.in(space);
        cluster = house.cluster();
        objects = new Objects(cluster);
        objects.service("core-mosquitto", 1884);
        objects.service("local-dns", 5353);
    }

    @AfterEach
    void leave() throws Exception {
        house.close();
        space.close();
    }

    @Test
    void objectsComeWithTheFirstPortAndGoWithTheLast() throws Exception {
        house.start();
        assertFalse(objects.exists());

        house.registry().claim("core_mosquitto", "core-mosquitto", MQTT);
        Eventually.holds("all three are there", SOON, objects::exists);
        house.registry().claim("local_dns", "local-dns", DNS);
        Eventually.holds("both ports", SOON, () -> objects.ports().equals(List.of("udp-53", "tcp-1883")));

        house.registry().release("core_mosquitto");
        Eventually.holds("one port", SOON, () -> objects.ports().equals(List.of("udp-53")));
        house.registry().release("local_dns");
        Eventually.holds("all three are gone", SOON, () -> !objects.existsInPart());
    }

    @Test
    void appWithoutExternalPortsMakesNothing() {
        house.start();
        house.registry().claim("ingress_only", "ingress-only", Map.of());

        house.l4().reconcile();

        assertFalse(objects.existsInPart());
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
                objects.annotations());

        house.with("metallb", Map.of("example.com/pool", "home")).reconcile();
        assertEquals(Map.of("example.com/pool", "home"), objects.annotations());
    }

    @Test
    void configurationLeadsToTheClusterIpAndItsHashRollsTheProxy() {
        house.registry().claim("core_mosquitto", "core-mosquitto", MQTT);
        house.l4().reconcile();
        String first = objects.hash();
        assertTrue(
                objects.config().contains("proxy_pass " + objects.addressOf("core-mosquitto") + ":1884;"),
                objects.config());
        assertTrue(objects.config().startsWith("# " + first + "\n"), objects.config());

        house.registry().claim("local_dns", "local-dns", DNS);
        house.l4().reconcile();

        assertTrue(
                objects.config().contains("proxy_pass " + objects.addressOf("local-dns") + ":5353;"), objects.config());
        assertNotEquals(first, objects.hash());
        assertTrue(objects.config().startsWith("# " + objects.hash() + "\n"), objects.config());
    }

    @Test
    void secondReconcileChangesNothing() {
        house.registry().claim("core_mosquitto", "core-mosquitto", MQTT);
        house.l4().reconcile();
        List<String> before = objects.versions();

        house.l4().reconcile();
        assertEquals(before, objects.versions());

        House.in(space).use(fresh -> fresh.l4().reconcile());
        assertEquals(
                objects.hash(),
                Objects.hashIn(cluster.read(Kind.DEPLOYMENT, NAME).orElseThrow()));
    }
}
