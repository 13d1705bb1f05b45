package hakube.resolution;

import hakube.api.ApiFailure;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.storage.Folders;
import hakube.storage.StateFile;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** All checks, and which of them a person switched off (upstream {@code supervisor/resolution/check.py}, 2026-08). */
@Singleton
final class Checks {

    private static final Logger LOG = Logger.getLogger(Checks.class.getName());

    private final Supplier<Stream<Check>> known;
    private final Issues issues;
    private final Events events;
    private final StateFile<ResolutionFile> file;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile ResolutionFile kept = new ResolutionFile(Map.of());
    private volatile boolean isFrozen;

    @Inject
    Checks(Instance<Check> known, Issues issues, Folders folders, Events events) {
        this(known::stream, issues, folders, events);
    }

    Checks(Supplier<Stream<Check>> known, Issues issues, Folders folders, Events events) {
        this.known = known;
        this.issues = issues;
        this.events = events;
        this.file = new StateFile<>(folders.of("resolution.json"), ResolutionFile.class);
        events.listen(event -> {
            if (event instanceof SupervisorEvent.SupervisorStateChanged changed) {
                isFrozen = changed.state().equals("freeze");
            }
        });
    }

    /** Reads the state file; to be called once storage is there. */
    void load() {
        file.read(aside -> events.fire(SupervisorEvent.IssueFound.damagedFile(
                        aside, "system", "The choice of checks was damaged and set aside: all of them are on")))
                .ifPresent(read -> kept = read);
    }

    /** In the order of their words. */
    List<Check> all() {
        return known.get().sorted(Comparator.comparing(Check::slug)).toList();
    }

    /** @throws ApiFailure.NotFound {@code resolution_check_not_found_error} */
    Check require(String slug) {
        return all().stream()
                .filter(check -> check.slug().equals(slug))
                .findFirst()
                .orElseThrow(() -> new ApiFailure.NotFound(
                        "Check '" + slug + "' does not exist",
                        "resolution_check_not_found_error",
                        Map.of("check", slug)));
    }

    boolean isEnabled(Check check) {
        return kept.isEnabled(check.slug());
    }

    /** Switches a check, on disk first. */
    void enable(Check check, boolean enabled) {
        writing.lock();
        try {
            ResolutionFile changed = kept.with(check.slug(), enabled);
            file.write(changed);
            kept = changed;
        } finally {
            writing.unlock();
        }
    }

    /** Runs those that are on; one's trouble is logged and stops no other. */
    void run() {
        for (Check check : all()) {
            if (isEnabled(check)) {
                try {
                    run(check);
                } catch (RuntimeException failure) {
                    LOG.log(Level.SEVERE, "Check " + check.slug() + " failed", failure);
                }
            }
        }
    }

    /**
     * Closes what is not true any more, opens what is found; runs also a check that is off. While a backup or a restore is at
     * work nothing happens: what a check would see then is half of something.
     */
    void run(Check check) {
        if (isFrozen) {
            return;
        }
        issues.open().stream()
                .filter(issue ->
                        issue.type().equals(check.type()) && issue.context().equals(check.context()))
                .filter(issue -> !check.isStillTrue(issue))
                .forEach(issues::close);
        check.find().forEach(issues::report);
    }
}
