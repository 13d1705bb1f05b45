package hakube.apps;

import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.Labels;
import hakube.kubernetes.ObjectNames;
import hakube.kubernetes.Watched;
import io.kubernetes.client.openapi.models.V1Pod;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Makes issues of what nodes do to apps: ends for want of memory, and evictions. An issue is open as long as a pod tells of it: of a
 * want of memory until the app runs in a pod that has never had one, of an eviction until it runs again.
 */
@Singleton
final class AppTroubles {

    private final Cluster cluster;
    private final AppsFile apps;
    private final AppBoard board;
    private final AppIssues issues;
    /** What was told last, by issue and app: a person may have dismissed it since. */
    private final Map<String, String> told = new ConcurrentHashMap<>();

    @Inject
    AppTroubles(Cluster cluster, AppsFile apps, AppBoard board, AppIssues issues) {
        this.cluster = cluster;
        this.apps = apps;
        this.board = board;
        this.issues = issues;
    }

    /** From now on it looks at each change of a pod. */
    void open() {
        cluster.watched(Kind.POD).onChange(this::seen);
        apps.all().forEach(app -> look(app.slug()));
    }

    private void seen(Watched.Change<V1Pod> change) {
        Map<String, String> labels = change.object().getMetadata().getLabels();
        if (labels != null && AppWorkload.TYPE.equals(labels.get(Labels.TYPE))) {
            apps.all().stream()
                    .map(InstalledApp::slug)
                    .filter(slug -> ObjectNames.labelValue(slug).equals(labels.get(Labels.SLUG)))
                    .forEach(this::look);
        }
    }

    private void look(String slug) {
        boolean runs = board.seen(slug).state() == AppState.STARTED;
        Optional<V1Pod> now = AppStates.current(board.pods(slug)).filter(pod -> runs);
        look(slug, AppIssues.OUT_OF_MEMORY, now, PodTroubles::outOfMemory);
        look(slug, AppIssues.EVICTED, now, PodTroubles::eviction);
    }

    /** @param now the pod that runs: what an older one tells is over then */
    private void look(String slug, String issue, Optional<V1Pod> now, Function<V1Pod, Optional<String>> trouble) {
        Optional<V1Pod> shown = now.isPresent()
                ? now.filter(pod -> trouble.apply(pod).isPresent())
                : board.pods(slug).stream()
                        .filter(pod -> trouble.apply(pod).isPresent())
                        .findFirst();
        if (shown.isPresent()) {
            tell(slug, issue, shown.get(), trouble.apply(shown.get()).orElseThrow());
        } else if (now.isPresent() && told.remove(issue + " " + slug) != null) {
            issues.over(slug, issue);
        }
    }

    private void tell(String slug, String issue, V1Pod pod, String why) {
        String what = pod.getMetadata().getName() + " " + pod.getMetadata().getUid() + " " + PodTroubles.restarts(pod);
        if (!what.equals(told.put(issue + " " + slug, what))) {
            issues.troubled(slug, issue, why);
        }
    }
}
