package hakube.core;

import hakube.api.ApiFailure;
import hakube.jobs.Jobs;
import hakube.jobs.Work;
import hakube.versions.Channel;
import hakube.versions.Version;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What the restore of a backup does with Core (upstream {@code supervisor/homeassistant/module.py}, {@code restore}, 2026-08). */
@Singleton
public final class CoreRestore {

    private static final Logger LOG = Logger.getLogger(CoreRestore.class.getName());

    private final Core core;
    private final CoreFile file;
    private final CoreObjects objects;
    private final CoreLinkObjects link;
    private final CoreRun run;
    private final CoreUpdate update;
    private final Channel channel;
    private final Jobs jobs;

    @Inject
    CoreRestore(
            Core core,
            CoreFile file,
            CoreObjects objects,
            CoreLinkObjects link,
            CoreRun run,
            CoreUpdate update,
            Channel channel,
            Jobs jobs) {
        this.core = core;
        this.file = file;
        this.objects = objects;
        this.link = link;
        this.run = run;
        this.update = update;
        this.channel = channel;
        this.jobs = jobs;
    }

    /** From now on Core is started with the id of that job, which it follows across its own restart. */
    public void begin(String job) {
        objects.restoring(Optional.of(job));
    }

    /** The restore is over: whatever starts Core next starts it without. What runs goes on. */
    public void end() {
        objects.restoring(Optional.empty());
        if (!core.isInstalled()) {
            return;
        }
        try {
            jobs.run(work(), () -> objects.apply(file.options(), objects.isWanted() ? 1 : 0));
        } catch (ApiFailure failure) {
            LOG.log(Level.FINE, "The template could not be applied", failure);
            LOG.warning(
                    () -> "Home Assistant's template names the restore until its next start: " + failure.getMessage());
        }
    }

    /**
     * Stops Core and keeps it stopped meanwhile.
     *
     * @param exchange of its configuration
     */
    public void replace(Runnable exchange) {
        jobs.run(work(), () -> {
            run.down();
            exchange.run();
        });
    }

    /** Takes over what the backup says of Core's settings. */
    public void set(RestoredSettings settings) {
        core.change(settings::over);
        if (settings.hasRefreshToken() && core.isInstalled()) {
            link.keepRefreshToken(core.options(), settings.refreshToken());
        }
    }

    /**
     * Brings Core to that version, installs it where it never was; a stopped Core stays stopped.
     *
     * @throws ApiFailure as an update does
     */
    public void bring(String version) {
        if (!core.isInstalled()) {
            install(version);
        } else if (!isSame(version, core.options().version())) {
            core.update(Optional.of(version), false);
        }
    }

    /** Starts Core, if it does not run, and waits until it answers. */
    public void start() {
        if (core.isInstalled()) {
            core.start();
        }
    }

    private void install(String version) {
        jobs.run(Core.GROUP, "home_assistant_core_install", CoreWorkload.NAME, () -> {
            channel.refreshIfUnknown();
            CoreOptions wanted = file.options().withInstalled(version, update.imageFor(file.options()));
            try {
                run.applyTemplate(wanted);
                file.change(known -> wanted);
            } catch (UncheckedIOException failure) {
                throw new ApiFailure.BadRequest(
                        "Home Assistant " + version + " is not installed: " + failure.getMessage(), failure);
            }
        });
    }

    private static boolean isSame(String one, String other) {
        return new Version(one).compareTo(new Version(other)).orElse(1) == 0;
    }

    private static Work work() {
        return Work.of("home_assistant_core_restore", CoreWorkload.NAME)
                .in(Core.GROUP)
                .internal();
    }
}
