package hakube.ports;

import hakube.resolution.Issues;
import io.kubernetes.client.openapi.models.V1LoadBalancerIngress;
import io.kubernetes.client.openapi.models.V1Service;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Whether the load balancer gave the address that was asked for; an issue says so when it did not within its time. */
final class AddressCheck {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String ISSUE = "internal_gateway_unavailable";
    private static final String CONTEXT = "system";

    private final String name;
    private final InetAddress asked;
    private final Issues issues;
    private final Duration patience;
    private Optional<Instant> wrongSince = Optional.empty();
    private Optional<List<String>> reported = Optional.empty();

    /**
     * @param name of the Service
     * @param patience how long a provider may take, {@link #PATIENCE} but in tests
     */
    AddressCheck(String name, InetAddress asked, Issues issues, Duration patience) {
        this.name = name;
        this.asked = asked;
        this.issues = issues;
        this.patience = patience;
    }

    /**
     * Looks at the Service as it is now.
     *
     * @param service empty when no app has a port
     * @return when to look again even if nothing changes
     */
    Optional<Instant> check(Optional<V1Service> service, Instant now) {
        List<String> given = service.map(AddressCheck::given).orElse(List.of());
        if (service.isEmpty() || given.stream().anyMatch(this::isAsked)) {
            wrongSince = Optional.empty();
            reported = Optional.empty();
            issues.solve(ISSUE, CONTEXT, name);
            return Optional.empty();
        }
        Instant since = wrongSince.orElse(now);
        wrongSince = Optional.of(since);
        Instant deadline = since.plus(patience);
        if (now.isBefore(deadline)) {
            return Optional.of(deadline);
        }
        if (!reported.equals(Optional.of(given))) {
            report(service.get(), given);
        }
        return Optional.empty();
    }

    private void report(V1Service service, List<String> given) {
        String gave = given.isEmpty() ? "no address" : String.join(", ", given);
        issues.solve(ISSUE, CONTEXT, name);
        issues.report(
                ISSUE,
                CONTEXT,
                name,
                Map.of("asked", asked.getHostAddress(), "given", gave),
                List.of(),
                "Service " + name + " asks for " + asked.getHostAddress() + ", the load balancer gave " + gave
                        + ": app ports are not reachable there" + hint(service));
        reported = Optional.of(given);
    }

    private static String hint(V1Service service) {
        TreeSet<String> protocols = new TreeSet<>();
        service.getSpec().getPorts().forEach(port -> protocols.add(port.getProtocol()));
        return protocols.size() > 1 ? ". Not every provider offers TCP and UDP on one Service" : "";
    }

    private boolean isAsked(String text) {
        try {
            return InetAddress.ofLiteral(text).equals(asked);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static List<String> given(V1Service service) {
        return Optional.ofNullable(service.getStatus())
                .flatMap(status -> Optional.ofNullable(status.getLoadBalancer()))
                .flatMap(balancer -> Optional.ofNullable(balancer.getIngress()))
                .orElse(List.of())
                .stream()
                .map(AddressCheck::text)
                .toList();
    }

    private static String text(V1LoadBalancerIngress ingress) {
        return ingress.getIp() == null ? String.valueOf(ingress.getHostname()) : ingress.getIp();
    }
}
