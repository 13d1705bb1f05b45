package hakube.apps;

import hakube.config.Settings;
import hakube.resolution.Check;
import hakube.store.AppManifest;
import hakube.store.Repository;
import hakube.store.Store;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/** What can be the matter with an installed app (upstream {@code supervisor/resolution/checks}, 2026-08). */
@Singleton
final class AppChecks {

    private static final List<String> REMOVE = List.of("execute_remove");

    private static final Set<String> FORMER_ARCHITECTURES = Set.of("armhf", "armv7", "i386");

    private static final Set<String> FORMER_MACHINES = Set.of(
            "odroid-xu", "qemuarm", "qemux86", "raspberrypi", "raspberrypi2", "raspberrypi3", "raspberrypi4", "tinker");

    /** Its author gives it up. */
    @Produces
    @Singleton
    static Check deprecated(Apps apps, Store store) {
        return new AppCheck(
                apps,
                "deprecated_app",
                REMOVE,
                "is deprecated by its author",
                app -> stage(app, store) == AppManifest.Stage.DEPRECATED);
    }

    /** It runs only on what Home Assistant does not support any more. */
    @Produces
    @Singleton
    static Check deprecatedArchitecture(Apps apps, Store store, Settings settings) {
        return new AppCheck(
                apps,
                "deprecated_arch_app",
                REMOVE,
                "supports only machines that Home Assistant has given up",
                app -> stage(app, store) != AppManifest.Stage.DEPRECATED
                        && (isOfFormerArchitecture(
                                        app.manifest(), settings.cluster().architecture())
                                || isOfFormerMachine(
                                        app.manifest(), settings.supervisor().machine())));
    }

    /** Its repository is not there. */
    @Produces
    @Singleton
    static Check detachedMissing(Apps apps, Store store) {
        return new AppCheck(
                apps,
                "detached_app_missing",
                List.of(),
                "comes from a repository that is not in the store",
                app -> isDetached(app, store) && !hasRepository(app, store));
    }

    /** Its repository offers it no more. */
    @Produces
    @Singleton
    static Check detachedRemoved(Apps apps, Store store) {
        return new AppCheck(
                apps,
                "detached_app_removed",
                REMOVE,
                "is offered by its repository no more",
                app -> isDetached(app, store) && hasRepository(app, store));
    }

    /** What the store says now counts more than what it said at the installation. */
    private static AppManifest.Stage stage(InstalledApp app, Store store) {
        return store.find(app.slug())
                .map(offered -> offered.manifest().stage())
                .orElse(app.manifest().stage());
    }

    static boolean isOfFormerArchitecture(AppManifest manifest, String ours) {
        return manifest.arch().stream().anyMatch(FORMER_ARCHITECTURES::contains)
                && !manifest.arch().contains(ours);
    }

    static boolean isOfFormerMachine(AppManifest manifest, String ours) {
        List<String> machines = manifest.machine();
        boolean isOurs = machines.isEmpty() || (machines.contains(ours) && !machines.contains("!" + ours));
        return !isOurs
                && machines.stream()
                        .map(machine -> machine.replaceFirst("^!", ""))
                        .anyMatch(FORMER_MACHINES::contains);
    }

    private static boolean isDetached(InstalledApp app, Store store) {
        return store.find(app.slug()).isEmpty();
    }

    private static boolean hasRepository(InstalledApp app, Store store) {
        return store.repositories().stream().map(Repository::slug).anyMatch(app.repository()::equals);
    }
}
