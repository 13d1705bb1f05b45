package hakube.store;

import hakube.git.GitFailure;
import hakube.resolution.Finding;
import hakube.resolution.Issues;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;

/**
 * What is the matter with repositories, as issues with suggestions (upstream {@code supervisor/store/__init__.py}, 2026-08), one
 * line of the log for each. Where a tree is there and only nobody answers, a line is all: the network comes and goes.
 */
final class RepositoryFailures {

    static final String CONTEXT = "store";
    static final String FATAL = "fatal_error";
    static final String CORRUPT = "corrupt_repository";
    static final String RELOAD = "execute_reload";
    static final String RESET = "execute_reset";
    static final String REMOVE = "execute_remove";

    private static final Logger LOG = Logger.getLogger(RepositoryFailures.class.getName());
    private static final Duration PAUSE = Duration.ofMinutes(30);

    private final Issues issues;
    private final Map<String, Failure> failures = new ConcurrentHashMap<>();

    RepositoryFailures(Issues issues) {
        this.issues = issues;
    }

    private record Failure(String message, Instant at) {}

    /** It could not be fetched. */
    void add(RepositoryState repository, GitFailure failure) {
        String what = "Repository " + repository.slug() + " (" + repository.shown() + ") cannot be fetched: "
                + failure.getMessage();
        if (failure.kind() == GitFailure.Kind.UNREACHABLE && repository.tree().isPresent()) {
            Failure before = remember(repository, failure.getMessage());
            if (before == null || !before.message().equals(failure.getMessage())) {
                LOG.warning(() -> what + "; what was fetched last stays");
            }
        } else {
            remember(repository, failure.getMessage());
            report(repository, FATAL, List.of(RELOAD), what);
        }
    }

    /** What was fetched is no repository of apps. */
    void addInvalid(RepositoryState repository, String reason) {
        remember(repository, reason);
        report(repository, CORRUPT, List.of(RESET), repository.shown() + " is not a valid app repository: " + reason);
    }

    /** It is as it should be. */
    void solve(String slug) {
        failures.remove(slug);
        issues.solve(FATAL, CONTEXT, slug);
        issues.solve(CORRUPT, CONTEXT, slug);
    }

    boolean has(String slug) {
        return failures.containsKey(slug);
    }

    /** Whether one of them is worth another try by itself. */
    boolean isAnyOld() {
        Instant end = Instant.now().minus(PAUSE);
        return failures.values().stream().anyMatch(failure -> failure.at().isBefore(end));
    }

    private Failure remember(RepositoryState repository, String message) {
        return failures.put(repository.slug(), new Failure(message, Instant.now()));
    }

    private void report(RepositoryState repository, String type, List<String> suggestions, String words) {
        List<String> all = new ArrayList<>(suggestions);
        if (!repository.isBuiltIn()) {
            all.add(REMOVE);
        }
        issues.report(new Finding(type, CONTEXT, Optional.of(repository.slug()), Map.of(), all, words));
    }
}
