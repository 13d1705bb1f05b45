package hakube.apps;

import hakube.resolution.Fixup;
import hakube.resolution.Suggestion;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Has the image of an app pulled anew, by itself a few times (upstream
 * {@code supervisor/resolution/fixups/app_execute_repair.py}, 2026-08). Here the node pulls, for a new pod at once and for an old
 * one after ever longer pauses.
 */
@Singleton
final class RepairFixup implements Fixup {

    private static final int ATTEMPTS = 5;

    private final Apps apps;
    private final AtomicInteger attempts = new AtomicInteger();

    @Inject
    RepairFixup(Apps apps) {
        this.apps = apps;
    }

    @Override
    public String suggestion() {
        return "execute_repair";
    }

    @Override
    public String context() {
        return AppCheck.CONTEXT;
    }

    @Override
    public Set<String> issues() {
        return Set.of(AppIssues.MISSING_IMAGE);
    }

    @Override
    public boolean isAutomatic() {
        return attempts.get() < ATTEMPTS;
    }

    /** Nothing to do for an app that does not wait for its image: the next start pulls it. */
    @Override
    public void apply(Suggestion wanted) {
        Optional.ofNullable(wanted.reference())
                .filter(slug -> apps.isInstalled(slug) && apps.state(slug) == AppState.ERROR)
                .ifPresent(slug -> {
                    attempts.incrementAndGet();
                    apps.restart(slug);
                    AppFixups.requireUp(apps, slug);
                });
    }
}
