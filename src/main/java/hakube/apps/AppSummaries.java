package hakube.apps;

import hakube.store.Store;
import hakube.store.StoreApp;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;
import java.util.Optional;

/** Installed apps in short, as {@code /supervisor/info} of v1 lists them. */
@Singleton
public final class AppSummaries {

    private final Apps apps;
    private final Store store;

    @Inject
    AppSummaries(Apps apps, Store store) {
        this.apps = apps;
        this.store = store;
    }

    /** All, in the order of installation; no call. */
    public List<Item> all() {
        return apps.all().stream().map(this::item).toList();
    }

    private Item item(InstalledApp app) {
        Optional<StoreApp> offered = store.find(app.slug());
        String version = app.user().version();
        String latest = offered.map(known -> known.manifest().version()).orElse(version);
        return new Item(
                app.manifest().name(),
                app.slug(),
                version,
                latest,
                !latest.equals(version),
                apps.state(app.slug()).wire(),
                app.repository(),
                offered.map(StoreApp::documents)
                        .filter(documents -> documents.icon().isPresent())
                        .isPresent());
    }

    /**
     * @param versionLatest what the store has; the installed one where the store has none
     * @param state wire word
     */
    public record Item(
            String name,
            String slug,
            String version,
            @JsonbProperty("version_latest") String versionLatest,
            @JsonbProperty("update_available") boolean updateAvailable,
            String state,
            String repository,
            boolean icon) {}
}
