package hakube.gateway.managed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.events.Events;
import hakube.gateway.PublicGateway;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.CustomKind;
import hakube.kubernetes.Kind;
import hakube.kubernetes.RealCluster;
import hakube.resolution.Issues;
import hakube.testing.ApiProxy;
import hakube.testing.ControlPlane;
import hakube.testing.Eventually;
import hakube.testing.Rights;
import hakube.testing.Rights.Right;
import hakube.testing.Space;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the real resource definitions, with the rights of {@code k8s/overlays/public-gateway}. */
class PublicGatewayIT {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String GROUP = "gateway.networking.k8s.io";
    private static final CustomKind GATEWAYS = new CustomKind(GROUP, "v1", "Gateway", "gateways");
    private static final CustomKind ROUTES = new CustomKind(GROUP, "v1", "HTTPRoute", "httproutes");

    @TempDir
    private Path folder;

    private final Issues issues = new Issues(new Events());
    private Space space;
    private ApiProxy proxy;
    private RealCluster real;

    @BeforeEach
    void connect() throws Exception {
        space = ControlPlane.namespace("public-gateway");
        proxy = ApiProxy.before(space.supervisorKubeconfig(), folder);
        real = RealCluster.of(space, proxy.kubeconfig());
    }

    @AfterEach
    void leave() throws Exception {
        real.close();
        proxy.close();
        space.close();
    }

    @Test
    void gatewayAndRouteAreMadeAsAskedFor() throws Exception {
        Rights.grantGateway(space);

        assertTrue(gateway("main-gateway", "ha-http").reconcile());

        Map<?, ?> gateway = spec(GATEWAYS, "main-gateway");
        assertEquals("cilium", gateway.get("gatewayClassName"));
        Map<?, ?> listener = only(gateway, "listeners");
        assertEquals("ha.example.com", listener.get("hostname"));
        assertEquals("HTTPS", listener.get("protocol"));
        assertEquals(443.0, listener.get("port"));
        assertEquals(
                "ha-tls",
                only((Map<?, ?>) listener.get("tls"), "certificateRefs").get("name"));

        Map<?, ?> route = spec(ROUTES, "ha-http");
        assertEquals(List.of("ha.example.com"), route.get("hostnames"));
        assertEquals("main-gateway", only(route, "parentRefs").get("name"));
        assertEquals(
                List.of("/api/hassio_ingress to supervisor:80.0", "/ to homeassistant:8123.0"),
                ((List<?>) route.get("rules"))
                        .stream().map(PublicGatewayIT::rule).toList());
        assertEquals(List.of(), issues.open());
    }

    @Test
    void furtherRunsChangeNothing() throws Exception {
        Rights.grantGateway(space);
        gateway("main-gateway", "ha-http").reconcile();
        // The first apply after the one that made it tidies the status that the definition's defaults gave it.
        gateway("main-gateway", "ha-http").reconcile();
        List<Object> before = List.of(version(GATEWAYS, "main-gateway"), version(ROUTES, "ha-http"));

        assertTrue(gateway("main-gateway", "ha-http").reconcile());

        assertEquals(before, List.of(version(GATEWAYS, "main-gateway"), version(ROUTES, "ha-http")));
    }

    @Test
    void objectsOfEarlierSettingsAreRemovedAndThoseOfOthersStay() throws Exception {
        Rights.grantGateway(space);
        gateway("old-gateway", "old-http").reconcile();
        real.port()
                .applyCustom(
                        GATEWAYS,
                        Map.of("metadata", Map.of("name", "of-somebody-else"), "spec", spec(GATEWAYS, "old-gateway")));

        assertTrue(gateway("main-gateway", "ha-http").reconcile());

        assertEquals(List.of("main-gateway", "of-somebody-else"), names(GATEWAYS));
        assertEquals(List.of("ha-http"), names(ROUTES));
    }

    @Test
    void missingRightsAreOneIssueUntilTheyAreGiven() throws Exception {
        assertFalse(gateway("main-gateway", "ha-http").reconcile());
        assertFalse(gateway("main-gateway", "ha-http").reconcile());
        assertEquals(1, issues.open().size());
        assertEquals("public_gateway_unavailable", issues.open().getFirst().type());
        assertTrue(real.watching().port().watched(Kind.SERVICE).all().isEmpty());

        Rights.grantGateway(space);
        assertTrue(gateway("main-gateway", "ha-http").reconcile());
        assertEquals(List.of(), issues.open());
    }

    @Test
    void createPatchListAndDeleteOfTheOverlayAreEachNeeded() throws Exception {
        Rights.grantGateway(space);
        gateway("old-gateway", "old-http").reconcile();
        for (String plural : List.of("gateways", "httproutes")) {
            for (String verb : List.of("create", "patch", "list", "delete")) {
                Right right = new Right(GROUP, plural, verb);
                Rights.withhold(space, right);
                assertFalse(
                        gateway("new-" + plural + verb, "new-" + plural + verb).reconcile(), right.toString());
                Rights.grant(space, right);
                assertTrue(gateway("old-gateway", "old-http").reconcile(), right.toString());
            }
        }
    }

    @Test
    void missingDefinitionsAreOneIssueAndTheRestGoesOn() throws Exception {
        Rights.grantGateway(space);
        proxy.answer(
                asked -> asked.path().startsWith("/apis/" + GROUP), ApiProxy.Reply.of(404, "404 page not found\n"));

        assertFalse(gateway("main-gateway", "ha-http").reconcile());
        assertFalse(gateway("main-gateway", "ha-http").reconcile());
        assertEquals(1, issues.open().size());
        real.watching();

        proxy.passAll();
        assertTrue(gateway("main-gateway", "ha-http").reconcile());
        assertEquals(List.of(), issues.open());
    }

    @Test
    void notAskedForMakesNoCallToThatApi() throws Exception {
        Rights.grantGateway(space);
        real.watching();

        assertTrue(new PublicGateway(real.port(), real.settings(), issues).reconcile());

        int listsAndWatches = 2 * Kind.WATCHED.size();
        Eventually.holds("every list and watch", SOON, () -> proxy.asked().size() >= listsAndWatches);
        assertEquals(
                List.of(),
                proxy.asked().stream()
                        .filter(asked -> asked.path().contains(GROUP))
                        .toList());
    }

    private PublicGateway gateway(String name, String route) {
        Settings plain = real.settings();
        Settings managed = TestSettings.with(
                plain,
                new Settings.PublicGateway(
                        true, Optional.of("ha.example.com"), Optional.of("ha-tls"), "cilium", name, route));
        return new PublicGateway(real.port(), managed, issues);
    }

    private Map<?, ?> spec(CustomKind kind, String name) {
        return (Map<?, ?>) object(kind, name).get("spec");
    }

    private Object version(CustomKind kind, String name) {
        return ((Map<?, ?>) object(kind, name).get("metadata")).get("resourceVersion");
    }

    private Map<String, Object> object(CustomKind kind, String name) {
        return all(kind).stream()
                .filter(object -> name(object).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> names(CustomKind kind) {
        return all(kind).stream().map(PublicGatewayIT::name).sorted().toList();
    }

    private List<Map<String, Object>> all(CustomKind kind) {
        Cluster cluster = real.port();
        return cluster.listCustom(kind, "").orElseThrow();
    }

    private static String name(Map<String, Object> object) {
        return ((Map<?, ?>) object.get("metadata")).get("name").toString();
    }

    private static Map<?, ?> only(Map<?, ?> parent, String list) {
        List<?> items = (List<?>) parent.get(list);
        assertEquals(1, items.size());
        return (Map<?, ?>) items.getFirst();
    }

    private static String rule(Object rule) {
        Map<?, ?> path = (Map<?, ?>) only((Map<?, ?>) rule, "matches").get("path");
        Map<?, ?> backend = only((Map<?, ?>) rule, "backendRefs");
        return path.get("value") + " to " + backend.get("name") + ":" + backend.get("port");
    }
}
