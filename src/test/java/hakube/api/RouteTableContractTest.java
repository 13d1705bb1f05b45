package hakube.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The table in the jar is upstream's, and refuses by the names that the contract gives. */
class RouteTableContractTest {

    /** A folder of panel files that no client asks for any more: a plain 404, so it is in no table. */
    private static final String PANEL_FILES = "/app/{filename}";

    @Test
    void theTableHasEveryRouteWithItsClassFeatureAndSubject() {
        List<String> expected = new ArrayList<>();
        for (Function<Endpoint, Optional<String>> version :
                List.<Function<Endpoint, Optional<String>>>of(Endpoint::v1, Endpoint::v2)) {
            for (Endpoint endpoint : Endpoint.all()) {
                version.apply(endpoint)
                        .filter(path -> !path.equals(PANEL_FILES))
                        .ifPresent(
                                path -> expected.add(endpoint.method() + "\t" + path + "\t" + classOf(endpoint, path)));
            }
        }

        assertEquals(
                expected,
                Endpoint.lines("routes.tsv").stream()
                        .filter(line -> !line.startsWith("#"))
                        .toList());
    }

    @Test
    void resourcesServeOnlyRoutesOfTheTables() {
        Set<String> served = new TreeSet<>(ServedRoutes.all());
        for (Endpoint endpoint : Endpoint.all()) {
            endpoint.v1().ifPresent(path -> served.remove(ServedRoutes.nameless(endpoint.method(), path)));
            endpoint.v2().ifPresent(path -> served.remove(ServedRoutes.nameless(endpoint.method(), path)));
        }

        assertEquals(Set.of(), served, "misspelt, or of our own: then name it in extensions.tsv");
    }

    @Test
    void everyExtensionIsServed() {
        assertEquals(
                List.of(),
                Endpoint.extensions().stream()
                        .flatMap(row -> row.paths().stream()
                                .filter(path -> !ServedRoutes.contains(row.method(), path))
                                .map(path -> row.method() + " " + path))
                        .toList());
        assertTrue(Endpoint.all().stream().anyMatch(Endpoint::isOurs));
    }

    @Test
    void bothVersionsServeTheSame() {
        Set<String> alone = new TreeSet<>();
        for (Endpoint row : Endpoint.all()) {
            long served = row.paths().stream()
                    .filter(path -> ServedRoutes.contains(row.method(), path))
                    .count();
            if (served > 0 && served < row.paths().size()) {
                alone.add(row.method() + " " + row.paths());
            }
        }
        assertEquals(Set.of(), alone);
    }

    @Test
    void theScanFindsWhatIsKnownToBeServed() {
        assertTrue(ServedRoutes.contains("GET", "/supervisor/ping"));
        assertTrue(ServedRoutes.contains("POST", "/addons/{any}/start"));
        assertTrue(ServedRoutes.contains("POST", "/v2/apps/{any}/start"));
        assertFalse(ServedRoutes.contains("DELETE", "/supervisor/ping"));
    }

    @Test
    void theScanGoesThroughSubResourcesAndChoices() {
        assertEquals(
                Set.of("GET /a/{}/logs", "GET /a/{}/logs/boots/{}", "POST /a/x/{…}", "POST /a/y/{…}"),
                ServedRoutes.of(Outer.class));
        assertEquals(Set.of(), ServedRoutes.of(Inner.class));
    }

    /** A resource that hands out another one. */
    @Path("a")
    public static final class Outer {

        @Path("{app}/logs/")
        public Inner logs() {
            return new Inner();
        }

        @POST
        @Path("/{what: x|y}/{rest:.*}")
        public void choice() {}
    }

    /** The one that is handed out. */
    public static final class Inner {

        @GET
        public void all() {}

        @GET
        @Path("boots/{boot: -?[0-9]+}")
        public void one() {}
    }

    private static String classOf(Endpoint endpoint, String path) {
        if (!endpoint.isRefused()) {
            return "known";
        }
        Refusals.Refusal refusal = Refusals.of(path).orElseThrow();
        return "refused\t" + refusal.feature() + "\t" + refusal.subject();
    }
}
