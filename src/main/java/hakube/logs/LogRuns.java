package hakube.logs;

import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import java.time.Duration;
import java.util.Optional;

/** The runs of one container, one after the other. */
interface LogRuns {

    /** The present one, empty when there is no pod. */
    Optional<LogRun> newest();

    /**
     * Waits for one that has begun, and is another than {@code before}.
     *
     * @return empty when the deadline passed, or the thread was interrupted
     */
    Optional<LogRun> awaitOther(Optional<LogRun> before, Duration deadline);

    /** Of a workload's newest pod, from the watch. */
    static LogRuns of(Cluster cluster, LogSource.Workload source) {
        return new LogRuns() {
            @Override
            public Optional<LogRun> newest() {
                return LogRun.newest(cluster.watched(Kind.POD), source);
            }

            @Override
            public Optional<LogRun> awaitOther(Optional<LogRun> before, Duration deadline) {
                return cluster.watched(Kind.POD).await(deadline, pods -> LogRun.newest(pods, source)
                        .filter(LogRun::hasBegun)
                        .filter(found ->
                                before.map(known -> !known.isSameAs(found)).orElse(true)));
            }
        };
    }

    /** This process's own: while it can ask, it is the one that runs. */
    static LogRuns of(Cluster cluster, LogRun only) {
        return new LogRuns() {
            @Override
            public Optional<LogRun> newest() {
                return Optional.of(only);
            }

            @Override
            public Optional<LogRun> awaitOther(Optional<LogRun> before, Duration deadline) {
                return before.isEmpty()
                        ? newest()
                        : cluster.watched(Kind.POD).await(deadline, pods -> Optional.empty());
            }
        };
    }
}
