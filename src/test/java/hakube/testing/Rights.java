package hakube.testing;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AuthorizationV1Api;
import io.kubernetes.client.openapi.apis.RbacAuthorizationV1Api;
import io.kubernetes.client.openapi.models.V1PolicyRule;
import io.kubernetes.client.openapi.models.V1ResourceAttributes;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1SelfSubjectAccessReview;
import io.kubernetes.client.openapi.models.V1SelfSubjectAccessReviewSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What ServiceAccount {@code supervisor} of a space may do. Changes return when the API server acts by them. */
public final class Rights {

    private static final String ROLE = "supervisor";
    private static final Duration KNOWN = Duration.ofSeconds(20);

    private Rights() {}

    /** One right. */
    public record Right(String group, String resource, String verb) {

        @Override
        public String toString() {
            return verb + " " + resource + (group.isEmpty() ? "" : "." + group);
        }
    }

    /** All that the Role gives now. */
    public static List<Right> of(Space space) throws ApiException {
        List<Right> rights = new ArrayList<>();
        for (V1PolicyRule rule : role(space).getRules()) {
            for (String group : rule.getApiGroups()) {
                for (String resource : rule.getResources()) {
                    rule.getVerbs().forEach(verb -> rights.add(new Right(group, resource, verb)));
                }
            }
        }
        return rights;
    }

    /** Takes one right away. */
    public static void withhold(Space space, Right lost) throws Exception {
        List<Right> left = new ArrayList<>(of(space));
        if (!left.remove(lost)) {
            throw new IllegalArgumentException(lost + " is not in the Role");
        }
        replace(space, left);
        await(space, lost, false);
    }

    /** Gives one right more. */
    public static void grant(Space space, Right gained) throws Exception {
        List<Right> more = new ArrayList<>(of(space));
        more.add(gained);
        replace(space, more);
        await(space, gained, true);
    }

    /** Takes everything away. */
    public static void withholdAll(Space space) throws Exception {
        Right last = of(space).getLast();
        replace(space, List.of());
        await(space, last, false);
    }

    /** Adds what {@code k8s/overlays/public-gateway} adds. */
    public static void grantGateway(Space space) throws Exception {
        for (Right right : ofGatewayOverlay()) {
            grant(space, right);
        }
    }

    private static List<Right> ofGatewayOverlay() throws IOException {
        Object patch = new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(
                        ControlPlane.checkout().resolve("k8s/overlays/public-gateway/gateway-rights.yaml")));
        Map<?, ?> rule = (Map<?, ?>) ((Map<?, ?>) ((List<?>) patch).getFirst()).get("value");
        List<Right> rights = new ArrayList<>();
        for (Object resource : (List<?>) rule.get("resources")) {
            for (Object verb : (List<?>) rule.get("verbs")) {
                rights.add(new Right("gateway.networking.k8s.io", resource.toString(), verb.toString()));
            }
        }
        return rights;
    }

    private static V1Role role(Space space) throws ApiException {
        return new RbacAuthorizationV1Api(space.client())
                .readNamespacedRole(ROLE, space.name())
                .execute();
    }

    private static void replace(Space space, List<Right> rights) throws ApiException {
        V1Role role = role(space);
        role.setRules(rights.stream()
                .map(right -> new V1PolicyRule()
                        .addApiGroupsItem(right.group())
                        .addResourcesItem(right.resource())
                        .addVerbsItem(right.verb()))
                .toList());
        new RbacAuthorizationV1Api(space.client())
                .replaceNamespacedRole(ROLE, space.name(), role)
                .execute();
    }

    private static void await(Space space, Right right, boolean allowed) throws Exception {
        ApiClient supervisor = ControlPlane.clientOf(space.supervisorKubeconfig());
        String[] parts = right.resource().split("/", 2);
        V1SelfSubjectAccessReview question = new V1SelfSubjectAccessReview()
                .spec(new V1SelfSubjectAccessReviewSpec()
                        .resourceAttributes(new V1ResourceAttributes()
                                .namespace(space.name())
                                .group(right.group())
                                .resource(parts[0])
                                .subresource(parts.length > 1 ? parts[1] : null)
                                .verb(right.verb())));
        Eventually.holds(
                right + " is " + allowed,
                KNOWN,
                () -> allowed
                        == new AuthorizationV1Api(supervisor)
                                .createSelfSubjectAccessReview(question)
                                .execute()
                                .getStatus()
                                .getAllowed());
    }
}
