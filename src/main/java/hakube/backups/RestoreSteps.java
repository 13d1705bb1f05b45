package hakube.backups;

import hakube.api.ApiFailure;
import hakube.api.JsonText;
import hakube.apps.AppBackup;
import hakube.apps.AppRestore;
import hakube.apps.Apps;
import hakube.core.CoreRestore;
import hakube.jobs.Job;
import hakube.jobs.Jobs;
import hakube.jobs.Work;
import hakube.registries.RegistryRestore;
import hakube.storage.Folders;
import hakube.storage.TreeSwap;
import hakube.store.Repositories;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The steps of a restore, each a job in the job (upstream {@code supervisor/backups/backup.py}, 2026-08). Where one says whether it went
 * well, what did not is an error of the job of that part, and the others go on.
 */
@Singleton
final class RestoreSteps {

    private static final Logger LOG = Logger.getLogger(RestoreSteps.class.getName());

    /** Stays when the backup was made without it. */
    private static final Predicate<String> DATABASE = name -> name.matches("home-assistant_v.\\.db(-wal)?");

    private static final Map<String, String> FOLDERS = Map.of(
            "share", Folders.SHARE, "addons/local", Folders.LOCAL_APPS, "ssl", Folders.SSL, "media", Folders.MEDIA);

    private final Folders folders;
    private final Apps apps;
    private final AppRestore appRestore;
    private final CoreRestore core;
    private final Repositories repositories;
    private final RegistryRestore registries;
    private final Jobs jobs;

    @Inject
    RestoreSteps(
            Folders folders,
            Apps apps,
            AppRestore appRestore,
            CoreRestore core,
            Repositories repositories,
            RegistryRestore registries,
            Jobs jobs) {
        this.folders = folders;
        this.apps = apps;
        this.appRestore = appRestore;
        this.core = core;
        this.repositories = repositories;
        this.registries = registries;
        this.jobs = jobs;
    }

    /** @return whether all of them were restored */
    boolean folders(RestorePlan plan, Staged staged, TreeSwap swap) {
        return inside(
                "backup_restore_folders",
                plan,
                () -> each("backup_folder_restore", plan.folders(), folder -> {
                    Path part = Optional.ofNullable(staged.folders().get(folder))
                            .orElseThrow(() -> new ApiFailure.BadRequest("Can't find restore folder " + folder));
                    exchange("folder " + folder, swap, TreeSwap.Exchange.of(folders.of(FOLDERS.get(folder)), part));
                    if (folder.equals("addons/local")) {
                        repositories.readLocal();
                    }
                }));
    }

    /** @throws ApiFailure Core's configuration is as it was */
    void core(RestorePlan plan, Staged.Core staged, TreeSwap swap) {
        boolean keepsDatabase = plan.metadata().core().orElseThrow().excludesDatabase();
        Path home = folders.of(Folders.HOME_ASSISTANT);
        inside("backup_restore_homeassistant", plan, () -> {
            core.replace(() -> exchange(
                    "Home Assistant's configuration",
                    swap,
                    new TreeSwap.Exchange(home, staged.folder(), keepsDatabase ? DATABASE : name -> false)));
            core.set(staged.settings());
            return true;
        });
    }

    /** Uninstalls what is not in the backup. @return whether all of it is gone */
    boolean removeOthers(RestorePlan plan) {
        return inside("backup_remove_delta_apps", plan, () -> {
            boolean isWhole = true;
            for (String slug : apps.slugs()) {
                if (!plan.apps().contains(slug)) {
                    isWhole &= attempt(slug, () -> apps.uninstall(slug, false));
                }
            }
            return isWhole;
        });
    }

    /** One that cannot be had keeps no app from being restored: a backup has all that is needed of it. */
    void repositories(RestorePlan plan) {
        List<String> named = plan.metadata().repositories();
        try {
            if (plan.isFull()) {
                repositories.replace(named);
            } else {
                repositories.addMissing(named);
            }
        } catch (ApiFailure | UncheckedIOException failure) {
            LOG.warning(() -> "Not all repositories of the backup are there: " + failure.getMessage());
        }
    }

    /**
     * @param restored is told each app that is as it was in the backup now
     * @return whether all of them are
     */
    boolean apps(RestorePlan plan, Staged staged, TreeSwap swap, Consumer<AppBackup> restored) {
        return inside(
                "backup_restore_apps",
                plan,
                () -> each("backup_app_restore", plan.apps(), slug -> {
                    switch (staged.apps().get(slug)) {
                        case null -> throw new ApiFailure.BadRequest("Can't find backup " + slug);
                        case Staged.App.Unknown(ApiFailure fault) -> throw fault;
                        case Staged.App.Known known -> {
                            appRestore.restore(known.backup(), known.part(), swap);
                            restored.accept(known.backup());
                        }
                    }
                }));
    }

    /**
     * Tells in the restore's job what keeps apps from running again, each in a job of its own as upstream does, where the start of an app
     * is part of its restore.
     *
     * @param failures messages by slug
     */
    void notStarted(Map<String, String> failures) {
        failures.forEach((slug, why) -> {
            try {
                jobs.run(Work.of("app_start", slug), () -> {
                    throw new ApiFailure.BadRequest(why);
                });
            } catch (ApiFailure.BadRequest told) {
                LOG.fine(told::getMessage);
            }
        });
    }

    /** @return whether all of it could be taken over */
    boolean config(RestorePlan plan, Staged staged) {
        return inside("backup_restore_supervisor_config", plan, () -> staged.config()
                .map(this::config)
                .orElse(true));
    }

    private boolean config(Path part) {
        boolean isWhole = attempt("the log-ins to registries", () -> json(part.resolve("docker.json"))
                .map(document -> document.get("registries"))
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .map(registries::add)
                .ifPresent(hosts -> LOG.info(() -> "Took over the log-ins to " + hosts)));
        return isWhole
                & attempt("the network storage", () -> {
                    int mounts = json(part.resolve("mounts.json"))
                            .map(document -> document.get("mounts"))
                            .map(list -> list instanceof JsonArray all ? all.size() : 0)
                            .orElse(0);
                    if (mounts > 0) {
                        throw ApiFailure.UnsupportedHere.of(
                                "The network storage of the backup (" + mounts + " mounts) is left out: mounting",
                                "mount");
                    }
                });
    }

    private boolean inside(String name, RestorePlan plan, BooleanSupplier body) {
        return jobs.run(Work.of(name, plan.backup().slug()), body::getAsBoolean);
    }

    private boolean each(String job, List<String> parts, Consumer<String> body) {
        boolean isWhole = true;
        for (String part : parts) {
            try {
                jobs.run(Work.of(job, part), () -> body.accept(part));
            } catch (ApiFailure | UncheckedIOException failure) {
                LOG.log(Level.WARNING, "Can't restore " + part + ": " + failure.getMessage(), failure);
                isWhole = false;
            }
        }
        return isWhole;
    }

    private static boolean attempt(String what, Runnable body) {
        try {
            body.run();
            return true;
        } catch (ApiFailure | UncheckedIOException failure) {
            LOG.log(Level.WARNING, "Trouble with " + what + ": " + failure.getMessage(), failure);
            Job.current().ifPresent(job -> job.error(failure));
            return false;
        }
    }

    private static void exchange(String what, TreeSwap swap, TreeSwap.Exchange exchange) {
        try {
            var swapped = swap.begin(List.of(exchange), "");
            try {
                swapped.commit();
            } catch (IOException failure) {
                swapped.undo();
                throw failure;
            }
        } catch (IOException | UncheckedIOException failure) {
            throw new ApiFailure.BadRequest(
                    "Can't restore " + what + ", it is as it was: " + failure.getMessage(), failure);
        }
    }

    private static Optional<JsonObject> json(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            return JsonText.parse(Files.readString(file, StandardCharsets.UTF_8)) instanceof JsonObject object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot read " + file.getFileName(), failure);
        }
    }
}
