package hakube.apps;

import hakube.store.Store;
import hakube.store.StoreApp;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** What the store knows of an installed app; an app that it does not know is detached. */
@Singleton
final class AppListing {

    private final Store store;
    private final AppAvailability availability;

    @Inject
    AppListing(Store store, AppAvailability availability) {
        this.store = store;
        this.availability = availability;
    }

    /** Empty for a detached app. */
    Optional<StoreApp> offered(InstalledApp app) {
        return store.find(app.slug());
    }

    /** Whether the store has an app of that slug, installed or not. */
    boolean knows(String slug) {
        return store.find(slug).isPresent();
    }

    /** The newest version, or the installed one where nobody offers another. */
    String latest(InstalledApp app) {
        return offered(app)
                .map(known -> known.manifest().version())
                .orElse(app.user().version());
    }

    /** Plain inequality, as upstream has it. */
    boolean hasUpdate(InstalledApp app) {
        return !latest(app).equals(app.user().version());
    }

    /** Whether the offered version, or the installed one of a detached app, fits this cluster. */
    boolean isAvailable(InstalledApp app) {
        return offered(app).map(availability::isAvailable).orElseGet(() -> availability.isAvailable(app));
    }
}
