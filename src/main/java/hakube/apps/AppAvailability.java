package hakube.apps;

import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.core.Core;
import hakube.store.AppManifest;
import hakube.store.StoreApp;
import hakube.versions.Version;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether an app fits this installation: architecture, machine, Core's version, then what a cluster lacks; the first failure
 * counts (upstream {@code supervisor/apps/model.py}, 2026-08). From memory, no call.
 */
@Singleton
public final class AppAvailability {

    private final Settings settings;
    private final Core core;

    @Inject
    AppAvailability(Settings settings, Core core) {
        this.settings = settings;
        this.core = core;
    }

    /** The architecture whose image is taken, upstream's word. */
    public String arch() {
        return settings.cluster().architecture();
    }

    /** Whether {@link #require} lets it pass. */
    public boolean isAvailable(StoreApp app) {
        return failure(app.slug(), app.manifest(), app.documents().apparmor().isPresent())
                .isEmpty();
    }

    /** As {@link #isAvailable}, of an app that no repository offers any more. */
    boolean isAvailable(InstalledApp app) {
        return obstacle(app).isEmpty();
    }

    /** What {@link #require} would throw, of an app that no repository need offer. */
    Optional<ApiFailure> obstacle(InstalledApp app) {
        return failure(app.slug(), app.manifest(), false);
    }

    /** The same, as it would be under that version of Core. */
    Optional<ApiFailure> obstacle(InstalledApp app, Optional<String> coreVersion) {
        return failure(app.slug(), app.manifest(), false, coreVersion);
    }

    /**
     * To be called before an installation or an update.
     *
     * @throws ApiFailure.BadRequest one of {@code app_not_supported_architecture_error},
     *     {@code app_not_supported_machine_type_error}, {@code app_not_supported_home_assistant_version_error}
     * @throws ApiFailure.UnsupportedHere with all demands that a cluster cannot meet
     */
    public void require(StoreApp app) {
        Optional<ApiFailure> failure =
                failure(app.slug(), app.manifest(), app.documents().apparmor().isPresent());
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private Optional<ApiFailure> failure(String slug, AppManifest manifest, boolean profile) {
        return failure(
                slug, manifest, profile, Optional.ofNullable(core.options().version()));
    }

    private Optional<ApiFailure> failure(
            String slug, AppManifest manifest, boolean profile, Optional<String> coreVersion) {
        Optional<ApiFailure> misfit =
                misfit(slug, manifest, arch(), settings.supervisor().machine(), coreVersion);
        return misfit.isPresent()
                ? misfit
                : switch (AppRequirements.check(slug, manifest, profile, settings.apps())) {
                    case Suitability.Supported ignored -> Optional.empty();
                    case Suitability.Refused refused -> Optional.of(refused.failure(manifest.name(), slug));
                };
    }

    /**
     * What stands against an app apart from Kubernetes. Pure.
     *
     * @param coreVersion empty while Core is not installed, which stands against nothing
     */
    static Optional<ApiFailure> misfit(
            String slug, AppManifest manifest, String arch, String machine, Optional<String> coreVersion) {
        String name = manifest.name();
        if (!manifest.arch().contains(arch)) {
            String supported = String.join(", ", manifest.arch());
            return misfit(
                    "architecture",
                    "App " + name + " not supported on this platform, supported architectures: " + supported,
                    Map.of("app", name, "slug", slug, "architectures", supported));
        }
        List<String> machines = manifest.machine();
        if (!machines.isEmpty() && (machines.contains("!" + machine) || !machines.contains(machine))) {
            String supported = String.join(", ", machines);
            return misfit(
                    "machine_type",
                    "App " + name + " not supported on this machine, supported machine types: " + supported,
                    Map.of("app", name, "slug", slug, "machine_types", supported));
        }
        return manifest.homeassistant()
                .filter(wanted -> coreVersion
                        .filter(version -> new Version(wanted).isLaterThan(new Version(version)))
                        .isPresent())
                .flatMap(wanted -> misfit(
                        "home_assistant_version",
                        "App " + name + " not supported on this system, requires Home Assistant version " + wanted
                                + " or greater",
                        Map.of("app", name, "slug", slug, "version", wanted)));
    }

    private static Optional<ApiFailure> misfit(String what, String message, Map<String, Object> fields) {
        return Optional.of(new ApiFailure.BadRequest(message, "app_not_supported_" + what + "_error", fields));
    }
}
