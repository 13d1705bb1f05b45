package hakube.apps;

import hakube.events.Events;
import hakube.events.SupervisorEvent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What becomes an issue out of an app's own life, and is none when the app is up, or is no more. */
@Singleton
final class AppIssues {

    /** Type of the issue of an app whose image does not come. */
    static final String MISSING_IMAGE = "missing_image";

    /** Type of the issue of an app that a node has ended for want of memory. Extension. */
    static final String OUT_OF_MEMORY = "app_out_of_memory";

    /** Type of the issue of an app whose pod a node has given up. Extension. */
    static final String EVICTED = "app_evicted";

    private static final String RATE_LIMIT = "docker_ratelimit";
    private static final String BOOT_FAIL = "boot_fail";
    private static final String PORT_CONFLICT = "app_port_conflict";
    private static final String UPDATE_ROLLBACK = "update_rollback";
    private static final String UPDATE_FAILED = "update_failed";

    /** The kubelet's reasons for a container without its image. */
    private static final Set<String> NO_IMAGE =
            Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull");

    private final AppBoard board;
    private final Events events;
    /** Apps whose registry gives no more images for now. */
    private final Set<String> limited = ConcurrentHashMap.newKeySet();

    @Inject
    AppIssues(AppBoard board, Events events) {
        this.board = board;
        this.events = events;
        events.listen(event -> {
            if (event instanceof SupervisorEvent.AppStateChanged changed) {
                judge(changed.slug(), changed.state());
            }
        });
    }

    /** An app did not start at boot. */
    void bootFailed(String slug, String why) {
        find(
                BOOT_FAIL,
                slug,
                List.of("execute_start", "disable_boot"),
                "App " + slug + " did not start at boot: " + why);
    }

    /** A new version did not start, so that the old one comes back. */
    void rolledBack(String slug, String why) {
        find(UPDATE_ROLLBACK, slug, List.of(), why);
    }

    /** The old version did not come back either. */
    void updateFailed(String slug, String why) {
        find(UPDATE_FAILED, slug, List.of(), why);
    }

    /** A new version runs, or is there to run: what was told of a try before is history. */
    void updated(String slug) {
        solve(slug, UPDATE_ROLLBACK, UPDATE_FAILED);
    }

    /** A node has done that to the app. */
    void troubled(String slug, String type, String why) {
        String advice =
                switch (type) {
                    case OUT_OF_MEMORY -> "; give it a higher limit, or nodes with more memory";
                    default -> "; it comes again where a node has room for it";
                };
        find(type, slug, List.of("execute_restart"), "App " + slug + ": " + why + advice);
    }

    /** It runs as if that had never been. */
    void over(String slug, String type) {
        solve(slug, type);
    }

    private void judge(String slug, String state) {
        if (!state.equals(AppState.ERROR.wire())
                && !state.equals(AppState.STARTUP.wire())
                && limited.remove(slug)
                && limited.isEmpty()) {
            events.fire(new SupervisorEvent.IssueSolved(RATE_LIMIT, "system", Optional.empty()));
        }
        if (state.equals(AppState.STARTED.wire())) {
            solve(slug, BOOT_FAIL, MISSING_IMAGE, UPDATE_FAILED);
        } else if (state.equals(AppState.UNKNOWN.wire())) {
            solve(
                    slug,
                    BOOT_FAIL,
                    MISSING_IMAGE,
                    PORT_CONFLICT,
                    UPDATE_ROLLBACK,
                    UPDATE_FAILED,
                    OUT_OF_MEMORY,
                    EVICTED);
        } else if (state.equals(AppState.ERROR.wire())) {
            board.seen(slug)
                    .waiting()
                    .filter(waiting -> NO_IMAGE.contains(waiting.reason()))
                    .ifPresent(waiting -> missing(slug, waiting));
        }
    }

    /** Of whatever container of its pod: none runs without the others. */
    private void missing(String slug, AppStates.Waiting waiting) {
        String image = waiting.image().isEmpty() ? "The image" : "Image " + waiting.image();
        find(
                MISSING_IMAGE,
                slug,
                List.of("execute_repair"),
                image + " of app " + slug + " does not come: " + waiting.text());
        if (isRateLimit(waiting.message())) {
            limited.add(slug);
            events.fire(new SupervisorEvent.IssueFound(
                    RATE_LIMIT,
                    "system",
                    Optional.empty(),
                    List.of("registry_login"),
                    "The registry of app " + slug + " gives no more images for now: " + waiting.text()));
        }
    }

    /** Registries answer 429, and container runtimes pass on one of these. */
    private static boolean isRateLimit(String message) {
        String folded = message.toLowerCase(Locale.ROOT);
        return Stream.of("toomanyrequests", "429 too many requests", "rate limit")
                .anyMatch(folded::contains);
    }

    private void find(String type, String slug, List<String> suggestions, String why) {
        events.fire(new SupervisorEvent.IssueFound(type, AppCheck.CONTEXT, Optional.of(slug), suggestions, why));
    }

    private void solve(String slug, String... types) {
        for (String type : types) {
            events.fire(new SupervisorEvent.IssueSolved(type, AppCheck.CONTEXT, Optional.of(slug)));
        }
    }
}
