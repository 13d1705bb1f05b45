package hakube.apps;

import hakube.discovery.Discovery;
import hakube.services.Services;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What an app told others of itself, and nobody may act on any more when it is gone. */
@Singleton
final class AppOffers {

    private final Discovery discovery;
    private final Services services;

    @Inject
    AppOffers(Discovery discovery, Services services) {
        this.discovery = discovery;
        this.services = services;
    }

    /** Takes it back; to be called while the app still counts as leaving, so that a start after a crash does it again. */
    void withdraw(String slug) {
        discovery.withdraw(slug);
        services.withdraw(slug);
    }
}
