package hakube.apps;

import hakube.api.ApiFailure;
import hakube.store.AppManifest.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Stops apps phase by phase and brings them back, for work on all of them (upstream {@code supervisor/core.py},
 * {@code teardown_services}, 2026-08). One's trouble stops no other.
 */
@Singleton
public final class AppPhases {

    private static final Logger LOG = Logger.getLogger(AppPhases.class.getName());

    private final Apps apps;
    private final AppBoard board;
    private final AppIssues issues;

    @Inject
    AppPhases(Apps apps, AppBoard board, AppIssues issues) {
        this.apps = apps;
        this.board = board;
        this.issues = issues;
    }

    /** Slugs of the apps that are meant to run, from the watches. */
    public List<String> running() {
        return apps.all().stream()
                .map(InstalledApp::slug)
                .filter(slug -> board.deployment(slug).map(AppStates::replicas).orElse(0) > 0)
                .toList();
    }

    /** Stops what runs of these phases, all at the same time, and waits until their pods are gone. */
    public void stop(Set<Startup> phases) throws InterruptedException {
        List<String> running = running();
        together("stop", of(running, phases), slug -> {
            try {
                apps.stop(slug);
            } catch (ApiFailure | UncheckedIOException failure) {
                LOG.log(Level.WARNING, "App " + slug + " could not be stopped: " + failure.getMessage(), failure);
            }
        });
    }

    /**
     * Starts those of these phases, all at the same time, and waits until it is decided. One that does not start becomes issue
     * {@code boot_fail}.
     *
     * @throws ApiFailure.Unavailable the cluster does not answer, so that they could not even be asked
     * @param slugs what is not installed is passed over
     * @return what kept them from it, by slug
     */
    public Map<String, String> start(Collection<String> slugs, Set<Startup> phases) throws InterruptedException {
        Map<String, String> failures = new ConcurrentHashMap<>();
        AtomicReference<ApiFailure.Unavailable> away = new AtomicReference<>();
        together("start", of(slugs, phases), slug -> {
            try {
                apps.start(slug);
            } catch (ApiFailure | UncheckedIOException failure) {
                LOG.log(Level.WARNING, "App " + slug + " did not start: " + failure.getMessage(), failure);
                issues.bootFailed(slug, failure.getMessage());
                failures.put(slug, String.valueOf(failure.getMessage()));
                if (failure instanceof ApiFailure.Unavailable unavailable) {
                    away.set(unavailable);
                }
            }
        });
        if (away.get() != null) {
            throw away.get();
        }
        return new TreeMap<>(failures);
    }

    private List<String> of(Collection<String> slugs, Set<Startup> phases) {
        return apps.all().stream()
                .filter(app -> slugs.contains(app.slug()))
                .filter(app -> phases.contains(app.manifest().run().startup()))
                .map(InstalledApp::slug)
                .toList();
    }

    private static void together(String verb, List<String> slugs, Consumer<String> each) throws InterruptedException {
        List<Thread> threads = slugs.stream()
                .map(slug -> Thread.ofVirtual().name(verb + "-" + slug).start(() -> each.accept(slug)))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
