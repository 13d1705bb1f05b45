package hakube.supervisor;

import hakube.apps.AppSummaries;
import hakube.core.Core;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;
import java.util.stream.Stream;

/**
 * What has a newer version: Core and apps. Never the Supervisor, whose image is the cluster owner's, nor an operating system.
 */
@Singleton
final class AvailableUpdates {

    private final Core core;
    private final AppSummaries apps;

    @Inject
    AvailableUpdates(Core core, AppSummaries apps) {
        this.core = core;
        this.apps = apps;
    }

    /** Core first; from state, no call. */
    List<Item> all() {
        Stream<Item> ofCore = core.update().stream()
                .map(version -> new Item("core", "Home Assistant Core", null, "/update-available/core", version));
        Stream<Item> ofApps =
                apps.all().stream().filter(AppSummaries.Item::updateAvailable).map(Item::of);
        return Stream.concat(ofCore, ofApps).toList();
    }

    /**
     * @param updateType {@code core} or {@code addon}
     * @param icon path of the API, null without one
     * @param panelPath where the frontend shows it
     */
    public record Item(
            @JsonbProperty("update_type") String updateType,
            String name,
            String icon,
            @JsonbProperty("panel_path") String panelPath,
            @JsonbProperty("version_latest") String versionLatest) {

        private static Item of(AppSummaries.Item app) {
            return new Item(
                    "addon",
                    app.name(),
                    app.icon() ? "/addons/" + app.slug() + "/icon" : null,
                    "/update-available/" + app.slug(),
                    app.versionLatest());
        }
    }
}
