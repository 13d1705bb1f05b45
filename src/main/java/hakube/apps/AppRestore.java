package hakube.apps;

import hakube.api.ApiFailure;
import hakube.jobs.Jobs;
import hakube.jobs.Work;
import hakube.storage.Folders;
import hakube.storage.Swapped;
import hakube.storage.TreeSwap;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Restores one app from a backup: what is known of it, its data and its public folder, all of it or nothing (upstream
 * {@code supervisor/apps/app.py}, {@code restore}, 2026-08). It is not started here, since its image may take its time.
 */
@Singleton
public final class AppRestore {

    private final AppsFile file;
    private final Apps apps;
    private final AppRun run;
    private final AppUndo undo;
    private final AppObjects objects;
    private final AppBoard board;
    private final AppAvailability availability;
    private final Folders folders;
    private final Jobs jobs;

    @Inject
    AppRestore(
            AppsFile file,
            Apps apps,
            AppRun run,
            AppUndo undo,
            AppObjects objects,
            AppBoard board,
            AppAvailability availability,
            Folders folders,
            Jobs jobs) {
        this.file = file;
        this.apps = apps;
        this.run = run;
        this.undo = undo;
        this.objects = objects;
        this.board = board;
        this.availability = availability;
        this.folders = folders;
        this.jobs = jobs;
    }

    /**
     * Reads an {@code addon.json}.
     *
     * @throws ApiFailure.BadRequest {@code app_backup_metadata_invalid_error}
     */
    public AppBackup read(String slug, String text) {
        return AppBackup.read(slug, text, availability.arch());
    }

    /**
     * What keeps it from running here, with all reasons; from memory, no call.
     *
     * @param coreVersion that there will be, empty for none
     */
    public Optional<ApiFailure> obstacle(AppBackup backup, Optional<String> coreVersion) {
        return availability.obstacle(backup.app(), coreVersion);
    }

    /**
     * Does it.
     *
     * @param part folder with what was in the backup: {@code data}, and {@code config} where there was one
     * @throws ApiFailure it cannot run here: then its data are where they belong all the same, unless it is installed in another
     *     version, whose data stay; otherwise all of it is as it was
     */
    public void restore(AppBackup backup, Path part, TreeSwap swap) {
        InstalledApp app = backup.app();
        Work work =
                Work.of("app_restore", app.slug()).in(Apps.group(app.slug())).internal();
        jobs.run(work, () -> {
            Optional<ApiFailure> obstacle = availability.obstacle(app);
            if (obstacle.isPresent()) {
                restoreData(app, part, swap, obstacle.get());
            } else {
                restore(app, part, swap);
            }
        });
    }

    /** Takes back what {@link TreeSwap#recover} tells of: the app is known as it was before. Notes of others are nothing to it. */
    public void putBack(String note) {
        AppNote.of(note).ifPresent(of -> of.before().ifPresentOrElse(file::put, () -> file.remove(of.slug())));
    }

    private void restore(InstalledApp app, Path part, TreeSwap swap) {
        String slug = app.slug();
        Optional<InstalledApp> before = file.find(slug).map(undo::settled);
        if (before.isEmpty()) {
            objects.requireFree(slug);
            file.ensure();
        }
        before.ifPresent(run::stop);
        Swapped swapped = begin(app, part, swap, new AppNote(slug, before).text());
        try {
            file.put(app);
            run.applyStopped(app);
            swapped.commit();
        } catch (IOException | RuntimeException failure) {
            throw takenBack(app, before, swapped, failure);
        }
        board.refresh(slug);
    }

    private void restoreData(InstalledApp app, Path part, TreeSwap swap, ApiFailure obstacle) {
        Optional<InstalledApp> installed = file.find(app.slug());
        if (installed.isPresent()) {
            throw with(
                    obstacle,
                    "Version " + installed.get().user().version() + " stays installed, with the data that it has");
        }
        try {
            begin(app, part, swap, "").commit();
        } catch (IOException failure) {
            throw notReplaced(app, failure);
        }
        throw with(obstacle, "Its data are restored, it is not installed");
    }

    private Swapped begin(InstalledApp app, Path part, TreeSwap swap, String note) {
        try {
            return swap.begin(exchanges(app.slug(), part), note);
        } catch (IOException | UncheckedIOException failure) {
            throw notReplaced(app, failure);
        }
    }

    private List<TreeSwap.Exchange> exchanges(String slug, Path part) {
        List<TreeSwap.Exchange> exchanges = new ArrayList<>();
        exchanges.add(TreeSwap.Exchange.of(folders.of(Folders.appData(slug)), part.resolve("data")));
        Path config = folders.of(Folders.appConfig(slug));
        Path staged = part.resolve("config");
        if (Files.isDirectory(staged, LinkOption.NOFOLLOW_LINKS)
                || Files.isDirectory(config, LinkOption.NOFOLLOW_LINKS)) {
            exchanges.add(TreeSwap.Exchange.of(config, staged));
        }
        return exchanges;
    }

    private RuntimeException takenBack(
            InstalledApp app, Optional<InstalledApp> before, Swapped swapped, Exception failure) {
        try {
            swapped.undo();
        } catch (IOException again) {
            failure.addSuppressed(again);
        }
        try {
            before.ifPresentOrElse(file::put, () -> {
                apps.undoInstall(app.slug());
                file.remove(app.slug());
            });
        } catch (UncheckedIOException again) {
            failure.addSuppressed(again);
        }
        return failure instanceof IOException || failure instanceof UncheckedIOException
                ? notReplaced(app, failure)
                : (RuntimeException) failure;
    }

    private static ApiFailure notReplaced(InstalledApp app, Exception failure) {
        return new ApiFailure.BadRequest(
                "Can't restore app " + app.slug() + ", it is as it was: " + failure.getMessage(), failure);
    }

    private static ApiFailure with(ApiFailure obstacle, String outcome) {
        String message = obstacle.getMessage() + ". " + outcome;
        return obstacle instanceof ApiFailure.UnsupportedHere
                ? new ApiFailure.UnsupportedHere(message, obstacle.extraFields())
                : new ApiFailure.BadRequest(message, obstacle.errorKey().orElse(null), obstacle.extraFields());
    }
}
