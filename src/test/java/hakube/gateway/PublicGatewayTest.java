package hakube.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.events.Events;
import hakube.kubernetes.FakeCluster;
import hakube.resolution.Issues;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PublicGatewayTest {

    private final FakeCluster cluster = new FakeCluster();
    private final Issues issues = new Issues(new Events());

    @Test
    void makesGatewayAndRoute() {
        assertTrue(gateway("main-gateway").reconcile());

        assertEquals(List.of("apply gateways/main-gateway", "apply httproutes/ha-http"), cluster.writes());
    }

    @Test
    void unmanagedMakesNoCallAtAll() {
        cluster.failOn("", new ApiFailure.MissingPermission("get", "anything"));

        assertTrue(new PublicGateway(cluster, settings(false, "main-gateway"), issues).reconcile());
        assertEquals(List.of(), cluster.writes());
        assertEquals(List.of(), issues.open());
    }

    @Test
    void objectOfEarlierSettingsIsRemoved() {
        gateway("old-gateway").reconcile();
        cluster.forgetWrites();

        gateway("main-gateway").reconcile();

        assertTrue(cluster.writes().contains("delete gateways/old-gateway"), cluster.writes()::toString);
        assertFalse(cluster.writes().contains("delete gateways/main-gateway"), cluster.writes()::toString);
    }

    @Test
    void missingDefinitionsAreOneIssueUntilTheyCome() {
        cluster.servesCustom(false);
        assertFalse(gateway("main-gateway").reconcile());
        assertFalse(gateway("main-gateway").reconcile());
        assertEquals(1, issues.open().size());

        cluster.servesCustom(true);
        assertTrue(gateway("main-gateway").reconcile());
        assertEquals(List.of(), issues.open());
    }

    @Test
    void missingRightIsAnIssueAndNoFailure() {
        cluster.failOn("apply gateways/", new ApiFailure.MissingPermission("patch", "gateways"));

        assertFalse(gateway("main-gateway").reconcile());
        assertEquals("public_gateway_unavailable", issues.open().getFirst().type());
    }

    private PublicGateway gateway(String name) {
        return new PublicGateway(cluster, settings(true, name), issues);
    }

    private static Settings settings(boolean managed, String name) {
        Settings plain = TestSettings.of(Path.of("/data"));
        return TestSettings.with(
                plain,
                new Settings.PublicGateway(
                        managed, Optional.of("ha.example.com"), Optional.of("ha-tls"), "cilium", name, "ha-http"));
    }
}
