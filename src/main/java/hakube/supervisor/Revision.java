package hakube.supervisor;

import hakube.core.Core;
import hakube.core.CoreOptions;
import hakube.jobs.Jobs;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.resolution.Health;
import hakube.state.State;
import hakube.state.SupervisorOptions;
import hakube.state.SupervisorState;
import hakube.store.Store;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * All that the ready answers are made of: while two are equal, so are the answers, but for what the clock decides.
 *
 * @param watches of all copies together
 * @param jobs grows at each begin and end; every change of an app or of Core is a job
 */
record Revision(
        long watches,
        long jobs,
        long store,
        SupervisorState state,
        SupervisorOptions options,
        CoreOptions core,
        List<String> unsupported,
        List<String> unhealthy) {

    /** Takes the present one; no call. */
    @Singleton
    static final class Source {

        private final Cluster cluster;
        private final Jobs jobs;
        private final Store store;
        private final State state;
        private final Core core;
        private final Health health;

        @Inject
        Source(Cluster cluster, Jobs jobs, Store store, State state, Core core, Health health) {
            this.cluster = cluster;
            this.jobs = jobs;
            this.store = store;
            this.state = state;
            this.core = core;
            this.health = health;
        }

        Revision now() {
            long watches = Kind.WATCHED.stream()
                    .filter(kind -> !kind.equals(Kind.EVENT))
                    .mapToLong(kind -> cluster.watched(kind).revision())
                    .sum();
            return new Revision(
                    watches,
                    jobs.revision(),
                    store.revision(),
                    state.current(),
                    state.options(),
                    core.options(),
                    health.unsupported(),
                    health.unhealthy());
        }
    }
}
