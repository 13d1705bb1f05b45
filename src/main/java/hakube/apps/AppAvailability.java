package hakube.apps;

import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.core.Core;
import hakube.store.AppManifest;
import hakube.store.Store;
import hakube.store.StoreApp;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether an app fits this installation: architecture, machine, Core's version, and what a cluster lacks; all that stands against it at
 * once. Store, installation, update, return, restore, start and restart ask here. Upstream ({@code supervisor/apps/model.py}, 2026-08)
 * tells the first misfit alone, and asks at no start. From memory, no call.
 */
@Singleton
public final class AppAvailability {

    private final Settings settings;
    private final Store store;
    private final Supplier<Optional<String>> coreVersion;

    @Inject
    AppAvailability(Settings settings, Store store, Core core) {
        this(settings, store, () -> Optional.ofNullable(core.options().version()));
    }

    /** @param coreVersion empty while Core is not installed, which stands against nothing */
    AppAvailability(Settings settings, Store store, Supplier<Optional<String>> coreVersion) {
        this.settings = settings;
        this.store = store;
        this.coreVersion = coreVersion;
    }

    /** The architecture whose image is taken, upstream's word. */
    public String arch() {
        return settings.cluster().architecture();
    }

    /** Whether {@link #require} lets it pass. */
    public boolean isAvailable(StoreApp app) {
        return obstacle(app.slug(), app.manifest(), coreVersion.get()).isEmpty();
    }

    /** As {@link #isAvailable}, of an app that no repository offers any more. */
    boolean isAvailable(InstalledApp app) {
        return obstacle(app).isEmpty();
    }

    /** What {@link #require} would throw, of an app that no repository need offer. */
    Optional<ApiFailure> obstacle(InstalledApp app) {
        return obstacle(app, coreVersion.get());
    }

    /** The same, as it would be under that version of Core. */
    Optional<ApiFailure> obstacle(InstalledApp app, Optional<String> version) {
        return obstacle(app.slug(), app.manifest(), version);
    }

    /**
     * To be called before an installation or an update.
     *
     * @throws ApiFailure.BadRequest one of {@code app_not_supported_architecture_error},
     *     {@code app_not_supported_machine_type_error}, {@code app_not_supported_home_assistant_version_error}: the first of them, with
     *     all that stands against it in its message and, where that is more, in field {@code reasons}
     * @throws ApiFailure.UnsupportedHere with all demands that a cluster cannot meet, where that is all
     */
    public void require(StoreApp app) {
        require(obstacle(app.slug(), app.manifest(), coreVersion.get()));
    }

    /** As the other one, of a version that is installed or about to be; to be called before it is stopped or started. */
    void require(InstalledApp app) {
        require(obstacle(app));
    }

    private static void require(Optional<ApiFailure> obstacle) {
        if (obstacle.isPresent()) {
            throw obstacle.get();
        }
    }

    /**
     * What the cluster alone says of it: that is enough for what ran just before, and for the objects of what does not run.
     *
     * @throws ApiFailure.UnsupportedHere with all demands that a cluster cannot meet
     */
    Suitability.Supported requireSupported(InstalledApp app) {
        return switch (AppRequirements.check(app.slug(), app.manifest(), hasProfile(app.slug()), settings.apps())) {
            case Suitability.Supported supported -> supported;
            case Suitability.Refused refused ->
                throw refused.failure(app.manifest().name(), app.slug());
        };
    }

    /** Whether the store's copy has an AppArmor profile; an app that no repository offers any more has none. */
    private boolean hasProfile(String slug) {
        return store.find(slug)
                .flatMap(offered -> offered.documents().apparmor())
                .isPresent();
    }

    private Optional<ApiFailure> obstacle(String slug, AppManifest manifest, Optional<String> version) {
        return Misfit.failure(
                manifest.name(),
                slug,
                Misfit.all(manifest, arch(), settings.supervisor().machine(), version),
                AppRequirements.check(slug, manifest, false, settings.apps()));
    }
}
