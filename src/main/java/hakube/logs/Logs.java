package hakube.logs;

import hakube.api.ApiFailure;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.Collections;
import java.util.Optional;

/** Opens logs: of the newest pod of a workload that is not on its way out, main container only. */
@Singleton
public final class Logs {

    private final Cluster cluster;
    private final FollowedLog.Patience patience;

    @Inject
    public Logs(Cluster cluster) {
        this(cluster, FollowedLog.Patience.USUAL);
    }

    Logs(Cluster cluster, FollowedLog.Patience patience) {
        this.cluster = cluster;
        this.patience = patience;
    }

    /**
     * Whether a boot is the run before the present one.
     *
     * @param boot offset or container id, as the route has it
     * @throws ApiFailure.BadRequest there is no log of it
     */
    boolean isPrevious(LogSource source, String boot) {
        LogRun run = newest(source).orElse(LogRun.NONE);
        return run.isPrevious(boot)
                .orElseThrow(() -> new ApiFailure.BadRequest("Logs only contain " + run.boots() + " boots"));
    }

    /** The log that a query asks for; without {@code follow} empty when there is no pod, or its container has not begun. */
    LogAnswer open(LogSource source, LogQuery query) {
        if (query.follow()) {
            FollowedLog followed = new FollowedLog(cluster, source, query.tailLines(), patience);
            return new LogAnswer(followed, followed, query, followed::pod, source);
        }
        Optional<LogRun> run = newest(source).filter(found -> query.previous() || found.hasBegun());
        if (run.isEmpty()) {
            InputStream nothing = InputStream.nullInputStream();
            return new LogAnswer(nothing, Collections.emptyIterator(), query, () -> "", source);
        }
        String pod = run.get().pod();
        InputStream stream = cluster.log(
                pod,
                new Cluster.LogRequest(
                        source.container(), query.tailLines(), query.sinceNanos(), false, query.previous()));
        return new LogAnswer(stream, new Entries(stream), query, () -> pod, source);
    }

    private Optional<LogRun> newest(LogSource source) {
        return LogRun.newest(cluster.watched(Kind.POD), source);
    }
}
