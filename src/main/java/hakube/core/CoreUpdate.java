package hakube.core;

import hakube.api.ApiFailure;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.versions.BackupFirst;
import hakube.versions.Channel;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Changes Core's version, and back again when the new one does not come up. Whoever calls holds Core's job. */
@Singleton
final class CoreUpdate {

    private static final Logger LOG = Logger.getLogger(CoreUpdate.class.getName());

    private final CoreFile file;
    private final CoreObjects objects;
    private final CoreRun run;
    private final Channel channel;
    private final Events events;
    private final Supplier<BackupFirst> backup;

    @Inject
    CoreUpdate(
            CoreFile file,
            CoreObjects objects,
            CoreRun run,
            Channel channel,
            Events events,
            Instance<BackupFirst> backup) {
        // Whoever makes it asks Core for its version, so both cannot be there first.
        this(file, objects, run, channel, events, (Supplier<BackupFirst>) backup::get);
    }

    CoreUpdate(
            CoreFile file,
            CoreObjects objects,
            CoreRun run,
            Channel channel,
            Events events,
            Supplier<BackupFirst> backup) {
        this.file = file;
        this.objects = objects;
        this.run = run;
        this.channel = channel;
        this.events = events;
        this.backup = backup;
    }

    /** What to run instead of what is there, and whether that is backed up first. */
    record Plan(String version, String image, boolean withBackup) {}

    /**
     * Checks what can be checked before anything is done.
     *
     * @param wanted empty for the newest
     * @throws ApiFailure.BadRequest nothing is installed, it is installed already, or nobody says which one
     */
    Plan plan(Optional<String> wanted, boolean withBackup) {
        CoreOptions now = file.options();
        if (now.version() == null) {
            throw new ApiFailure.BadRequest("Home Assistant is not installed");
        }
        if (wanted.isEmpty()) {
            channel.refreshIfUnknown();
        }
        String version = wanted.or(channel::coreVersion).orElseThrow(channel::unknown);
        if (version.equals(now.version())) {
            throw new ApiFailure.BadRequest("Version " + version + " of Home Assistant is already installed");
        }
        return new Plan(version, imageFor(now), withBackup);
    }

    /**
     * What an installation, update or rebuild takes: the user's image, else the channel's, else what there is.
     *
     * @throws ApiFailure.BadRequest there is none of them
     */
    String imageFor(CoreOptions now) {
        return Optional.of(now)
                .filter(CoreOptions::overrideImage)
                .map(CoreOptions::image)
                .or(channel::coreImage)
                .or(() -> Optional.ofNullable(now.installedImage()))
                .orElseThrow(channel::unknown);
    }

    /**
     * Does it.
     *
     * @throws ApiFailure.BadRequest the new version did not come up; the message says why and what runs now. After every
     *     other failure all is as it was
     */
    void run(Plan plan) {
        if (plan.withBackup) {
            backup.get().ofCore(file.options().version());
        }
        CoreOptions before = file.options();
        boolean isWanted = objects.isWanted();
        CoreStart.End end;
        try {
            // The file follows the template: whoever finds them apart after a crash trusts the file.
            run.applyTemplate(before.withInstalled(plan.version, plan.image));
            file.change(known -> known.withInstalled(plan.version, plan.image));
            end = isWanted ? run.renewPod() : new CoreStart.End.Ready();
        } catch (RuntimeException failure) {
            putBack(before);
            throw failure;
        }
        switch (end) {
            case CoreStart.End.Ready() -> LOG.info(() -> "Home Assistant is updated to " + plan.version);
            case CoreStart.End.Failed(String cause) -> rollBack(plan, before, cause);
        }
    }

    private void rollBack(Plan plan, CoreOptions before, String cause) {
        LOG.severe(() -> "The update of Home Assistant to " + plan.version + " failed: " + cause);
        tell("update_rollback", cause);
        restoreFile(before);
        String failed = "The update to " + plan.version + " failed: " + cause + ". ";
        throw new ApiFailure.BadRequest(
                switch (run.replace(before)) {
                    case CoreStart.End.Ready() -> failed + "Home Assistant " + before.version() + " runs again";
                    case CoreStart.End.Failed(String again) -> {
                        tell("update_failed", again);
                        yield failed + "Home Assistant " + before.version() + " did not come back: " + again;
                    }
                });
    }

    /** For a failure that did not touch the pod; where the cluster does not take the template back, the next start or restart does. */
    void putBack(CoreOptions before) {
        restoreFile(before);
        try {
            objects.apply(before, objects.isWanted() ? 1 : 0);
        } catch (ApiFailure failure) {
            LOG.log(Level.FINE, "The template could not be put back", failure);
            LOG.warning(() -> "Home Assistant's template is not put back yet: " + failure.getMessage());
        }
    }

    private void restoreFile(CoreOptions before) {
        file.change(known -> known.withInstalled(before.version(), before.installedImage()));
    }

    private void tell(String type, String cause) {
        events.fire(new SupervisorEvent.IssueFound(type, "core", Optional.empty(), List.of(), cause));
    }
}
