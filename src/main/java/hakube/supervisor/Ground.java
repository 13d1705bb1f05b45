package hakube.supervisor;

import hakube.api.ApiFailure;
import hakube.kubernetes.Cluster;
import hakube.storage.ShareFolder;
import hakube.storage.SharedClaim;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.logging.Logger;

/** What the Supervisor stands on: a cluster that is new enough, its watches, and the shared claim. */
@Singleton
final class Ground {

    private static final Logger LOG = Logger.getLogger(Ground.class.getName());
    private static final int MAJOR = 1;
    /** Native side-cars are on by default from here. */
    private static final int MINOR = 29;

    private static final Duration FIRST_LISTS = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final SharedClaim claim;
    private final ShareFolder share;

    @Inject
    Ground(Cluster cluster, SharedClaim claim, ShareFolder share) {
        this.cluster = cluster;
        this.claim = claim;
        this.share = share;
    }

    /** Version of the API server, such as {@code v1.34.4}; {@code unknown} until it has answered. */
    String clusterVersion() {
        return cluster.knownVersion().map(Cluster.ServerVersion::text).orElse("unknown");
    }

    /** Returns when the cluster answers and is new enough. */
    void awaitCluster() throws InterruptedException {
        Patience.until("Reaching the cluster", this::greet);
    }

    /** Returns when every watch has its first list. */
    void awaitWatches() throws InterruptedException {
        Patience.until(
                "Watching namespace " + cluster.namespace() + ", the claim " + claim.name() + " in it",
                () -> cluster.startWatches(FIRST_LISTS));
    }

    /** Returns when the claim is good and the share can be written; looks again when the claim changes. */
    void awaitStorage() throws InterruptedException {
        Patience.until("Checking the shared claim", claim::require, claim::awaitChange);
        Patience.until("Checking the share", share::require);
    }

    private void greet() {
        Cluster.ServerVersion server = cluster.version();
        if (!server.isAtLeast(MAJOR, MINOR)) {
            throw new ApiFailure.BadRequest("The cluster at " + cluster.address() + " runs Kubernetes " + server.text()
                    + ", at least v" + MAJOR + "." + MINOR + " is needed: upgrade it");
        }
        LOG.info(() -> "The cluster at " + cluster.address() + " runs Kubernetes " + server.text() + "; namespace "
                + cluster.namespace());
    }
}
