package hakube.supervisor;

import hakube.api.ApiFailure;
import hakube.config.LogLevel;
import hakube.core.ContainerStats;
import hakube.jobs.JobCondition;
import hakube.jobs.Jobs;
import hakube.jobs.Work;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.OwnPod;
import hakube.resolution.Health;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.store.Repositories;
import hakube.versions.Channel;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.logging.Logger;

/** What can be done with the Supervisor itself (upstream {@code supervisor/api/supervisor.py} and {@code root.py}, 2026-08). */
@Singleton
final class SupervisorControls {

    private static final Logger LOG = Logger.getLogger(SupervisorControls.class.getName());
    private static final Work RESTART =
            Work.of("supervisor_restart").requiring("Supervisor.restart", JobCondition.RUNNING);
    private static final ContainerStats NOTHING = new ContainerStats(0, 0, 0, 0, 0, 0, 0, 0);

    private final State state;
    private final Repositories repositories;
    private final Channel channel;
    private final Cluster cluster;
    private final OwnPod pod;
    private final Health health;
    private final Jobs jobs;
    private final Repair repair;
    private final Exit exit;
    private volatile boolean detectsBlockingIo;

    @Inject
    SupervisorControls(
            State state,
            Repositories repositories,
            Channel channel,
            Cluster cluster,
            OwnPod pod,
            Health health,
            Jobs jobs,
            Repair repair,
            Exit exit) {
        this.state = state;
        this.repositories = repositories;
        this.channel = channel;
        this.cluster = cluster;
        this.pod = pod;
        this.health = health;
        this.jobs = jobs;
        this.repair = repair;
        this.exit = exit;
    }

    /**
     * Changes options; in effect at once, but for the time zone of what runs already.
     *
     * @throws ApiFailure.BadRequest something does not fit; nothing was changed
     * @throws ApiFailure a repository can neither be added nor removed; all else was changed, as upstream does
     */
    void options(OptionsForm form) {
        state.change(form::applyTo);
        LogLevel.of(state.options().logging()).apply();
        form.detectBlockingIo().ifPresent(choice -> detectsBlockingIo = !choice.equals(OptionsForm.OFF));
        form.repositories().ifPresent(repositories::replace);
        health.evaluate();
    }

    /** Whether clients are told that blocking calls are looked for. */
    boolean detectsBlockingIo() {
        return detectsBlockingIo || state.options().detectBlockingIo();
    }

    /** What this process uses; zeros outside of a pod, and where the cluster has no metrics. */
    ContainerStats stats() {
        return pod.read()
                .map(own -> ContainerStats.of(own, OwnPod.container(own), cluster.usage(own)))
                .orElse(NOTHING);
    }

    /** Asks for the newest versions and whether this installation is supported; that nobody answers in 10 s is logged. */
    void reload() {
        channel.refresh();
        health.evaluate();
    }

    /** Asks for the newest versions alone. */
    void reloadVersions() {
        channel.refresh();
    }

    /** As {@link #reloadVersions}, and reads the store again. */
    void reloadAll() {
        channel.refresh();
        repositories.reload();
    }

    /** @throws ApiFailure when the shared claim cannot be used; what else is amiss is logged */
    void repair() {
        repair.run();
    }

    /**
     * Ends the process, and in a pod Kubernetes starts the container again. Returns when nothing new is accepted any more, so
     * that no request is lost that was.
     *
     * @throws ApiFailure.BadRequest it starts or ends already
     */
    void restart() {
        jobs.run(RESTART, () -> {
            LOG.info(
                    pod.isInCluster()
                            ? "The Supervisor ends, and its container is started again"
                            : "The Supervisor ends; outside of a cluster it is started again by whoever started it");
            state.enter(SupervisorState.STOPPING);
        });
        Thread.ofPlatform().name("restart").start(exit::run);
    }
}
