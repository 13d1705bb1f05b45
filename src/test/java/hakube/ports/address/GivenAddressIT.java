package hakube.ports.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.kubernetes.Kind;
import hakube.ports.ExternalPort;
import hakube.ports.ExternalPort.Protocol;
import hakube.resolution.Issue;
import hakube.testing.ControlPlane;
import hakube.testing.Eventually;
import hakube.testing.Space;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.util.PatchUtils;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the load balancer gives; here a test is the load balancer, and patience is 2 s. */
class GivenAddressIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String NAME = "ha-internal";
    private static final String ASKED = "192.168.100.130";

    private Space space;
    private House house;

    @BeforeEach
    void connect() throws Exception {
        space = ControlPlane.namespace("given-address");
        house = House.in(space);
        house.start();
    }

    @AfterEach
    void leave() throws Exception {
        house.close();
        space.close();
    }

    @Test
    void missingAddressIsAnIssueThatNamesWhatWasAskedUntilItIsGiven() throws Exception {
        claim();
        Eventually.holds("an issue", SOON, () -> !house.issues().open().isEmpty());
        Issue issue = house.issues().open().getFirst();
        assertEquals("internal_gateway_unavailable", issue.type());
        assertEquals(NAME, issue.reference());
        assertEquals(Map.of("asked", ASKED, "given", "no address"), issue.referenceExtra());

        give(ASKED);
        Eventually.holds("no issue", SOON, () -> house.issues().open().isEmpty());
    }

    @Test
    void anotherAddressIsNamedToo() throws Exception {
        claim();
        give("192.168.100.99");

        Eventually.holds("an issue", SOON, () -> given().equals(List.of("192.168.100.99")));
        give("192.168.100.98");
        Eventually.holds("the issue names the new one", SOON, () -> given().equals(List.of("192.168.100.98")));

        house.registry().release("app");
        Eventually.holds("nothing is asked for any more", SOON, () -> house.issues()
                .open()
                .isEmpty());
    }

    @Test
    void addressThatWasGivenInTimeIsNoIssue() throws Exception {
        long began = System.nanoTime();
        claim();
        give(ASKED);

        Eventually.holds("twice the patience passed", SOON, () -> System.nanoTime() - began > 4_000_000_000L);
        assertTrue(house.issues().open().isEmpty());
        give();
        Eventually.holds(
                "an address that is lost again is an issue", SOON, () -> given().equals(List.of("no address")));
    }

    private void claim() throws Exception {
        house.registry().claim("app", "app", Map.of(new ExternalPort(1883, Protocol.TCP), 1883));
        Eventually.holds("the Service", SOON, () -> house.cluster()
                .read(Kind.SERVICE, NAME)
                .isPresent());
    }

    private List<Object> given() {
        return house.issues().open().stream()
                .map(issue -> issue.referenceExtra().get("given"))
                .toList();
    }

    private void give(String... addresses) throws Exception {
        String ingress = List.of(addresses).stream()
                .map(address -> "{\"ip\":\"" + address + "\"}")
                .toList()
                .toString();
        V1Patch status = new V1Patch("{\"status\":{\"loadBalancer\":{\"ingress\":" + ingress + "}}}");
        PatchUtils.patch(
                V1Service.class,
                () -> new CoreV1Api(space.client())
                        .patchNamespacedServiceStatus(NAME, space.name(), status)
                        .buildCall(null),
                V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH,
                space.client());
    }
}
