package hakube.apps;

import hakube.api.ApiFailure;
import hakube.resolution.Fixup;
import hakube.resolution.Suggestion;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What can be done about an installed app (upstream {@code supervisor/resolution/fixups}, 2026-08). */
@Singleton
final class AppFixups {

    private static final Logger LOG = Logger.getLogger(AppFixups.class.getName());

    /** Starts it, and only an app that is up is mended. */
    @Produces
    @Singleton
    static Fixup start(Apps apps) {
        return new AppFixup(apps, "execute_start", Set.of("boot_fail", "app_port_conflict"), (app, suggestion) -> {
            apps.start(app.slug());
            requireUp(apps, app.slug());
        });
    }

    /** Restarts it, by which its pod is another one, on another node perhaps. */
    @Produces
    @Singleton
    static Fixup restart(Apps apps) {
        return new AppFixup(
                apps, "execute_restart", Set.of(AppIssues.OUT_OF_MEMORY, AppIssues.EVICTED), (app, suggestion) -> {
                    apps.restart(app.slug());
                    requireUp(apps, app.slug());
                });
    }

    /** It starts no more at boot. */
    @Produces
    @Singleton
    static Fixup disableBoot(Apps apps) {
        return new AppFixup(
                apps,
                "disable_boot",
                Set.of("boot_fail"),
                (app, suggestion) -> apps.change(app.slug(), user -> user.withBoot("manual")));
    }

    /** The port in question is published no more; then it starts, which may fail for other reasons. */
    @Produces
    @Singleton
    static Fixup clearPort(Apps apps) {
        return new AppFixup(apps, "clear_port_config", Set.of("app_port_conflict"), (app, suggestion) -> {
            if (clear(apps, app, suggestion)) {
                startQuietly(apps, app.slug());
            }
        });
    }

    /** It goes, its public folder stays. */
    @Produces
    @Singleton
    static Fixup remove(Apps apps) {
        return new AppFixup(
                apps,
                "execute_remove",
                Set.of("detached_app_removed", "deprecated_arch_app"),
                (app, suggestion) -> apps.uninstall(app.slug(), false));
    }

    static void requireUp(Apps apps, String slug) {
        AppState state = apps.state(slug);
        if (state == AppState.ERROR || state == AppState.UNKNOWN) {
            throw new ApiFailure.BadRequest("App " + slug + " could not start successfully");
        }
    }

    /** @return whether there was such a port */
    private static boolean clear(Apps apps, InstalledApp app, Suggestion suggestion) {
        Object port = suggestion.referenceExtra() == null
                ? null
                : suggestion.referenceExtra().get("port");
        Optional<String> key = app.network().entrySet().stream()
                .filter(entry -> entry.getValue() != null && entry.getValue().equals(port))
                .map(Map.Entry::getKey)
                .findFirst();
        key.ifPresent(cleared -> apps.change(app.slug(), user -> {
            Map<String, Integer> ports = new HashMap<>(user.network().orElse(Map.of()));
            ports.put(cleared, null);
            return user.withNetwork(Optional.of(ports));
        }));
        return key.isPresent();
    }

    private static void startQuietly(Apps apps, String slug) {
        try {
            apps.start(slug);
        } catch (ApiFailure | UncheckedIOException failure) {
            LOG.log(Level.WARNING, "App " + slug + " did not start without its port: " + failure.getMessage(), failure);
        }
    }
}
