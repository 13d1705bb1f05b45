package hakube.apps;

import hakube.resolution.Check;
import hakube.resolution.Finding;
import hakube.resolution.Issue;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Closes a conflict that is over. A start finds it, so there is nothing to look for here (upstream
 * {@code supervisor/resolution/checks/app_port_conflict.py}, 2026-08).
 */
@Singleton
final class PortConflictCheck implements Check {

    private static final String CONFLICT = "app_port_conflict";

    private final Apps apps;

    @Inject
    PortConflictCheck(Apps apps) {
        this.apps = apps;
    }

    @Override
    public String slug() {
        return CONFLICT;
    }

    @Override
    public String type() {
        return CONFLICT;
    }

    @Override
    public String context() {
        return AppCheck.CONTEXT;
    }

    @Override
    public List<Finding> find() {
        return List.of();
    }

    @Override
    public boolean isStillTrue(Issue issue) {
        return Optional.ofNullable(issue.reference())
                .flatMap(apps::find)
                .filter(app -> !isUp(app))
                .filter(app -> issue.referenceExtra() != null
                        && app.network().containsValue(issue.referenceExtra().get("port")))
                .isPresent();
    }

    private boolean isUp(InstalledApp app) {
        AppState state = apps.state(app.slug());
        return state == AppState.STARTED || state == AppState.STARTUP;
    }
}
