package hakube.resolution;

import hakube.api.ApiFailure;
import hakube.jobs.JobCondition;
import hakube.jobs.Jobs;
import hakube.jobs.Work;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Applies suggestions, as a person asks or by itself (upstream {@code supervisor/resolution/fixup.py}, 2026-08). */
@Singleton
final class Repairs {

    private static final Logger LOG = Logger.getLogger(Repairs.class.getName());

    private static final Work AUTOMATIC = Work.of("resolution_fixup_run_autofix")
            .internal()
            .requiring("ResolutionFixup.run_autofix", JobCondition.HEALTHY, JobCondition.RUNNING);

    private final Issues issues;
    private final Fixups fixups;
    private final Jobs jobs;

    @Inject
    Repairs(Issues issues, Fixups fixups, Jobs jobs) {
        this.issues = issues;
        this.fixups = fixups;
        this.jobs = jobs;
    }

    /**
     * Does what the suggestion says; advice that nobody can carry out does nothing and stays. Then it is gone, with the issues
     * that it mends.
     *
     * @throws ApiFailure it did not help: all stays, and Home Assistant says so
     */
    void apply(Suggestion suggestion) {
        List<Fixup> wanted = fixups.of(suggestion);
        if (!wanted.isEmpty()) {
            wanted.forEach(fixup -> fixup.apply(suggestion));
            issues.mendedBy(suggestion).forEach(issues::close);
            issues.dismiss(suggestion);
        }
    }

    /** Applies what needs no person. */
    void applyAutomatic() {
        try {
            jobs.run(AUTOMATIC, () -> fixups.automatic().forEach(this::applyAll));
        } catch (ApiFailure.BadRequest blocked) {
            LOG.info(blocked.getMessage());
        }
    }

    private void applyAll(Fixup fixup) {
        issues.suggestions().stream()
                .filter(suggestion -> fixups.of(suggestion).contains(fixup))
                .takeWhile(ignored -> fixup.isAutomatic())
                .forEach(this::applyQuietly);
    }

    private void applyQuietly(Suggestion suggestion) {
        try {
            apply(suggestion);
        } catch (RuntimeException failure) {
            LOG.log(
                    Level.WARNING,
                    "Suggestion " + suggestion.type() + " for " + suggestion.reference() + " did not help: "
                            + failure.getMessage(),
                    failure instanceof ApiFailure ? null : failure);
        }
    }
}
