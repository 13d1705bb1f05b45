package hakube.ports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.config.TestSettings;
import hakube.events.Events;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.ports.ExternalPort.Protocol;
import hakube.resolution.Issues;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortRegistryTest {

    private static final ExternalPort MQTT = new ExternalPort(1883, Protocol.TCP);
    private static final ExternalPort DNS = new ExternalPort(53, Protocol.UDP);
    private static final String NAME = "supervisor-port-registry";

    private final FakeCluster cluster = new FakeCluster();
    private final Issues issues = new Issues(new Events());
    private final PortRegistry registry = new PortRegistry(cluster, TestSettings.of(Path.of("/data")), issues);

    @Test
    void claimIsSeenAtOnce() {
        registry.claim("core_mosquitto", "core-mosquitto", Map.of(MQTT, 1884));

        assertEquals(List.of(new PortEntry(MQTT, "core_mosquitto", "core-mosquitto", 1884)), registry.entries());
    }

    @Test
    void conflictNamesPortAndOwnerAndChangesNothing() {
        registry.claim("core_mosquitto", "core-mosquitto", Map.of(MQTT, 1883));

        ApiFailure failure = assertThrows(
                ApiFailure.BadRequest.class,
                () -> registry.claim("local_emqx", "local-emqx", Map.of(MQTT, 1883, DNS, 53)));

        assertEquals("app_port_conflict", failure.errorKey().orElseThrow());
        assertEquals(Map.of("name", "local_emqx", "port", 1883, "owner", "core_mosquitto"), failure.extraFields());
        assertTrue(failure.getMessage().contains("core_mosquitto"), failure.getMessage());
        assertEquals(1, registry.entries().size());
        assertEquals(Map.of("port", 1883), issues.open().getFirst().referenceExtra());
    }

    @Test
    void whoOnlyAsksIsToldTheSameAndOpensNoIssue() {
        registry.claim("core_mosquitto", "core-mosquitto", Map.of(MQTT, 1883));
        registry.requireFree("core_mosquitto", Set.of(MQTT));
        registry.requireFree("local_emqx", Set.of(DNS));

        ApiFailure failure =
                assertThrows(ApiFailure.BadRequest.class, () -> registry.requireFree("local_emqx", Set.of(MQTT, DNS)));

        assertEquals("app_port_conflict", failure.errorKey().orElseThrow());
        assertEquals(Map.of("name", "local_emqx", "port", 1883, "owner", "core_mosquitto"), failure.extraFields());
        assertEquals(List.of(), issues.open());
    }

    @Test
    void issueOfTheConflictEndsWithTheNextGoodClaim() {
        registry.claim("a", "a", Map.of(MQTT, 1883));
        assertThrows(ApiFailure.BadRequest.class, () -> registry.claim("b", "b", Map.of(MQTT, 1883)));

        registry.claim("b", "b", Map.of(DNS, 53));

        assertEquals(List.of(), issues.open());
    }

    @Test
    void releaseLeavesTheOthers() {
        registry.claim("a", "a", Map.of(MQTT, 1883));
        registry.claim("b", "b", Map.of(DNS, 53));

        registry.release("a");

        assertEquals(
                List.of(DNS),
                registry.entries().stream().map(PortEntry::external).toList());
    }

    @Test
    void appWithoutPortsWritesNothing() {
        registry.claim("a", "a", Map.of());
        registry.release("b");

        assertEquals(List.of(), cluster.writes());
    }

    @Test
    void portTakenWhileWeWroteIsAConflict() {
        PortRegistry other = new PortRegistry(cluster, TestSettings.of(Path.of("/data")), new Issues(new Events()));
        other.claim("x", "x", Map.of(DNS, 53));
        cluster.before("swap configmaps/" + NAME, () -> other.claim("a", "a", Map.of(MQTT, 1883)));

        assertThrows(ApiFailure.BadRequest.class, () -> registry.claim("b", "b", Map.of(MQTT, 1883)));

        assertEquals("a", registry.entries().getLast().slug());
    }

    @Test
    void damagedRegistryIsNamedAndNotOverwritten() {
        V1ConfigMap damaged = new V1ConfigMap()
                .metadata(new V1ObjectMeta().name(NAME).putLabelsItem("io.hass.managed", "true"))
                .putDataItem("registry.json", "{\"1883/tcp\": 7");
        cluster.put(Kind.CONFIG_MAP, damaged);

        ApiFailure failure =
                assertThrows(ApiFailure.Internal.class, () -> registry.claim("a", "a", Map.of(MQTT, 1883)));

        assertTrue(failure.getMessage().contains(NAME), failure.getMessage());
        assertThrows(ApiFailure.Internal.class, registry::entries);
        assertEquals(List.of(), cluster.writes());
    }
}
