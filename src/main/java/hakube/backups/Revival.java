package hakube.backups;

import hakube.api.ApiFailure;
import hakube.apps.AppPhases;
import hakube.core.CoreRestore;
import hakube.store.AppManifest.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Stops the house for a restore and wakes it again, in the order of a boot. */
@Singleton
final class Revival {

    /** What has to be there before others can work. */
    private static final List<Startup> BASE = List.of(Startup.INITIALIZE, Startup.SYSTEM, Startup.SERVICES);

    private static final Set<Startup> APPLICATIONS = EnumSet.of(Startup.APPLICATION, Startup.ONCE);

    private final AppPhases apps;
    private final CoreRestore core;

    @Inject
    Revival(AppPhases apps, CoreRestore core) {
        this.apps = apps;
        this.core = core;
    }

    /** Slugs of the apps that are meant to run. */
    List<String> running() {
        return apps.running();
    }

    /** Stops all apps, and Core in between. An app that does not stop is told and stops nothing. */
    void stopAll() {
        awaiting(() -> {
            apps.stop(APPLICATIONS);
            core.replace(() -> {});
            for (Startup phase : BASE.reversed()) {
                apps.stop(EnumSet.of(phase));
            }
            return Map.of();
        });
    }

    /** Those of them that do not run. */
    List<String> due(List<String> slugs) {
        List<String> running = running();
        return slugs.stream().filter(slug -> !running.contains(slug)).toList();
    }

    /** Starts them. @return what kept them from it, by slug */
    Map<String, String> start(List<String> due) {
        return awaiting(() -> {
            Map<String, String> failures = new TreeMap<>();
            for (Startup phase : BASE) {
                failures.putAll(apps.start(due, EnumSet.of(phase)));
            }
            failures.putAll(apps.start(due, APPLICATIONS));
            return failures;
        });
    }

    /** Starts Core if it does not run. @throws ApiFailure it does not come up */
    void startCore() {
        core.start();
    }

    private interface Wait {
        Map<String, String> run() throws InterruptedException;
    }

    private static Map<String, String> awaiting(Wait wait) {
        try {
            return wait.run();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new ApiFailure.BadRequest("The Supervisor ends", ended);
        } catch (UncheckedIOException failure) {
            throw RestoreRun.told("Add-ons could not be stopped or started", failure);
        }
    }
}
