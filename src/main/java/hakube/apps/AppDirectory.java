package hakube.apps;

import hakube.discovery.Announcers;
import hakube.services.ServiceProviders;
import hakube.store.AppManifest;
import hakube.store.Store;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers what the rooms of services and discovery ask of apps; from memory and the watches. */
@Singleton
final class AppDirectory implements ServiceProviders, Announcers {

    private final AppsFile apps;
    private final AppBoard board;
    private final Store store;

    @Inject
    AppDirectory(AppsFile apps, AppBoard board, Store store) {
        this.apps = apps;
        this.board = board;
        this.store = store;
    }

    @Override
    public List<String> of(String service) {
        return apps.all().stream()
                .filter(app ->
                        "provide".equals(app.manifest().access().services().get(service)))
                .map(InstalledApp::slug)
                .toList();
    }

    @Override
    public boolean isInstalled(String slug) {
        return apps.find(slug).filter(app -> app.user().leaving().isEmpty()).isPresent();
    }

    @Override
    public boolean isStarted(String slug) {
        return apps.find(slug).isPresent() && board.seen(slug).state() == AppState.STARTED;
    }

    /** Of an installed app its own manifest counts, not the store's newer one. */
    @Override
    public Map<String, List<String>> byService() {
        Map<String, AppManifest> manifests = new LinkedHashMap<>();
        store.apps().forEach(app -> manifests.put(app.slug(), app.manifest()));
        apps.all().forEach(app -> manifests.put(app.slug(), app.manifest()));
        Map<String, List<String>> slugs = new LinkedHashMap<>();
        manifests.forEach((slug, manifest) -> manifest.access().discovery().forEach(service -> slugs.computeIfAbsent(
                        service, key -> new ArrayList<>())
                .add(slug)));
        return slugs;
    }
}
