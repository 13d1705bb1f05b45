package hakube.ports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.events.Events;
import hakube.resolution.Issues;
import io.kubernetes.client.openapi.models.V1LoadBalancerIngress;
import io.kubernetes.client.openapi.models.V1LoadBalancerStatus;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceSpec;
import io.kubernetes.client.openapi.models.V1ServiceStatus;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AddressCheckTest {

    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

    private final Issues issues = new Issues(new Events());
    private final AddressCheck check =
            new AddressCheck("ha-internal", InetAddress.ofLiteral("fd00::130"), issues, AddressCheck.PATIENCE);

    @Test
    void providerHasAMinute() {
        Instant deadline = START.plusSeconds(60);

        assertEquals(Optional.of(deadline), check.check(given(), START));
        assertEquals(Optional.of(deadline), check.check(given(), START.plusSeconds(59)));
        assertEquals(List.of(), issues.open());

        assertEquals(Optional.empty(), check.check(given(), deadline));
        assertEquals(1, issues.open().size());
    }

    @Test
    void minuteBeginsAnewAfterTheAddressWasRight() {
        check.check(given(), START);
        check.check(given("fd00::130"), START.plusSeconds(50));

        assertEquals(Optional.of(START.plusSeconds(130)), check.check(given("fd00::131"), START.plusSeconds(70)));
        assertEquals(List.of(), issues.open());
    }

    @Test
    void addressMayBeSpelledInAnyWayAndBeOneOfTwo() {
        check.check(given(), START);
        check.check(given("fd00:0::0130", "192.0.2.1"), START.plusSeconds(600));

        assertEquals(List.of(), issues.open());
    }

    @Test
    void hostNameIsNamedAsItIs() {
        Optional<V1Service> named = given();
        named.get()
                .getStatus()
                .getLoadBalancer()
                .addIngressItem(new V1LoadBalancerIngress().hostname("lb.example.com"));
        check.check(named, START);
        check.check(named, START.plusSeconds(60));

        assertEquals("lb.example.com", issues.open().getFirst().referenceExtra().get("given"));
        assertTrue(issues.open()
                .getFirst()
                .referenceExtra()
                .get("asked")
                .toString()
                .startsWith("fd00:"));
    }

    private static Optional<V1Service> given(String... addresses) {
        V1LoadBalancerStatus balancer = new V1LoadBalancerStatus();
        for (String address : addresses) {
            balancer.addIngressItem(new V1LoadBalancerIngress().ip(address));
        }
        return Optional.of(
                new V1Service().spec(new V1ServiceSpec()).status(new V1ServiceStatus().loadBalancer(balancer)));
    }
}
