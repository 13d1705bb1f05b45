package hakube.supervisor;

import hakube.access.Security;
import hakube.access.Tokens;
import hakube.apps.AppRecovery;
import hakube.backups.RestoreRecovery;
import hakube.config.LogLevel;
import hakube.core.Core;
import hakube.core.CoreRecovery;
import hakube.gateway.PublicGateway;
import hakube.jobs.Jobs;
import hakube.jobs.Journal;
import hakube.ports.InternalL4;
import hakube.resolution.Health;
import hakube.resolution.HealthCheck;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.store.Repositories;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The order of waking: cluster, watches, storage, state, what an earlier process left, internal address and public gateway,
 * then the API in state {@code startup}, the phases if this start is a boot, state {@code running}. The server's sockets are
 * open all the while, so that probes and callers learn why it is not ready.
 *
 * <p>The watches come before storage, since claim and Events are read from them. Nothing here ends the process: a step that
 * fails is told, and tried again.
 */
@Singleton
public final class Startup {

    private static final Logger LOG = Logger.getLogger(Startup.class.getName());
    private static final Duration GATEWAY_RETRY = Duration.ofMinutes(1);

    private final State state;
    private final Ground ground;
    private final Repositories repositories;
    private final Core core;
    private final CoreRecovery coreRecovery;
    private final AppRecovery recovery;
    private final RestoreRecovery restore;
    private final StateFiles files;
    private final Jobs jobs;
    private final Tokens tokens;
    private final InternalL4 internalL4;
    private final PublicGateway publicGateway;
    private final Boot boot;
    private final Security security;
    private final Health health;
    private final HealthCheck healthCheck;
    private final CoreLine coreLine;
    private final Rounds rounds;
    private volatile Thread waking = Thread.ofVirtual().name("startup").unstarted(this::wake);

    @Inject
    Startup(
            State state,
            Ground ground,
            Repositories repositories,
            Core core,
            CoreRecovery coreRecovery,
            AppRecovery recovery,
            RestoreRecovery restore,
            StateFiles files,
            Jobs jobs,
            Tokens tokens,
            InternalL4 internalL4,
            PublicGateway publicGateway,
            Boot boot,
            Security security,
            Health health,
            HealthCheck healthCheck,
            CoreLine coreLine,
            Rounds rounds) {
        this.state = state;
        this.ground = ground;
        this.repositories = repositories;
        this.core = core;
        this.coreRecovery = coreRecovery;
        this.recovery = recovery;
        this.restore = restore;
        this.files = files;
        this.jobs = jobs;
        this.tokens = tokens;
        this.internalL4 = internalL4;
        this.publicGateway = publicGateway;
        this.boot = boot;
        this.security = security;
        this.health = health;
        this.healthCheck = healthCheck;
        this.coreLine = coreLine;
        this.rounds = rounds;
    }

    /** Begins, and returns at once; to be called when the server's sockets are open. */
    public void begin() {
        state.enter(SupervisorState.SETUP);
        waking.start();
    }

    /** From now on the API says that it ends; whatever waits in the start is given up. */
    @PreDestroy
    public void end() {
        waking.interrupt();
        state.enter(SupervisorState.STOPPING);
        rounds.end();
        coreLine.end();
    }

    private void wake() {
        try {
            ground.awaitCluster();
            ground.awaitWatches();
            ground.awaitStorage();
            Patience.until("Reading the state files", this::readState);
            Patience.until("The administrator's token", tokens::ensureAdministrator);
            List<Journal.Entry> cutOff = jobs.cutOff();
            Patience.until("Bringing apps in order", () -> recovery.reconcile(cutOff));
            internalL4.start();
            Thread.ofVirtual().name("public-gateway").start(this::keepGateway);
            coreLine.begin();
            boolean isBoot = boot.isDue() && !restore.isPending();
            state.enter(SupervisorState.STARTUP);
            repositories.begin();
            if (isBoot) {
                // One after the other: the phases start some of the same apps, and Core in any case.
                recovery.resumeUpdates();
                cutOff.forEach(recovery::finish);
                boot.run();
                cutOff.forEach(jobs::settled);
            } else {
                LOG.info("Home Assistant or an app is up already, or was stopped for a restore: this is no boot");
                Thread.ofVirtual().name("resume-updates").start(recovery::resumeUpdates);
                if (restore.isPending()) {
                    Thread.ofVirtual().name("resume-restore").start(() -> resumeRestore(cutOff));
                } else {
                    cutOff.forEach(this::finishLater);
                }
            }
            state.enter(SupervisorState.RUNNING);
            rounds.begin();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException fault) {
            LOG.log(Level.SEVERE, "The start met a fault that nobody expected and goes no further", fault);
            health.complain("setup", "the start did not come to its end");
        }
    }

    private void readState() {
        state.load();
        security.load();
        healthCheck.load();
        LogLevel.of(state.options().logging()).apply();
        recovery.load();
        // After the list of apps: what is outdated in a manifest concerns whoever has the app installed.
        repositories.load();
        core.adopt();
        files.load();
    }

    /** One after the other: a stop that the restore had begun is finished before what it stopped starts again. */
    private void resumeRestore(List<Journal.Entry> cutOff) {
        cutOff.forEach(this::finish);
        restore.resume();
    }

    /** Each by itself: one that takes its time holds up no other. */
    private void finishLater(Journal.Entry entry) {
        Thread.ofVirtual().name("finish-" + entry.reference()).start(() -> finish(entry));
    }

    private void finish(Journal.Entry entry) {
        recovery.finish(entry);
        coreRecovery.finish(entry);
        jobs.settled(entry);
    }

    private void keepGateway() {
        try {
            while (!publicGateway.reconcile()) {
                Thread.sleep(GATEWAY_RETRY);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
