package hakube.apps;

import hakube.access.LeakedPasswords;
import hakube.resolution.Check;
import hakube.resolution.Finding;
import hakube.resolution.Issue;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Options with a leaked password, looked for once a day (upstream {@code supervisor/resolution/checks/app_pwned.py}, 2026-08).
 * Does nothing while the switches of {@code /security} do not ask for it.
 */
@Singleton
final class PwnedCheck implements Check {

    private static final Duration PERIOD = Duration.ofDays(1);

    private final Apps apps;
    private final AppOptions options;
    private final LeakedPasswords leaked;
    private final InstantSource clock;
    private volatile Instant next = Instant.MIN;

    @Inject
    PwnedCheck(Apps apps, AppOptions options, LeakedPasswords leaked) {
        this(apps, options, leaked, InstantSource.system());
    }

    PwnedCheck(Apps apps, AppOptions options, LeakedPasswords leaked, InstantSource clock) {
        this.apps = apps;
        this.options = options;
        this.leaked = leaked;
        this.clock = clock;
    }

    @Override
    public String slug() {
        return "app_pwned";
    }

    @Override
    public String type() {
        return "pwned";
    }

    @Override
    public String context() {
        return AppCheck.CONTEXT;
    }

    /** Ends with what was found so far when there is no answer. */
    @Override
    public List<Finding> find() {
        Instant now = clock.instant();
        List<Finding> found = new ArrayList<>();
        if (now.isBefore(next)) {
            return found;
        }
        next = now.plus(PERIOD);
        for (InstalledApp app : apps.all()) {
            switch (leaked.of(passwords(app))) {
                case SAFE -> {}
                case LEAKED -> found.add(finding(app));
                case UNKNOWN -> {
                    return found;
                }
            }
        }
        return found;
    }

    /** Without an answer nothing is known against it. */
    @Override
    public boolean isStillTrue(Issue issue) {
        return Optional.ofNullable(issue.reference())
                .flatMap(apps::find)
                .filter(app -> leaked.of(passwords(app)) == LeakedPasswords.Verdict.LEAKED)
                .isPresent();
    }

    private Set<String> passwords(InstalledApp app) {
        return options.check(app, app.options()).passwords();
    }

    private Finding finding(InstalledApp app) {
        List<String> advice = apps.state(app.slug()) == AppState.STARTED ? List.of("execute_stop") : List.of();
        return Finding.of(
                type(), context(), app.slug(), advice, "Options of app " + app.slug() + " have a leaked password");
    }
}
