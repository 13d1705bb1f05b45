package hakube.ports;

import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.Labels;
import hakube.kubernetes.SharedObject;
import hakube.resolution.Issues;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Which app owns which port of the internal address. Lives in one ConfigMap, changed by compare-and-swap alone, so that of
 * two who claim a port at the same time, in whatever process, one wins.
 *
 * <p>A ConfigMap whose document cannot be read is never written: every call then fails with {@link ApiFailure.Internal}
 * that names it, until a person has mended or deleted it.
 */
@Singleton
public final class PortRegistry {

    private static final String ISSUE = "app_port_conflict";
    private static final String ISSUE_CONTEXT = "addon";

    private final Cluster cluster;
    private final Settings.PortRegistry place;
    private final Issues issues;
    private final SharedObject<V1ConfigMap> stored;

    @Inject
    public PortRegistry(Cluster cluster, Settings settings, Issues issues) {
        this(cluster, settings.portRegistry(), issues);
    }

    PortRegistry(Cluster cluster, Settings.PortRegistry place, Issues issues) {
        this.cluster = cluster;
        this.place = place;
        this.issues = issues;
        this.stored = new SharedObject<>(
                cluster, Kind.CONFIG_MAP, place.configMap(), "The port registry, ConfigMap " + place.configMap() + ",");
    }

    /**
     * Makes {@code ports} all that the app owns, in one step; what it had and does not claim any more is free. An empty map
     * is a release.
     *
     * @param slug full slug of the app
     * @param service name of its Service
     * @param ports external port to the port of the Service
     * @throws ApiFailure.BadRequest {@code app_port_conflict} with {@code name} (the slug), {@code port} and {@code owner}
     *     (the other's slug) when a port is taken; then nothing changed, and issue {@code app_port_conflict} is open until
     *     the next claim or release of the app goes well
     * @throws ApiFailure as {@link Cluster} does
     */
    public void claim(String slug, String service, Map<ExternalPort, Integer> ports) {
        change(document -> {
            document.entries().values().stream()
                    .filter(entry -> ports.containsKey(entry.external()))
                    .filter(entry -> !entry.slug().equals(slug))
                    .findFirst()
                    .ifPresent(taken -> refuse(slug, taken));
            return document.with(slug, service, ports);
        });
        issues.solve(ISSUE, ISSUE_CONTEXT, slug);
    }

    /**
     * What {@link #claim} would say of these now, before something is stopped for it; from the watch, no call. Nothing changes, and
     * no issue is opened, since the app has all that it needs so far.
     *
     * @throws ApiFailure.BadRequest {@code app_port_conflict} as {@link #claim}
     */
    public void requireFree(String slug, Set<ExternalPort> ports) {
        entries().stream()
                .filter(entry ->
                        ports.contains(entry.external()) && !entry.slug().equals(slug))
                .findFirst()
                .ifPresent(taken -> {
                    throw conflict(slug, taken);
                });
    }

    /** Frees all ports of the app; fine when it has none. */
    public void release(String slug) {
        claim(slug, "", Map.of());
    }

    /** All entries, in the order of the ports; from the watch, no call. */
    public List<PortEntry> entries() {
        return List.copyOf(read(cluster.watched(Kind.CONFIG_MAP).find(place.configMap()))
                .entries()
                .values());
    }

    /** Name of the ConfigMap. */
    String configMap() {
        return place.configMap();
    }

    private void change(UnaryOperator<RegistryDocument> edit) {
        stored.change(found -> {
            RegistryDocument before = read(found);
            RegistryDocument after = edit.apply(before);
            return after.equals(before) ? Optional.empty() : Optional.of(configMap(after));
        });
    }

    private V1ConfigMap configMap(RegistryDocument document) {
        V1ObjectMeta metadata = new V1ObjectMeta().name(place.configMap()).putLabelsItem(Labels.MANAGED, "true");
        return new V1ConfigMap().metadata(metadata).putDataItem(place.key(), document.text());
    }

    private RegistryDocument read(Optional<V1ConfigMap> configMap) {
        Optional<String> text = configMap
                .map(V1ConfigMap::getData)
                .map(data -> data.get(place.key()))
                .filter(content -> !content.isBlank());
        try {
            return text.map(RegistryDocument::parse).orElse(RegistryDocument.EMPTY);
        } catch (IllegalArgumentException e) {
            throw new ApiFailure.Internal(
                    "The port registry, key " + place.key() + " of ConfigMap " + place.configMap()
                            + ", cannot be read and was left as it is: " + e.getMessage()
                            + ". Correct it, or delete the"
                            + " ConfigMap and restart the apps that have ports",
                    null,
                    Map.of(),
                    e);
        }
    }

    private void refuse(String slug, PortEntry taken) {
        ApiFailure.BadRequest conflict = conflict(slug, taken);
        issues.report(
                ISSUE,
                ISSUE_CONTEXT,
                slug,
                Map.of("port", taken.external().number()),
                List.of("clear_port_config", "execute_start"),
                conflict.getMessage());
        throw conflict;
    }

    private static ApiFailure.BadRequest conflict(String slug, PortEntry taken) {
        return new ApiFailure.BadRequest(
                "App " + slug + " cannot have port " + taken.external() + " of the internal address: " + taken.slug()
                        + " has it",
                ISSUE,
                Map.of("name", slug, "port", taken.external().number(), "owner", taken.slug()));
    }
}
