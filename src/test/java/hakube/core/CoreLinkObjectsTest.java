package hakube.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.config.Cidr;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoreLinkObjectsTest {

    @TempDir
    private Path share;

    private final FakeCluster cluster = new FakeCluster();
    private final Cluster port = cluster;
    private CoreRoom room;

    @BeforeEach
    void running() {
        cluster.autoRun();
        install("2026.11.0", Settings.Link.AUTO, true);
        room.core.start();
    }

    @Test
    void theTokenStaysOverARestartAndIsNewAfterAStop() {
        String first = text("token");
        String hash = configHash();
        room.core.restart(false);
        assertEquals(first, text("token"));
        assertEquals(hash, configHash());

        room.core.stop();
        room.core.start();

        assertNotEquals(first, text("token"));
        assertNotEquals(hash, configHash());
        assertTrue(text("nginx.conf").contains("\"" + text("token") + "\""));
    }

    @Test
    void theTokenStandsInItsSecretAlone() {
        String token = text("token");
        for (Kind<?> kind : List.of(
                Kind.SERVICE, Kind.STATEFUL_SET, Kind.POD, Kind.CONFIG_MAP, Kind.NETWORK_POLICY, Kind.DEPLOYMENT)) {
            port.list(kind, "")
                    .forEach(object -> assertFalse(JSON.serialize(object).contains(token), kind.plural()));
        }
        assertEquals(
                List.of("homeassistant-link"),
                port.list(Kind.SECRET, "").stream()
                        .filter(secret -> secret.getData().values().stream()
                                .anyMatch(value -> new String(value, StandardCharsets.UTF_8).contains(token)))
                        .map(secret -> secret.getMetadata().getName())
                        .toList());
    }

    @Test
    void aLostSecretIsMadeAgain() {
        cluster.remove(Kind.SECRET, "homeassistant-link");
        room.core.repair();
        assertTrue(secret().isPresent());
    }

    @Test
    void withoutTheRightToAPolicyCoreRunsAllTheSame() {
        room.core.stop();
        cluster.failOn("apply networkpolicies", new ApiFailure.MissingPermission("patch", "networkpolicies"));
        room.core.start();
        assertTrue(room.core.isRunning());
    }

    @Test
    void noPolicyIsMadeWhereNoneIsWanted() {
        install("2026.11.0", Settings.Link.AUTO, false);
        cluster.forgetWrites();
        room.core.restart(false);
        assertFalse(cluster.writes().toString().contains("networkpolicies"));
    }

    /** An empty list of peers would be everybody. */
    @Test
    void noPolicyIsMadeForASupervisorOfUnknownAddress() {
        Settings outside = TestSettings.of(share, "default", share.resolve("kubeconfig"));
        CoreOptions options = room.core.options();
        cluster.forgetWrites();
        new CoreLinkObjects(cluster, outside, List::of).apply(options, false);
        assertFalse(cluster.writes().toString().contains("networkpolicies"), () -> cluster.writes()
                .toString());

        new CoreLinkObjects(cluster, outside, () -> List.of(Cidr.of("10.0.0.7"))).apply(options, false);
        assertTrue(cluster.writes().toString().contains("networkpolicies"), () -> cluster.writes()
                .toString());
    }

    /** Its pod is named instead. */
    @Test
    void insideOfTheClusterNobodyAsksForTheAddressesOfTheMachine() {
        CoreOptions options = room.core.options();
        cluster.forgetWrites();
        new CoreLinkObjects(cluster, TestSettings.of(share), () -> {
                    throw new AssertionError("nobody needs them");
                })
                .apply(options, false);
        assertTrue(cluster.writes().toString().contains("networkpolicies"), () -> cluster.writes()
                .toString());
    }

    @Test
    void aRefreshTokenIsKeptUntilCoreTakesItBack() {
        String token = text("token");
        room.controls.options("{\"port\": 8123, \"ssl\": false, \"refresh_token\": \"r3fresh\"}");
        assertEquals("r3fresh", text("refresh-token"));
        assertEquals(token, text("token"));

        cluster.forgetWrites();
        room.controls.options("{\"watchdog\": true}");
        room.controls.options("{\"refresh_token\": \"r3fresh\"}");
        assertEquals(List.of(), cluster.writes());
        room.core.restart(false);
        assertEquals("r3fresh", text("refresh-token"));

        room.controls.options("{\"refresh_token\": null}");
        assertFalse(secret().orElseThrow().getData().containsKey("refresh-token"));
        assertEquals(token, text("token"));
    }

    @Test
    void anUpdateOverTheFirstSocketBringsTheSideCar() {
        install("2026.2.3", Settings.Link.AUTO, true);
        room.core.restart(false);
        assertEquals(List.of(), sideCars());
        assertEquals(
                "8123",
                room.core
                        .pod()
                        .orElseThrow()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getReadinessProbe()
                        .getTcpSocket()
                        .getPort()
                        .toString());

        room.core.update(Optional.of("2026.4.0"), false);

        assertEquals(List.of("core-link"), sideCars());
    }

    @Test
    void theSettingDecidesElseTheVersion() {
        Map<String, Boolean> byVersion = Map.of(
                "2026.3.4", false,
                "2026.4.0.dev202603250906", false,
                "2026.4.0.dev202603250907", true,
                "2026.4.0b1", true,
                "2026.4.0", true,
                "2027.1.0", true,
                "landingpage", true);
        byVersion.forEach((version, wanted) -> {
            assertEquals(wanted, CoreSideCar.isWanted(version, Settings.Link.AUTO), version);
            assertTrue(CoreSideCar.isWanted(version, Settings.Link.SOCKET), version);
            assertFalse(CoreSideCar.isWanted(version, Settings.Link.TOKEN), version);
        });
    }

    private void install(String version, Settings.Link link, boolean policy) {
        Settings plain = TestSettings.of(share);
        Settings.CoreSettings given = plain.core();
        room = new CoreRoom(
                cluster,
                TestSettings.with(
                        plain,
                        new Settings.CoreSettings(
                                given.trustedProxies(),
                                given.serviceName(),
                                given.servicePort(),
                                Optional.of("localhost/core"),
                                Optional.of(version),
                                given.versionUrl(),
                                given.startTimeout(),
                                link,
                                policy)));
        room.core.adopt();
        room.core.change(known -> known.withInstalled(version, "localhost/core"));
        room.core.install();
    }

    private List<String> sideCars() {
        return Optional.ofNullable(room.core.pod().orElseThrow().getSpec().getInitContainers()).stream()
                .flatMap(List::stream)
                .map(container -> container.getName())
                .toList();
    }

    private String configHash() {
        return room.core.pod().orElseThrow().getMetadata().getAnnotations().get("io.hass.config-hash");
    }

    private Optional<V1Secret> secret() {
        return port.watched(Kind.SECRET).find("homeassistant-link");
    }

    private String text(String key) {
        return new String(secret().orElseThrow().getData().get(key), StandardCharsets.UTF_8);
    }
}
