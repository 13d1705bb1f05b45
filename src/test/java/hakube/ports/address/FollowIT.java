package hakube.ports.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.ports.ExternalPort;
import hakube.ports.ExternalPort.Protocol;
import hakube.testing.ControlPlane;
import hakube.testing.Eventually;
import hakube.testing.Space;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What others do to registry, Services and objects. */
class FollowIT {

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
        space = ControlPlane.namespace("internal-l4-follow");
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
    void missingServiceLeavesOnlyItsOwnServerOutUntilItComes() throws Exception {
        house.start();
        house.registry().claim("late", "late", Map.of(new ExternalPort(8080, Protocol.TCP), 80));
        house.registry().claim("core_mosquitto", "core-mosquitto", MQTT);
        Eventually.holds(
                "the other's server",
                SOON,
                () -> objects.exists() && objects.config().contains(":1884;"));
        assertFalse(objects.config().contains("listen 0.0.0.0:8080"), objects.config());
        assertTrue(objects.ports().contains("tcp-8080"));

        objects.service("late", 80);
        Eventually.holds("its server", SOON, () -> objects.config()
                .contains("proxy_pass " + objects.addressOf("late") + ":80;"));

        cluster.delete(Kind.SERVICE, "late");
        Eventually.holds("its server is gone", SOON, () -> !objects.config().contains("listen 0.0.0.0:8080"));
        assertTrue(objects.config().contains(":1884;"), objects.config());
    }

    @Test
    void serviceThatIsMadeAnewIsFollowedToItsNewAddress() throws Exception {
        house.start();
        house.registry().claim("core_mosquitto", "core-mosquitto", MQTT);
        Eventually.holds(
                "the first address",
                SOON,
                () -> objects.exists() && objects.config().contains(objects.addressOf("core-mosquitto")));
        String first = objects.addressOf("core-mosquitto");

        cluster.delete(Kind.SERVICE, "core-mosquitto");
        objects.service("holds-the-old-address", 80, first);
        objects.service("core-mosquitto", 1884);

        Eventually.holds("the new address", SOON, () -> objects.config()
                .contains("proxy_pass " + objects.addressOf("core-mosquitto") + ":1884;"));
        assertFalse(objects.config().contains("proxy_pass " + first + ":"), objects.config());
    }

    @Test
    void freshProcessRebuildsFromTheRegistryAlone() throws Exception {
        house.registry().claim("core_mosquitto", "core-mosquitto", MQTT);
        house.registry().claim("local_dns", "local-dns", DNS);

        House.in(space).use(fresh -> {
            fresh.start();
            assertTrue(objects.exists());
        });

        assertEquals(List.of("udp-53", "tcp-1883"), objects.ports());
    }

    @Test
    void damagedRegistryLeavesTheProxyAsItIsUntilItIsMended() throws Exception {
        house.start();
        house.registry().claim("core_mosquitto", "core-mosquitto", MQTT);
        Eventually.holds("all three are there", SOON, objects::exists);
        String before = objects.config();
        V1ConfigMap registry =
                cluster.read(Kind.CONFIG_MAP, "supervisor-port-registry").orElseThrow();
        String good = registry.getData().get("registry.json");

        try (House stranger = House.in(space)) {
            stranger.cluster().swap(Kind.CONFIG_MAP, registry.putDataItem("registry.json", "{"));
            objects.service("new-address", 80);
            Eventually.holds("it is seen", SOON, this::isDamaged);
            assertTrue(objects.exists());
            assertEquals(before, objects.config());

            V1ConfigMap damaged = stranger.cluster()
                    .read(Kind.CONFIG_MAP, "supervisor-port-registry")
                    .orElseThrow();
            String both = good.substring(0, good.length() - 1) + ",\"53/udp\":{\"addon\":\"local_dns\","
                    + "\"service\":\"local-dns\",\"targetPort\":5353,\"protocol\":\"udp\"}}";
            stranger.cluster().swap(Kind.CONFIG_MAP, damaged.putDataItem("registry.json", both));
        }

        // Sooner than the next attempt that is made without any change.
        Eventually.holds(
                "both ports", Duration.ofSeconds(12), () -> objects.ports().equals(List.of("udp-53", "tcp-1883")));
    }

    @Test
    void objectThatSomebodyDeletesComesBack() throws Exception {
        house.start();
        house.registry().claim("core_mosquitto", "core-mosquitto", MQTT);
        Eventually.holds("all three are there", SOON, objects::exists);

        try (House stranger = House.in(space)) {
            stranger.cluster().delete(Kind.DEPLOYMENT, NAME);
            stranger.cluster().delete(Kind.CONFIG_MAP, NAME + "-config");
            stranger.cluster().delete(Kind.SERVICE, NAME);
        }

        Eventually.holds("they are back", SOON, objects::exists);
    }

    @Test
    void objectsOfAnEarlierNameAreRemovedAndStrangersStay() {
        house.registry().claim("core_mosquitto", "core-mosquitto", MQTT);
        house.named("earlier").reconcile();
        assertTrue(cluster.read(Kind.SERVICE, "earlier").isPresent());

        house.l4().reconcile();

        assertTrue(objects.exists());
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
}
