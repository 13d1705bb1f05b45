package hakube.gateway;

import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.CustomKind;
import hakube.resolution.Issues;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the public Gateway and HTTPRoute when the settings ask for them. */
@Singleton
public final class PublicGateway {

    private static final String ISSUE = "public_gateway_unavailable";
    private static final String CONTEXT = "system";

    private final Cluster cluster;
    private final Settings settings;
    private final Issues issues;

    @Inject
    public PublicGateway(Cluster cluster, Settings settings, Issues issues) {
        this.cluster = cluster;
        this.settings = settings;
        this.issues = issues;
    }

    /**
     * Brings both objects up to date and removes those of earlier settings; no call at all when they are not asked for. Never
     * fails: what stands in the way becomes issue {@code public_gateway_unavailable}, which the next good run closes.
     *
     * @return whether all is as wanted
     */
    public boolean reconcile() {
        if (!settings.publicGateway().managed()) {
            return true;
        }
        String name = settings.publicGateway().gatewayName();
        try {
            PublicRoute wanted = PublicRoute.of(settings);
            apply(PublicRoute.GATEWAY, wanted.gateway(), name);
            apply(
                    PublicRoute.HTTP_ROUTE,
                    wanted.route(),
                    settings.publicGateway().routeName());
        } catch (ApiFailure failure) {
            issues.report(
                    ISSUE,
                    CONTEXT,
                    name,
                    Map.of(),
                    List.of(),
                    "The public gateway " + name + " is not up to date: " + failure.getMessage());
            return false;
        }
        issues.solve(ISSUE, CONTEXT, name);
        return true;
    }

    private void apply(CustomKind kind, Map<String, Object> desired, String name) {
        Optional<Map<String, Object>> stored = cluster.applyCustom(kind, desired);
        if (stored.isEmpty()) {
            throw new ApiFailure.BadRequest("The cluster does not know " + kind.apiVersion() + " " + kind.kind()
                    + ": install the Gateway API's resource definitions, or set"
                    + " SUPERVISOR_K8S_MANAGE_PUBLIC_GATEWAY=false");
        }
        for (Map<String, Object> object :
                cluster.listCustom(kind, PublicRoute.SELECTOR).orElse(List.of())) {
            if (object.get("metadata") instanceof Map<?, ?> metadata
                    && metadata.get("name") instanceof String other
                    && !other.equals(name)) {
                cluster.deleteCustom(kind, other);
            }
        }
    }
}
