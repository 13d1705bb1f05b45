package hakube.registries;

import hakube.api.ApiFailure;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.SharedObject;
import io.kubernetes.client.openapi.models.V1Secret;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Registries that need a log-in (upstream {@code supervisor/api/docker.py}, 2026-08). The Secret is changed by
 * compare-and-swap alone, so that what a person changes in it meanwhile is not lost; pods take a change at their next start.
 */
@Singleton
public final class Registries {

    private final Cluster cluster;
    /** People with a tool of their own are the rivals. */
    private final SharedObject<V1Secret> secret;

    @Inject
    public Registries(Cluster cluster) {
        this.cluster = cluster;
        this.secret = new SharedObject<>(cluster, Kind.SECRET, PullSecret.NAME, "Secret " + PullSecret.NAME);
    }

    /** What {@code /docker/info} answers; no call. */
    DockerInfo info() {
        return DockerInfo.of(
                cluster.knownVersion().map(Cluster.ServerVersion::text).orElse("unknown"), users());
    }

    /** Registry and user; no call. A document that cannot be read has none. */
    Map<String, DockerInfo.User> users() {
        Map<String, DockerInfo.User> users = new LinkedHashMap<>();
        cluster.watched(Kind.SECRET)
                .find(PullSecret.NAME)
                .flatMap(PullSecret::text)
                .flatMap(DockerConfig::parse)
                .map(DockerConfig::usernames)
                .orElse(Map.of())
                .forEach((hostname, username) -> users.put(hostname, new DockerInfo.User(username)));
        return users;
    }

    /**
     * User and password by registry, as upstream keeps them, for a backup; no call. A document that cannot be read has none, and of an
     * entry in a form of somebody else's there is none either.
     */
    public Map<String, Map<String, String>> logins() {
        return cluster.watched(Kind.SECRET)
                .find(PullSecret.NAME)
                .flatMap(PullSecret::text)
                .flatMap(DockerConfig::parse)
                .map(DockerConfig::logins)
                .orElse(Map.of());
    }

    /**
     * Adds these, or replaces what there is of them.
     *
     * @throws ApiFailure as {@link Cluster} does; {@link ApiFailure.Internal} for a document that cannot be read, which stays
     *     as it is
     */
    void set(Map<String, Credentials> all) {
        change(config -> {
            DockerConfig changed = config;
            for (Map.Entry<String, Credentials> one : all.entrySet()) {
                changed = changed.with(one.getKey(), one.getValue());
            }
            return changed;
        });
    }

    /**
     * Removes one; the Secret goes with the last.
     *
     * @throws ApiFailure.NotFound there is no such registry
     * @throws ApiFailure as {@link #set}
     */
    void remove(String hostname) {
        change(config -> {
            if (!config.has(hostname)) {
                throw new ApiFailure.NotFound("Hostname " + hostname + " does not exist in registries");
            }
            return config.without(hostname);
        });
    }

    private void change(UnaryOperator<DockerConfig> edit) {
        secret.change(
                stored -> {
                    DockerConfig before = stored.map(Registries::read).orElse(DockerConfig.EMPTY);
                    DockerConfig after = edit.apply(before);
                    return after.equals(before) ? Optional.empty() : Optional.of(PullSecret.of(after));
                },
                desired -> read(desired).isEmpty());
    }

    private static DockerConfig read(V1Secret stored) {
        return PullSecret.text(stored)
                .map(text -> DockerConfig.parse(text)
                        .orElseThrow(() -> new ApiFailure.Internal(
                                "Key " + PullSecret.KEY + " of Secret " + PullSecret.NAME
                                        + " cannot be read and was left as it is. Correct it, or delete the Secret and set"
                                        + " the registries again",
                                null,
                                Map.of(),
                                null)))
                .orElse(DockerConfig.EMPTY);
    }
}
