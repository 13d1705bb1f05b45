package hakube.logs;

import hakube.api.ApiFailure;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.OwnPod;
import io.kubernetes.client.openapi.models.V1Pod;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.Collections;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Opens logs: of the newest pod of a workload that is not on its way out, main container only; and of this process. */
@Singleton
public final class Logs {

    private static final Logger LOG = Logger.getLogger(Logs.class.getName());

    private final String bootId = UUID.randomUUID().toString().replace("-", "");
    private final Followers followers = new Followers();
    private final Cluster cluster;
    private final OwnPod ownPod;
    private final OwnLines ownLines;
    private final FollowedLog.Patience patience;

    @Inject
    Logs(Cluster cluster, OwnPod ownPod, OwnLines ownLines) {
        this(cluster, ownPod, ownLines, FollowedLog.Patience.USUAL);
    }

    Logs(Cluster cluster, OwnPod ownPod, OwnLines ownLines, FollowedLog.Patience patience) {
        this.cluster = cluster;
        this.ownPod = ownPod;
        this.ownLines = ownLines;
        this.patience = patience;
    }

    /** Id of this start of the Supervisor, 32 hex digits: the one boot that all logs have in common. */
    public String bootId() {
        return bootId;
    }

    /** How many clients follow a log now. */
    int followers() {
        return followers.present();
    }

    /**
     * Whether a boot is the run before the present one.
     *
     * @param boot offset or id, as the route has it
     * @throws ApiFailure.BadRequest there is no log of it
     */
    boolean isPrevious(LogSource source, String boot) {
        if (source instanceof LogSource.Absent || boot.equals(bootId)) {
            return false;
        }
        LogRun run = newest(source).orElse(LogRun.NONE);
        return run.isPrevious(boot)
                .orElseThrow(() -> new ApiFailure.BadRequest("Logs only contain " + run.boots() + " boots"));
    }

    /**
     * The log that a query asks for; without {@code follow} empty when there is no pod, or its container has not begun.
     *
     * @throws ApiFailure it cannot be read, and not one entry was
     */
    LogAnswer open(LogSource source, LogQuery query) {
        return switch (source) {
            case LogSource.Workload workload -> workload(workload, query);
            case LogSource.Own own -> own(own, query);
            case LogSource.Absent absent -> new Notice(absent);
            case LogSource.Nobody nobody -> nothing(nobody, query);
        };
    }

    private LogAnswer workload(LogSource.Workload source, LogQuery query) {
        LogRuns runs = LogRuns.of(cluster, source);
        if (query.follow()) {
            return follow(runs, source.container(), source, query);
        }
        Optional<LogRun> run = runs.newest().filter(found -> query.previous() || found.hasBegun());
        if (run.isEmpty()) {
            return nothing(source, query);
        }
        try {
            return read(run.get(), source.container(), source, query);
        } catch (ApiFailure.NotFound | ApiFailure.BadRequest failure) {
            if (run.get().isRunning() || query.previous()) {
                throw failure;
            }
            LOG.log(Level.FINE, "The log of a container that does not run is gone", failure);
            return nothing(source, query);
        }
    }

    /** This one must not fail, since it is where people look when all else does. */
    private LogAnswer own(LogSource.Own source, LogQuery query) {
        Optional<V1Pod> pod = findOwn();
        try {
            if (pod.isPresent()) {
                String container = OwnPod.container(pod.get());
                LogRun run = LogRun.of(pod.get(), container);
                return query.follow()
                        ? follow(LogRuns.of(cluster, run), container, source, query)
                        : read(run, container, source, query);
            }
        } catch (ApiFailure failure) {
            if (query.previous()) {
                throw failure;
            }
            LOG.log(Level.FINE, "The Supervisor's own lines stand in for the log of its container", failure);
        }
        return recent(source, query);
    }

    private LogAnswer recent(LogSource source, LogQuery query) {
        if (query.follow()) {
            RecentEntries.Followed log = ownLines.recent().follow(query.tailLines());
            return new StreamedLog(
                    new StreamedLog.Reading(followers.admit(log), log, ownPod::name), query, source.identifier());
        }
        return new StreamedLog(
                new StreamedLog.Reading(
                        () -> {}, ownLines.recent().last(query.tailLines()).iterator(), ownPod::name),
                query,
                source.identifier());
    }

    private LogAnswer follow(LogRuns runs, String container, LogSource source, LogQuery query) {
        FollowedLog log = new FollowedLog(cluster, runs, container, FollowedLog.Begin.of(query), patience);
        return new StreamedLog(
                new StreamedLog.Reading(followers.admit(log), log, log::pod), query, source.identifier());
    }

    private LogAnswer read(LogRun run, String container, LogSource source, LogQuery query) {
        InputStream stream = cluster.log(
                run.pod(),
                new Cluster.LogRequest(container, query.tailLines(), query.sinceNanos(), false, query.previous()));
        return new StreamedLog(
                new StreamedLog.Reading(stream, new Entries(stream), run::pod), query, source.identifier());
    }

    private static LogAnswer nothing(LogSource source, LogQuery query) {
        return new StreamedLog(
                new StreamedLog.Reading(() -> {}, Collections.emptyIterator(), () -> ""), query, source.identifier());
    }

    private Optional<LogRun> newest(LogSource source) {
        return switch (source) {
            case LogSource.Workload workload -> LogRun.newest(cluster.watched(Kind.POD), workload);
            case LogSource.Own ignored -> findOwn().map(pod -> LogRun.of(pod, OwnPod.container(pod)));
            case LogSource.Absent ignored -> Optional.empty();
            case LogSource.Nobody ignored -> Optional.empty();
        };
    }

    private Optional<V1Pod> findOwn() {
        try {
            return ownPod.read();
        } catch (ApiFailure failure) {
            LOG.log(Level.FINE, "The Supervisor's own pod cannot be read", failure);
            return Optional.empty();
        }
    }
}
