package hakube.apps;

import hakube.api.ApiFailure;
import hakube.api.Json;
import hakube.jobs.Work;
import hakube.storage.Folders;
import hakube.store.FolderType;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Has the files of apps copied while they stand still (upstream {@code supervisor/apps/app.py}, {@code backup}, 2026-08). */
@Singleton
public final class AppSaving {

    private static final Logger LOG = Logger.getLogger(AppSaving.class.getName());

    /** What a backup says of an app. Marks of something under way are of no use elsewhere, the revisions' images neither. */
    private static final Set<String> NOT_TOLD = Set.of("leaving", "updating", "paused", "revision", "revisions");

    private static final Set<FolderType> OWN_CONFIG = Set.of(FolderType.APP_CONFIG, FolderType.ADDON_CONFIG);

    private final Apps apps;
    private final AppPause pause;
    private final AppBoard board;
    private final Folders folders;

    @Inject
    AppSaving(Apps apps, AppPause pause, AppBoard board, Folders folders) {
        this.apps = apps;
        this.pause = pause;
        this.board = board;
        this.folders = folders;
    }

    /**
     * What a backup holds of an app.
     *
     * @param note {@code addon.json}
     * @param data its private folder
     * @param config its public folder, if it has one
     * @param excludes patterns of what is left out of both
     */
    public record Content(
            String slug,
            String name,
            String version,
            byte[] note,
            Path data,
            Optional<Path> config,
            List<String> excludes) {}

    /** Copies it. */
    public interface Copying {
        void copy(Content content) throws IOException;
    }

    /**
     * Copies an app's files, alone in its group: a cold app is down meanwhile, a hot one's commands run before and after.
     *
     * @return whether it was stopped and is on its way up again: {@link #awaitStarted} then
     * @throws ApiFailure another operation runs on it, it does not stop or start, a command fails
     * @throws IOException as the copying does; the app is back at work then, too
     */
    public boolean save(String slug, Copying copying) throws IOException {
        try {
            return alone("app_backup", slug, app -> save(app, copying));
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    private boolean save(InstalledApp app, Copying copying) {
        byte[] note = note(app);
        boolean wasRunning = pause.begin(app);
        try {
            copying.copy(content(app, note));
        } catch (IOException failure) {
            endAfter(failure, wasRunning, app);
            throw new UncheckedIOException(failure);
        } catch (RuntimeException | Error failure) {
            endAfter(failure, wasRunning, app);
            throw failure;
        }
        return wasRunning && pause.end(app);
    }

    /** The app goes on after a failure, too. */
    private void endAfter(Throwable failure, boolean wasRunning, InstalledApp app) {
        try {
            if (wasRunning) {
                pause.end(app);
            }
        } catch (ApiFailure | UncheckedIOException another) {
            failure.addSuppressed(another);
        }
    }

    /** Brings an app to where others can copy its files. @return whether it ran, so that {@link #thaw} is due */
    public boolean freeze(String slug) {
        return alone("app_begin_backup", slug, pause::begin);
    }

    /** Brings it back. @return whether it is on its way up again: {@link #awaitStarted} then */
    public boolean thaw(String slug) {
        return alone("app_end_backup", slug, pause::end);
    }

    /**
     * Waits until it is decided for all whether they start, two minutes at most; one that failed is tried once more, and what that fails of is in
     * the log. How far they are is not told by the caller's job.
     */
    public void awaitStarted(Collection<String> slugs) {
        List<Thread> waits = slugs.stream()
                .map(slug -> Thread.ofVirtual().name("await-" + slug).start(() -> awaitStarted(slug)))
                .toList();
        try {
            for (Thread wait : waits) {
                wait.join();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitStarted(String slug) {
        Optional<InstalledApp> launched = apps.find(slug);
        if (launched.filter(pause::hasFailed).isPresent()) {
            try {
                apps.start(slug);
            } catch (ApiFailure | UncheckedIOException failure) {
                LOG.log(
                        Level.SEVERE,
                        "App " + slug + " did not start after its backup: " + failure.getMessage(),
                        failure);
            }
        }
    }

    /** Whether that app is still there. */
    public boolean isInstalled(String slug) {
        return apps.isInstalled(slug);
    }

    /** Slugs of the apps that run now. */
    public List<String> running() {
        return apps.slugs().stream()
                .filter(slug -> board.seen(slug).state() == AppState.STARTED
                        || board.seen(slug).state() == AppState.STARTUP)
                .toList();
    }

    private <R> R alone(String name, String slug, Function<InstalledApp, R> body) {
        Work work = Work.of(name, slug).in(Apps.group(slug)).internal();
        return apps.given(work, body);
    }

    private Content content(InstalledApp app, byte[] note) {
        Optional<Path> config = app.manifest().folders().keySet().stream().anyMatch(OWN_CONFIG::contains)
                ? Optional.of(folders.of(Folders.appConfig(app.slug())))
                        .filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
                : Optional.empty();
        return new Content(
                app.slug(),
                app.manifest().name(),
                app.user().version(),
                note,
                folders.of(Folders.appData(app.slug())),
                config,
                app.manifest().backup().exclude());
    }

    /** The state is that of before the stop. */
    private byte[] note(InstalledApp app) {
        AppsDocument document = AppsDocument.EMPTY.with(app);
        Map<String, Object> user = new LinkedHashMap<>(document.user(app.slug()));
        user.keySet().removeAll(NOT_TOLD);
        Map<String, Object> note = new LinkedHashMap<>();
        note.put("user", user);
        note.put("system", withTranslations(document.system(app.slug())));
        note.put("version", app.user().version());
        note.put("state", state(app.slug()));
        return Json.file().toJson(JsonValues.json(note)).getBytes(StandardCharsets.UTF_8);
    }

    /** Upstream's reader wants that there are some. */
    private static Map<String, Object> withTranslations(Map<String, Object> system) {
        Map<String, Object> all = new LinkedHashMap<>(system);
        all.putIfAbsent("translations", Map.of());
        return all;
    }

    private String state(String slug) {
        return switch (board.seen(slug).state()) {
            case STARTED, STARTUP -> AppState.STARTED.wire();
            case STOPPED, ERROR, UNKNOWN -> AppState.STOPPED.wire();
        };
    }
}
