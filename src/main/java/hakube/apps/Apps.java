package hakube.apps;

import hakube.api.ApiFailure;
import hakube.jobs.JobCondition;
import hakube.jobs.Jobs;
import hakube.jobs.Work;
import hakube.ports.PortRegistry;
import hakube.store.AppManifest;
import hakube.store.StoreApp;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What can be done with apps. One operation at a time for each app; a second one is refused, not queued. */
@Singleton
public final class Apps {

    private static final Logger LOG = Logger.getLogger(Apps.class.getName());

    private static final String GROUP = "app_";

    private final AppsFile file;
    private final AppAvailability availability;
    private final AppBoard board;
    private final AppRun run;
    private final AppUndo undo;
    private final AppObjects objects;
    private final AppFolders folders;
    private final IngressPorts ingressPorts;
    private final PortRegistry ports;
    private final AppOffers offers;
    private final Jobs jobs;

    @Inject
    Apps(
            AppsFile file,
            AppAvailability availability,
            AppBoard board,
            AppRun run,
            AppUndo undo,
            AppObjects objects,
            AppFolders folders,
            IngressPorts ingressPorts,
            PortRegistry ports,
            AppOffers offers,
            Jobs jobs) {
        this.file = file;
        this.availability = availability;
        this.board = board;
        this.run = run;
        this.undo = undo;
        this.objects = objects;
        this.folders = folders;
        this.ingressPorts = ingressPorts;
        this.ports = ports;
        this.offers = offers;
        this.jobs = jobs;
    }

    /** The group of an app's operations. */
    static String group(String slug) {
        return GROUP + slug;
    }

    /** Whose operations that group has. */
    static Optional<String> slugOf(String group) {
        return group.startsWith(GROUP) ? Optional.of(group.substring(GROUP.length())) : Optional.empty();
    }

    /** All installed apps. */
    List<InstalledApp> all() {
        return file.all();
    }

    /** Full slugs of all installed apps. */
    public List<String> slugs() {
        return file.all().stream().map(InstalledApp::slug).toList();
    }

    Optional<InstalledApp> find(String slug) {
        return file.find(slug);
    }

    /** Whether that app is installed. */
    public boolean isInstalled(String slug) {
        return file.find(slug).isPresent();
    }

    /** Version of an installed app. */
    public Optional<String> version(String slug) {
        return file.find(slug).map(app -> app.user().version());
    }

    /** The state now, from the watches. */
    public AppState state(String slug) {
        return file.find(slug).isPresent() ? board.seen(slug).state() : AppState.UNKNOWN;
    }

    /**
     * Installs.
     *
     * @param arch of the image that fits the cluster, upstream's word
     * @throws ApiFailure before the first write when it is installed or asks for what a cluster lacks; as the cluster does,
     *     and then nothing of the app is left
     */
    public void install(StoreApp offered, String arch) {
        jobs.run(imageWork("install", offered.slug()), () -> install(planned(offered, arch)));
    }

    /**
     * As {@link #install}, but only what can be checked beforehand ends before it returns.
     *
     * @return id of the job
     */
    public String installInBackground(StoreApp offered, String arch) {
        return jobs.background(imageWork("install", offered.slug()), () -> planned(offered, arch), this::install);
    }

    /**
     * Uninstalls: the private folder always goes.
     *
     * @param removeConfig the public folder goes too
     */
    public void uninstall(String slug, boolean removeConfig) {
        with(slug, "app_manager_uninstall", app -> {
            file.put(app.with(app.user().withLeaving(Optional.of(removeConfig))));
            try {
                takeAway(app);
            } catch (ApiFailure e) {
                stayInstalled(app);
                throw e;
            }
            finishUninstall(app, removeConfig);
        });
    }

    /** Starts; fine when it runs. @throws ApiFailure as {@link AppAvailability#require} when it does not fit this installation any more */
    public void start(String slug) {
        with(slug, "app_start", app -> run.start(undo.settled(app)));
    }

    /** Stops; fine when it does not run. */
    public void stop(String slug) {
        with(slug, "app_stop", app -> run.stop(undo.settled(app)));
    }

    /**
     * Stops, then starts with a new token.
     *
     * @throws ApiFailure before the stop when it does not fit this installation any more, or when it runs and another app has a port
     *     that it wants by now
     */
    public void restart(String slug) {
        with(slug, "app_restart", app -> {
            InstalledApp settled = undo.settled(app);
            availability.require(settled);
            if (undo.isRunning(settled)) {
                run.requireFreePorts(settled);
            }
            run.stop(settled);
            run.start(settled);
        });
    }

    /** Changes what the user chose; takes effect at the next start. */
    void change(String slug, UnaryOperator<UserLayer> change) {
        Work work = Work.of("app_options", slug).in(group(slug)).internal();
        with(work, app -> file.put(app.with(change.apply(app.user()))));
    }

    /** What an uninstallation has deleted already comes back now, or else at the app's next start. */
    private void stayInstalled(InstalledApp app) {
        file.put(app);
        try {
            board.deployment(app.slug()).ifPresent(deployment -> run.applyService(app, deployment));
        } catch (ApiFailure e) {
            LOG.log(Level.WARNING, "The Service of " + app.slug() + " is made at its next start", e);
        }
    }

    void takeAway(InstalledApp app) {
        run.stop(app);
        ports.release(app.slug());
        objects.delete(app.slug());
    }

    void finishUninstall(InstalledApp app, boolean removeConfig) {
        try {
            folders.delete(app.slug(), removeConfig);
        } catch (UncheckedIOException e) {
            LOG.log(Level.SEVERE, "App " + app.slug() + " is uninstalled, but not all of its files are gone", e);
        }
        ingressPorts.release(app.slug());
        offers.withdraw(app.slug());
        file.remove(app.slug());
        board.forget(app.slug());
    }

    /** Takes away what an installation made that did not end well; what cannot go now goes at the next start. */
    void undoInstall(String slug) {
        for (Consumer<String> step :
                List.<Consumer<String>>of(objects::delete, folders::deleteIfEmpty, ingressPorts::release)) {
            try {
                step.accept(slug);
            } catch (ApiFailure | UncheckedIOException e) {
                LOG.log(
                        Level.WARNING,
                        "What an unfinished installation of " + slug + " left is removed at the next start",
                        e);
            }
        }
    }

    /** @param verb such as {@code install} or {@code update}: upstream has the same conditions for both */
    static Work imageWork(String verb, String slug) {
        return Work.of("app_manager_" + verb, slug)
                .in(group(slug))
                .requiring(
                        "AppManager." + verb,
                        JobCondition.HEALTHY,
                        JobCondition.FREE_SPACE,
                        JobCondition.INTERNET_HOST,
                        JobCondition.PLUGINS_UPDATED,
                        JobCondition.SUPERVISOR_UPDATED);
    }

    private InstalledApp planned(StoreApp offered, String arch) {
        String slug = offered.slug();
        if (file.knows(slug)) {
            throw new ApiFailure.BadRequest("App " + slug + " is already installed");
        }
        AppManifest manifest = offered.manifest();
        Optional<String> image = AppRevision.of(manifest, arch).image();
        InstalledApp app = new InstalledApp(
                slug, offered.repository().slug(), arch, manifest, UserLayer.fresh(manifest.version(), image));
        availability.require(app);
        objects.requireFree(slug);
        return app;
    }

    private void install(InstalledApp app) {
        String slug = app.slug();
        file.ensure();
        try {
            folders.ensure(new AppMounts(
                    List.of(AppMounts.of(slug, app.manifest(), false).mounts().getFirst())));
            run.applyStopped(app);
            file.put(app);
        } catch (ApiFailure | UncheckedIOException e) {
            undoInstall(slug);
            throw e;
        }
        board.refresh(slug);
    }

    /** Works on one app, alone. */
    void with(String slug, String job, Consumer<InstalledApp> body) {
        with(Work.of(job, slug).in(group(slug)), body);
    }

    /** As {@link #with}, but the work goes on after this returns; its failure is logged, and can be read from the job. */
    void later(String slug, String job, Consumer<InstalledApp> body) {
        jobs.background(Work.of(job, slug).in(group(slug)), () -> installed(slug), body);
    }

    /** As the other {@code with}, for work with an app as its reference. */
    void with(Work work, Consumer<InstalledApp> body) {
        given(work, app -> {
            body.accept(app);
            return true;
        });
    }

    /** Works on the app that the work refers to. */
    <R> R given(Work work, Function<InstalledApp, R> body) {
        String slug = work.reference().orElseThrow();
        return jobs.run(work, () -> body.apply(installed(slug)));
    }

    private InstalledApp installed(String slug) {
        return file.find(slug).orElseThrow(() -> new ApiFailure.BadRequest("App is not installed"));
    }
}
