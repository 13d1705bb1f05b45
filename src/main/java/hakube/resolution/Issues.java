package hakube.resolution;

import hakube.events.Events;
import hakube.events.SupervisorEvent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The issues of this start and the suggestions that came with them. An issue is known by type, context and references, and
 * reported once; a suggestion goes with the last issue that brought it.
 */
@Singleton
public final class Issues {

    /** All that clients can read. */
    public static final Set<String> CONTEXTS =
            Set.of("addon", "core", "dns_server", "mount", "os", "plugin", "supervisor", "store", "system");

    private static final Logger LOG = Logger.getLogger(Issues.class.getName());

    private final Events events;
    private final Fixups fixups;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong revision = new AtomicLong();
    private final List<Issue> open = new ArrayList<>();
    /** With the issues that brought each of them. */
    private final Map<Suggestion, Set<String>> suggestions = new LinkedHashMap<>();

    /** Without fix-ups: no suggestion belongs to any issue. */
    public Issues(Events events) {
        this(events, new Fixups(Stream::empty));
    }

    @Inject
    Issues(Events events, Fixups fixups) {
        this.events = events;
        this.fixups = fixups;
        events.listen(event -> {
            if (event instanceof SupervisorEvent.IssueFound found) {
                report(new Finding(
                        found.type(),
                        found.context(),
                        found.reference(),
                        Map.of(),
                        found.suggestions(),
                        found.explanation()));
            } else if (event instanceof SupervisorEvent.IssueSolved solved) {
                solve(solved.type(), solved.context(), solved.reference().orElse(null));
            }
        });
    }

    /** All open issues, oldest first. */
    public List<Issue> open() {
        lock.lock();
        try {
            return List.copyOf(open);
        } finally {
            lock.unlock();
        }
    }

    /** All suggestions, oldest first. */
    public List<Suggestion> suggestions() {
        lock.lock();
        try {
            return List.copyOf(suggestions.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** Grows with every change. */
    public long revision() {
        return revision.get();
    }

    /**
     * Opens an issue unless the same is open already.
     *
     * @param reference may be null
     * @param explanation goes to the log, at warning level, when the issue is new
     */
    public void report(
            String type,
            String context,
            String reference,
            Map<String, Object> referenceExtra,
            List<String> suggestions,
            String explanation) {
        report(new Finding(type, context, Optional.ofNullable(reference), referenceExtra, suggestions, explanation));
    }

    /** As the other one. Suggestions that were dismissed come back with a new report. */
    public void report(Finding finding) {
        List<Issue> changed = new ArrayList<>();
        lock.lock();
        try {
            Optional<Issue> known = open.stream()
                    .filter(issue -> issue.type().equals(finding.type()))
                    .filter(issue ->
                            issue.isAbout(finding.context(), finding.reference().orElse(null), finding.extraOrNull()))
                    .findFirst();
            Issue issue = known.orElseGet(() -> issue(finding));
            List<Suggestion> added = suggest(finding, issue);
            if (known.isEmpty()) {
                open.add(issue);
                LOG.warning(() -> "Issue " + finding.type() + " (" + finding.context()
                        + finding.reference().map(" "::concat).orElse("") + "): " + finding.explanation());
            }
            open.stream()
                    .filter(other -> (other == issue && known.isEmpty())
                            || added.stream().anyMatch(suggestion -> fixups.mends(suggestion, other)))
                    .forEach(changed::add);
            if (known.isEmpty() || !added.isEmpty()) {
                revision.incrementAndGet();
            }
        } finally {
            lock.unlock();
        }
        changed.forEach(this::tellChanged);
    }

    /** Closes all issues of that type about that thing. */
    public void solve(String type, String context, String reference) {
        close(issue -> issue.type().equals(type)
                && issue.context().equals(context)
                && Objects.equals(issue.reference(), reference));
    }

    /** Closes that issue, if it is open. */
    void close(Issue issue) {
        close(issue::equals);
    }

    /** Takes a suggestion away; the issue stays. */
    void dismiss(Suggestion suggestion) {
        List<Issue> changed;
        lock.lock();
        try {
            if (suggestions.remove(suggestion) == null) {
                return;
            }
            changed = mendedBy(suggestion);
            revision.incrementAndGet();
        } finally {
            lock.unlock();
        }
        changed.forEach(this::tellChanged);
    }

    Optional<Issue> issue(String uuid) {
        return open().stream().filter(issue -> issue.uuid().equals(uuid)).findFirst();
    }

    Optional<Suggestion> suggestion(String uuid) {
        return suggestions().stream()
                .filter(suggestion -> suggestion.uuid().equals(uuid))
                .findFirst();
    }

    /** Those that mend the issue when they are applied. */
    List<Suggestion> suggestionsFor(Issue issue) {
        return suggestions().stream()
                .filter(suggestion -> fixups.mends(suggestion, issue))
                .toList();
    }

    /** Those that are mended when the suggestion is applied. */
    List<Issue> mendedBy(Suggestion suggestion) {
        return open().stream().filter(issue -> fixups.mends(suggestion, issue)).toList();
    }

    private void close(Predicate<Issue> which) {
        List<Issue> closed = new ArrayList<>();
        Set<Issue> changed = new LinkedHashSet<>();
        lock.lock();
        try {
            open.stream().filter(which).forEach(closed::add);
            if (closed.isEmpty()) {
                return;
            }
            open.removeAll(closed);
            for (Suggestion suggestion : orphansOf(closed)) {
                suggestions.remove(suggestion);
                changed.addAll(mendedBy(suggestion));
            }
            revision.incrementAndGet();
        } finally {
            lock.unlock();
        }
        closed.forEach(issue -> events.fire(new SupervisorEvent.IssueRemoved(issue.fields())));
        changed.forEach(this::tellChanged);
    }

    private List<Suggestion> orphansOf(List<Issue> closed) {
        List<Suggestion> orphans = new ArrayList<>();
        suggestions.forEach((suggestion, origins) -> {
            closed.forEach(issue -> origins.remove(issue.uuid()));
            if (origins.isEmpty()) {
                orphans.add(suggestion);
            }
        });
        return orphans;
    }

    private List<Suggestion> suggest(Finding finding, Issue issue) {
        List<Suggestion> added = new ArrayList<>();
        for (String type : finding.suggestions()) {
            Optional<Suggestion> known = suggestions.keySet().stream()
                    .filter(suggestion -> suggestion.isSame(type, finding))
                    .findFirst();
            Suggestion suggestion = known.orElseGet(() -> new Suggestion(
                    uuid(), type, finding.context(), finding.reference().orElse(null), finding.extraOrNull()));
            suggestions
                    .computeIfAbsent(suggestion, fresh -> new LinkedHashSet<>())
                    .add(issue.uuid());
            if (known.isEmpty()) {
                added.add(suggestion);
            }
        }
        return added;
    }

    private void tellChanged(Issue issue) {
        Map<String, Object> fields = new HashMap<>(issue.fields());
        fields.put(
                "suggestions",
                suggestionsFor(issue).stream().map(Suggestion::fields).toList());
        events.fire(new SupervisorEvent.IssueChanged(fields));
    }

    private static Issue issue(Finding finding) {
        return new Issue(
                uuid(), finding.type(), finding.context(), finding.reference().orElse(null), finding.extraOrNull());
    }

    private static String uuid() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
