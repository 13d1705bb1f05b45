package hakube.catalogue;

import hakube.api.ApiFailure;
import hakube.apps.AppAvailability;
import hakube.apps.AppUpdate;
import hakube.apps.Apps;
import hakube.apps.Rating;
import hakube.store.AppManifest;
import hakube.store.Repository;
import hakube.store.Store;
import hakube.store.StoreApp;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the store offers, seen from this installation. */
@Singleton
final class Catalogue {

    private final Store store;
    private final Apps apps;
    private final AppUpdate update;
    private final AppAvailability availability;

    @Inject
    Catalogue(Store store, Apps apps, AppUpdate update, AppAvailability availability) {
        this.store = store;
        this.apps = apps;
        this.update = update;
        this.availability = availability;
    }

    /** @throws ApiFailure.NotFound {@code store_app_not_found_error} */
    StoreApp offered(String slug) {
        return store.find(slug)
                .orElseThrow(() -> new ApiFailure.NotFound(
                        "App " + slug + " does not exist in the store",
                        "store_app_not_found_error",
                        Map.of("app", slug)));
    }

    /** @throws ApiFailure as {@link AppAvailability#require} does */
    void requireAvailable(StoreApp app) {
        availability.require(app);
    }

    void install(StoreApp app) {
        requireAvailable(app);
        apps.install(app, availability.arch());
    }

    /** @return id of the job */
    String installInBackground(StoreApp app) {
        requireAvailable(app);
        return apps.installInBackground(app, availability.arch());
    }

    /** @throws ApiFailure as {@link #updatable} and {@link AppUpdate#update} do */
    void update(String slug, boolean withBackup) {
        update.update(updatable(slug), availability.arch(), withBackup);
    }

    /** @return id of the job */
    String updateInBackground(String slug, boolean withBackup) {
        return update.updateInBackground(updatable(slug), availability.arch(), withBackup);
    }

    /**
     * Ends a request that names no installed app.
     *
     * @throws ApiFailure.NotFound {@code store_app_not_found_error}
     * @throws ApiFailure.BadRequest when only the store knows it
     */
    void requireInstalled(String slug) {
        if (!apps.isInstalled(slug)) {
            throw new ApiFailure.BadRequest("App " + offered(slug).slug() + " is not installed");
        }
    }

    /** What the store has in place of the installed version, asked in upstream's order. */
    private StoreApp updatable(String slug) {
        StoreApp offered = store.find(slug)
                .orElseThrow(() -> new ApiFailure.BadRequest(
                        "App " + slug + " is not available inside store",
                        "app_not_in_store_error",
                        Map.of("app", slug)));
        if (apps.version(slug).filter(offered.manifest().version()::equals).isPresent()) {
            throw AppUpdate.noUpdate(slug);
        }
        requireAvailable(offered);
        return offered;
    }

    List<Map<String, Object>> items() {
        return store.apps().stream().map(this::item).toList();
    }

    List<Map<String, Object>> repositories() {
        return store.repositories().stream().map(Catalogue::repository).toList();
    }

    Optional<Map<String, Object>> repository(String slug) {
        return store.repositories().stream()
                .filter(known -> known.slug().equals(slug))
                .map(Catalogue::repository)
                .findFirst();
    }

    Map<String, Object> item(StoreApp app) {
        AppManifest manifest = app.manifest();
        Optional<String> installed = apps.version(app.slug());
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("advanced", false);
        item.put("arch", manifest.arch());
        item.put("available", availability.isAvailable(app));
        item.put("build", manifest.run().image().isEmpty());
        item.put("description", manifest.description());
        item.put("documentation", app.documents().documentation().isPresent());
        item.put("homeassistant", manifest.homeassistant().orElse(null));
        item.put("icon", app.documents().icon().isPresent());
        item.put("installed", installed.isPresent());
        item.put("logo", app.documents().logo().isPresent());
        item.put("name", manifest.name());
        item.put("repository", app.repository().slug());
        item.put("slug", app.slug());
        item.put("stage", manifest.stage().name().toLowerCase(Locale.ROOT));
        item.put(
                "update_available",
                installed.filter(version -> !version.equals(manifest.version())).isPresent());
        item.put("url", manifest.url().orElse(null));
        item.put("version_latest", manifest.version());
        item.put("version", installed.orElse(null));
        return item;
    }

    Map<String, Object> details(StoreApp app) {
        AppManifest manifest = app.manifest();
        Map<String, Object> details = item(app);
        details.put("apparmor", manifest.rights().apparmor() ? "default" : "disable");
        details.put("auth_api", manifest.access().authApi());
        details.put("detached", false);
        details.put("docker_api", manifest.rights().dockerApi());
        details.put("full_access", manifest.rights().fullAccess());
        details.put("hassio_api", manifest.access().hassioApi());
        details.put("hassio_role", manifest.access().hassioRole());
        details.put("homeassistant_api", manifest.access().homeassistantApi());
        details.put("host_network", manifest.network().hostNetwork());
        details.put("host_pid", manifest.rights().hostPid());
        details.put("ingress", manifest.web().ingress());
        details.put("long_description", text(app.documents().readme()).orElse(null));
        details.put("rating", Rating.of(manifest));
        details.put("signed", false);
        return details;
    }

    /** The whole file; empty where there is none. */
    static Optional<String> text(Optional<Path> file) {
        return bytes(file).map(content -> new String(content, StandardCharsets.UTF_8));
    }

    static Optional<byte[]> bytes(Optional<Path> file) {
        return file.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                .map(path -> {
                    try {
                        return Files.readAllBytes(path);
                    } catch (NoSuchFileException e) {
                        // Its repository has a newer tree since it was looked up.
                        return null;
                    } catch (IOException e) {
                        throw new UncheckedIOException("Cannot read " + path, e);
                    }
                });
    }

    private static Map<String, Object> repository(Repository repository) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("slug", repository.slug());
        item.put("name", repository.name());
        item.put("source", repository.source());
        item.put("url", repository.url());
        item.put("maintainer", repository.maintainer());
        return item;
    }
}
