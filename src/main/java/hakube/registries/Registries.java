package hakube.registries;

import hakube.api.ApiFailure;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import io.kubernetes.client.openapi.models.V1Secret;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * Registries that need a log-in (upstream {@code supervisor/api/docker.py}, 2026-08). The Secret is changed by
 * compare-and-swap alone, so that what a person changes in it meanwhile is not lost; pods take a change at their next start.
 */
@Singleton
final class Registries {

    /** Only people with a tool of their own are rivals here; own writers wait for each other. */
    private static final int ATTEMPTS = 16;

    private final Cluster cluster;
    private final ReentrantLock writing = new ReentrantLock();

    @Inject
    Registries(Cluster cluster) {
        this.cluster = cluster;
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
        writing.lock();
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                if (tryChange(edit)) {
                    return;
                }
            }
        } finally {
            writing.unlock();
        }
        throw ApiFailure.Unavailable.cluster(
                "Secret " + PullSecret.NAME + " was changed by others " + ATTEMPTS
                        + " times in a row: is a second Supervisor running?",
                null);
    }

    private boolean tryChange(UnaryOperator<DockerConfig> edit) {
        Optional<V1Secret> stored = cluster.read(Kind.SECRET, PullSecret.NAME);
        DockerConfig before = stored.map(Registries::read).orElse(DockerConfig.EMPTY);
        DockerConfig after = edit.apply(before);
        if (after.equals(before)) {
            return true;
        }
        if (after.isEmpty()) {
            cluster.delete(Kind.SECRET, PullSecret.NAME);
            return true;
        }
        try {
            write(PullSecret.of(after), stored);
            return true;
        } catch (Cluster.Changed _) {
            return false;
        }
    }

    private void write(V1Secret desired, Optional<V1Secret> stored) throws Cluster.Changed {
        if (stored.isPresent()) {
            desired.getMetadata().setResourceVersion(stored.get().getMetadata().getResourceVersion());
            cluster.swap(Kind.SECRET, desired);
        } else {
            cluster.create(Kind.SECRET, desired, false);
        }
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
