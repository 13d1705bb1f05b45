package hakube.resolution;

import hakube.events.Events;
import hakube.events.SupervisorEvent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;

/** The issues of this start; an issue is known by type, context and reference, and reported once. */
@Singleton
public final class Issues {

    private static final Logger LOG = Logger.getLogger(Issues.class.getName());

    private final List<Issue> open = new CopyOnWriteArrayList<>();

    @Inject
    public Issues(Events events) {
        events.listen(event -> {
            if (event instanceof SupervisorEvent.IssueFound found) {
                report(
                        found.type(),
                        found.context(),
                        found.reference().orElse(null),
                        Map.of(),
                        found.suggestions(),
                        found.explanation());
            } else if (event instanceof SupervisorEvent.IssueSolved solved) {
                solve(solved.type(), solved.context(), solved.reference().orElse(null));
            }
        });
    }

    /** All open issues, oldest first. */
    public List<Issue> open() {
        return List.copyOf(open);
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
        if (find(type, context, reference).isEmpty()) {
            String uuid = UUID.randomUUID().toString().replace("-", "");
            Map<String, Object> extra = referenceExtra.isEmpty() ? null : Map.copyOf(referenceExtra);
            open.add(new Issue(uuid, type, context, reference, extra, List.copyOf(suggestions)));
            LOG.warning(() -> "Issue " + type + " (" + context + (reference == null ? "" : " " + reference) + "): "
                    + explanation);
        }
    }

    /** Closes the issue, if it is open. */
    public void solve(String type, String context, String reference) {
        find(type, context, reference).ifPresent(open::remove);
    }

    private Optional<Issue> find(String type, String context, String reference) {
        return open.stream()
                .filter(issue -> issue.type().equals(type)
                        && issue.context().equals(context)
                        && Objects.equals(issue.reference(), reference))
                .findFirst();
    }
}
