package hakube.core;

import hakube.api.ApiFailure;
import hakube.jobs.JobCondition;
import hakube.jobs.Jobs;
import hakube.jobs.Work;
import hakube.kubernetes.Cluster;
import hakube.versions.Channel;
import hakube.versions.Version;
import io.kubernetes.client.openapi.models.V1Pod;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The verbs of Home Assistant Core. One at a time, as job group {@value #GROUP}; reads never wait for the cluster.
 *
 * <p>Every verb fails as {@link Cluster} does, and with {@link ApiFailure.BadRequest} when Core itself fails.
 */
@Singleton
public final class Core {

    /** Group of all work on Core. */
    public static final String GROUP = "home_assistant_core";

    private static final Work UPDATE = Work.of("home_assistant_core_update", CoreWorkload.NAME)
            .in(GROUP)
            .requiring(
                    "HomeAssistantCore.update",
                    JobCondition.HEALTHY,
                    JobCondition.FREE_SPACE,
                    JobCondition.INTERNET_HOST,
                    JobCondition.PLUGINS_UPDATED,
                    JobCondition.SUPERVISOR_UPDATED);

    private static final Logger LOG = Logger.getLogger(Core.class.getName());

    private final CoreFile file;
    private final CoreObjects objects;
    private final CoreRun run;
    private final CoreHome home;
    private final CoreUpdate update;
    private final CoreCheck check;
    private final Jobs jobs;
    private final Channel channel;

    @Inject
    Core(
            CoreFile file,
            CoreObjects objects,
            CoreRun run,
            CoreHome home,
            CoreUpdate update,
            CoreCheck check,
            Jobs jobs,
            Channel channel) {
        this.file = file;
        this.objects = objects;
        this.run = run;
        this.home = home;
        this.update = update;
        this.check = check;
        this.jobs = jobs;
        this.channel = channel;
    }

    /**
     * Reads what is known of Core: its state file, and where that has no version, the StatefulSet of an earlier
     * installation. An update that a crash cut off is undone. To be called once at start, when storage is there and the
     * watches are synced.
     */
    public void adopt() {
        channel.load();
        file.load();
        if (!isInstalled()) {
            objects.templateImage().ifPresent(this::install);
        } else {
            settle();
        }
        check.discard();
    }

    /** Whether a version of Core was ever installed. */
    public boolean isInstalled() {
        return options().version() != null;
    }

    /** Whether Core is wanted to run. */
    public boolean isRunning() {
        return objects.isWanted();
    }

    /** What was set and reported. */
    public CoreOptions options() {
        return file.options();
    }

    /** The version that Core can be updated to, if there is a later one than the installed; no call. */
    public Optional<String> update() {
        return Optional.ofNullable(options().version()).flatMap(installed -> channel.coreVersion()
                .filter(newest -> new Version(newest).isLaterThan(new Version(installed))));
    }

    /** Core's pod, while there is one. */
    public Optional<V1Pod> pod() {
        return objects.pod();
    }

    /**
     * Makes Core's objects, without a start. Image and version are those of the settings, else the newest of the channel;
     * what is installed already stays at its version.
     *
     * @throws ApiFailure.BadRequest when nobody says which image or version
     */
    public void install() {
        jobs.run(GROUP, "home_assistant_core_install", CoreWorkload.NAME, () -> {
            CoreOptions wanted = options();
            if (!isInstalled()) {
                channel.refreshIfUnknown();
                String newest = channel.coreVersion().orElseThrow(channel::unknown);
                wanted = wanted.withInstalled(newest, update.imageFor(wanted));
            }
            String version = wanted.version();
            String image = wanted.installedImage();
            run.applyTemplate(wanted);
            file.change(known -> known.withInstalled(version, image));
            LOG.info(() -> "Home Assistant " + version + " is installed");
        });
    }

    /** Starts Core and waits until it answers; nothing happens when it does so already. */
    public void start() {
        jobs.run(GROUP, "home_assistant_core_start", CoreWorkload.NAME, () -> {
            requireInstalled();
            if (!isRunning()) {
                require(run.up(options()));
            } else if (pod().map(PodFault::isReady).orElse(false)) {
                LOG.warning("Home Assistant is already running");
            } else if (pod().flatMap(PodFault::decided).isPresent()) {
                require(run.replace(options()));
            } else {
                require(run.join());
            }
        });
    }

    /** Stops Core and waits until its pod is gone. */
    public void stop() {
        jobs.run(GROUP, "home_assistant_core_stop", CoreWorkload.NAME, run::down);
    }

    /** Replaces Core's pod and waits until the new one answers; a stopped Core is started. */
    public void restart(boolean safeMode) {
        jobs.run(GROUP, "home_assistant_core_restart", CoreWorkload.NAME, () -> {
            requireInstalled();
            require(replace(options(), safeMode));
        });
    }

    /** As {@link #restart}, from the image that the options name. */
    public void rebuild(boolean safeMode) {
        jobs.run(GROUP, "home_assistant_core_rebuild", CoreWorkload.NAME, () -> {
            requireInstalled();
            CoreOptions before = options();
            String image = update.imageFor(before);
            CoreStart.End end;
            try {
                end = replace(before.withInstalled(before.version(), image), safeMode);
                file.change(known -> known.withInstalled(known.version(), image));
            } catch (ApiFailure | UncheckedIOException failure) {
                update.putBack(before);
                throw failure;
            }
            require(end);
        });
    }

    /**
     * Changes the version. A running Core is replaced; when the new one does not come up, the old one is put back.
     *
     * @param wanted empty for the newest
     * @param withBackup one of Core's configuration comes first; without it there is no update
     */
    public void update(Optional<String> wanted, boolean withBackup) {
        jobs.run(UPDATE, () -> update.run(update.plan(wanted, withBackup)));
    }

    /**
     * As {@link #update}, but only what can be checked at once ends before it returns; failures of later are errors of the job.
     *
     * @return id of the job
     */
    public String updateInBackground(Optional<String> wanted, boolean withBackup) {
        return jobs.background(UPDATE, () -> update.plan(wanted, withBackup), update::run);
    }

    /** Makes those objects of an installed Core again that are gone; a lost StatefulSet comes back stopped. */
    public void repair() {
        if (!isInstalled() || objects.isComplete(options())) {
            return;
        }
        jobs.run(GROUP, "home_assistant_core_repair", CoreWorkload.NAME, () -> {
            LOG.warning("Making the objects of Home Assistant again, not all of them were there");
            run.applyTemplate(options());
        });
    }

    /**
     * Asks Core's own check of the configuration.
     *
     * @throws ApiFailure.BadRequest the configuration is not valid, with what Core says; or nobody could be asked
     */
    public void check() {
        Work work = Work.of("home_assistant_core_check", CoreWorkload.NAME)
                .in(CoreCheck.GROUP)
                .internal();
        jobs.run(work, () -> {
            requireInstalled();
            check.run(options());
        });
    }

    /** Saves changed options; a changed port reaches the Services at once. After a failure nothing is changed. */
    public void change(UnaryOperator<CoreOptions> edit) {
        file.change(edit, objects::applyServices);
    }

    /** Core says where it listens; as {@link #change}. */
    public void listensOn(int port, boolean ssl) {
        change(known -> known.withHttp(port, ssl));
    }

    /**
     * Takes the managed {@code http:} block out of Core's configuration once Core has imported it.
     *
     * @return whether there was one
     * @throws UncheckedIOException it could not be written
     */
    public boolean dropImportedProxies() {
        return home.dropImported();
    }

    private void install(String image) {
        int colon = image.lastIndexOf(':');
        file.change(known -> known.withInstalled(image.substring(colon + 1), image.substring(0, colon)));
        LOG.info(() -> "Home Assistant is found installed as " + image);
    }

    /**
     * What runs is known to have come up once, so a pod that is older than the template wins; where there is none, the state
     * file does.
     */
    private void settle() {
        String wanted = options().runs();
        Optional<String> runs = objects.podImage().filter(image -> !image.equals(wanted));
        if (runs.isEmpty() && objects.templateImage().map(wanted::equals).orElse(true)) {
            return;
        }
        LOG.warning("An update of Home Assistant was cut off, it is undone");
        runs.ifPresent(this::install);
        try {
            objects.apply(options(), isRunning() ? 1 : 0);
        } catch (ApiFailure failure) {
            LOG.log(Level.FINE, "The template could not be put back", failure);
            LOG.warning(() -> "Home Assistant's template is not put back yet: " + failure.getMessage());
        }
    }

    private CoreStart.End replace(CoreOptions wanted, boolean safeMode) {
        if (!safeMode) {
            return run.replace(wanted);
        }
        home.prepare();
        try {
            home.markSafeMode();
            return run.replace(wanted);
        } catch (ApiFailure | UncheckedIOException failure) {
            home.unmarkSafeMode();
            throw failure;
        }
    }

    private void requireInstalled() {
        if (!isInstalled()) {
            throw new ApiFailure.BadRequest("Home Assistant is not installed");
        }
    }

    private static void require(CoreStart.End end) {
        switch (end) {
            case CoreStart.End.Ready() -> {}
            case CoreStart.End.Failed(String cause) ->
                throw new ApiFailure.BadRequest("Home Assistant did not start: " + cause);
        }
    }
}
