package hakube.apps;

import hakube.store.StoreApp;
import hakube.versions.Version;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;

/**
 * Which apps are updated without a person: switched on, a new version that has been in the store for a day, that no breaking version
 * stands before, that fits this installation, and whose schema takes the options as they are (upstream
 * {@code supervisor/misc/tasks.py}, {@code _update_apps}, 2026-08).
 */
@Singleton
public final class AutoUpdates {

    private static final Logger LOG = Logger.getLogger(AutoUpdates.class.getName());

    /** For authors to take a bad version back. */
    private static final Duration SETTLED = Duration.ofDays(1);

    private final AppsFile file;
    private final AppListing listing;
    private final AppAvailability availability;
    private final AppOptions options;
    private final Map<String, Instant> told = new ConcurrentHashMap<>();

    @Inject
    AutoUpdates(AppsFile file, AppListing listing, AppAvailability availability, AppOptions options) {
        this.file = file;
        this.listing = listing;
        this.availability = availability;
        this.options = options;
    }

    /** Full slugs; why another one is left out stands in the log once a day. No call. */
    public List<String> due(Instant now) {
        return file.all().stream()
                .filter(app -> app.user().flags().autoUpdate()
                        && app.user().leaving().isEmpty()
                        && app.user().updating().isEmpty()
                        && listing.hasUpdate(app))
                .filter(app -> listing.offered(app)
                        .filter(offered -> isDue(app, offered, now))
                        .isPresent())
                .map(InstalledApp::slug)
                .toList();
    }

    private boolean isDue(InstalledApp app, StoreApp offered, Instant now) {
        if (offered.firstSeen().plus(SETTLED).isAfter(now)) {
            return false;
        }
        Optional<String> obstacle = obstacle(app, offered);
        obstacle.ifPresent(why -> tell(app, offered, why, now));
        return obstacle.isEmpty();
    }

    private Optional<String> obstacle(InstalledApp app, StoreApp offered) {
        if (crossesBreaking(app, offered)) {
            return Optional.of("a version that breaks something lies between");
        }
        if (!availability.isAvailable(offered)) {
            return Optional.of("it does not fit this installation");
        }
        InstalledApp after = app.at(AppRevision.of(offered.manifest(), availability.arch()), Optional.empty());
        return switch (options.check(after, after.options())) {
            case CheckedOptions.Fitting ignored -> Optional.empty();
            case CheckedOptions.Faulty faulty -> Optional.of("its options do not fit: " + faulty.message());
        };
    }

    /** Where a scheme of versions has changed, one that the new version has reached counts. */
    private static boolean crossesBreaking(InstalledApp app, StoreApp offered) {
        Version installed = new Version(app.user().version());
        Version latest = new Version(offered.manifest().version());
        return offered.manifest().breakingVersions().stream().map(Version::new).anyMatch(breaking -> {
            OptionalInt order = breaking.compareTo(installed);
            return order.isPresent() ? order.getAsInt() > 0 : latest.isAtLeast(breaking);
        });
    }

    private void tell(InstalledApp app, StoreApp offered, String why, Instant now) {
        Instant last = told.put(app.slug(), now);
        if (last == null || !last.plus(SETTLED).isAfter(now)) {
            LOG.warning(() -> "App " + app.slug() + " is not updated to "
                    + offered.manifest().version() + " by itself: " + why);
        } else {
            told.put(app.slug(), last);
        }
    }
}
