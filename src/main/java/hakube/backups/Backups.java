package hakube.backups;

import hakube.api.ApiFailure;
import hakube.api.Body;
import hakube.archive.ForLog;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.storage.Folders;
import hakube.storage.StateFile;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The backups that are there (upstream {@code supervisor/backups/manager.py}, 2026-08). */
@Singleton
public final class Backups {

    private static final Logger LOG = Logger.getLogger(Backups.class.getName());

    /** Storage that takes longer to be listed is in trouble; what waits for it goes on, the reading itself does as well. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Folders folders;
    private final StateFile<BackupOptions> file;
    private final Events events;
    private final Supplier<Map<String, Backup>> scan;
    private final Rescan rescan;
    private final ReentrantLock changing = new ReentrantLock();
    /** Since the last reading began. */
    private final Map<String, Backup> joined = new LinkedHashMap<>();

    private volatile Map<String, Backup> known = Map.of();
    private volatile BackupOptions options = BackupOptions.DEFAULT;

    @Inject
    Backups(Folders folders, Events events) {
        this(folders, events, new BackupScan(folders)::run);
    }

    /** @param scan reads what backups there are, by slug */
    Backups(Folders folders, Events events, Supplier<Map<String, Backup>> scan) {
        this.folders = folders;
        this.file = new StateFile<>(folders.of("backups.json"), BackupOptions.class);
        this.events = events;
        this.scan = scan;
        this.rescan = new Rescan(
                this::read, task -> Thread.ofVirtual().name("backups").start(task));
    }

    /**
     * Reads options and folders; to be called once storage is there. Folders that take too long are read to the end all the same, and
     * a reading that fails ends no start: a house without its list of backups is better than none.
     */
    public void load() {
        file.read(aside -> events.fire(SupervisorEvent.IssueFound.damagedFile(
                        aside,
                        "system",
                        "The options of backups were damaged and set aside: they are back at their defaults")))
                .ifPresent(read -> options = read);
        for (BackupLocation location : BackupLocation.values()) {
            Incoming.sweep(folders.of(location.folder()));
        }
        try {
            if (!awaitReading()) {
                LOG.warning("The backup folders are not read yet: backups are listed later");
            }
        } catch (IllegalStateException told) {
            LOG.severe("No backup is listed until the folders can be read");
        }
    }

    /** All of them, those in Core's transit area included. */
    Collection<Backup> all() {
        return known.values();
    }

    BackupOptions options() {
        return options;
    }

    /** @throws ApiFailure.NotFound there is none of that slug */
    Backup find(String slug) {
        return Optional.ofNullable(known.get(slug)).orElseThrow(() -> new ApiFailure.NotFound("Backup does not exist"));
    }

    /** Changes what the body names, on disk first. @throws ApiFailure.BadRequest for a body that does not fit */
    void change(String text) {
        Body body = Body.of(text);
        OptionalInt days = body.number("days_until_stale", 1, Integer.MAX_VALUE);
        body.check();
        changing.lock();
        try {
            BackupOptions changed = new BackupOptions(days.orElse(options.daysUntilStale()));
            file.write(changed);
            options = changed;
        } finally {
            changing.unlock();
        }
    }

    /**
     * Reads the folders again and waits for that.
     *
     * @throws ApiFailure.BadRequest after {@link #PATIENCE}; the reading goes on
     * @throws IllegalStateException the reading failed
     */
    void reload() {
        if (!awaitReading()) {
            throw new ApiFailure.BadRequest("The backup folders are not read yet, the storage takes its time");
        }
    }

    /** Reads the folders again in the background, since a file is not there that should be. */
    void reloadLater() {
        var unused = rescan.ask();
    }

    /** From now on it is listed, with all files that it names. */
    void add(Backup backup) {
        changing.lock();
        try {
            joined.put(backup.slug(), backup);
            replace(backup.slug(), Optional.of(backup));
        } finally {
            changing.unlock();
        }
    }

    /** Gives a file its name. */
    interface Move {
        void run() throws IOException;
    }

    /**
     * Lists a file that has just come, and puts it in its place before: nobody else changes the list meanwhile. A file of the same
     * backup in that location gives way to it.
     *
     * @throws ApiFailure.BadRequest {@code Cannot import backup …}: it contradicts the backup that has its slug, or its name is that of
     *     another one's file; nothing was moved
     * @throws IOException as {@code move}
     */
    void admit(Told told, BackupLocation location, Move move) throws IOException {
        String slug = told.metadata().slug();
        changing.lock();
        try {
            Optional<Backup> before = Optional.ofNullable(known.get(slug));
            Contradiction.require(told, known.values());
            move.run();
            before.map(backup -> backup.files().get(location))
                    .filter(old -> !old.path().equals(told.file().path()))
                    .ifPresent(Backups::replaced);
            add(before.map(backup -> backup.with(location, told.file()))
                    .orElseGet(() -> new Backup(told.metadata(), Map.of(location, told.file()))));
        } finally {
            changing.unlock();
        }
    }

    private static void replaced(BackupFile old) {
        try {
            Files.deleteIfExists(old.path());
        } catch (IOException failure) {
            LOG.log(
                    Level.WARNING,
                    failure,
                    () -> ForLog.of(old.path().toString()) + " was replaced and cannot be removed");
        }
    }

    /**
     * Removes files of a backup.
     *
     * @param from where; places where it is not are passed over
     * @throws ApiFailure.NotFound a file is gone already
     * @throws ApiFailure.BadRequest a file cannot be removed
     */
    void remove(String slug, Collection<BackupLocation> from) {
        changing.lock();
        try {
            for (BackupLocation location : from) {
                Backup backup = known.get(slug);
                if (backup != null && backup.files().containsKey(location)) {
                    delete(backup.files().get(location));
                    replace(slug, backup.without(location));
                }
            }
        } finally {
            changing.unlock();
        }
    }

    private void delete(BackupFile backup) {
        try {
            Files.delete(backup.path());
        } catch (NoSuchFileException gone) {
            reloadLater();
            throw new ApiFailure.NotFound("Cannot delete backup at " + backup.path() + ", file does not exist!");
        } catch (IOException failure) {
            throw new ApiFailure.BadRequest(
                    "Cannot delete backup at " + backup.path() + ": " + failure.getMessage(), failure);
        }
    }

    private void replace(String slug, Optional<Backup> rest) {
        Map<String, Backup> changed = new LinkedHashMap<>(known);
        rest.ifPresentOrElse(backup -> changed.put(slug, backup), () -> changed.remove(slug));
        known = changed;
    }

    private void read() {
        changing.lock();
        try {
            joined.clear();
        } finally {
            changing.unlock();
        }
        Map<String, Backup> found = new LinkedHashMap<>(scan.get());
        changing.lock();
        try {
            // What was made while the folders were read may not have been seen.
            found.putAll(joined);
            known = stillThere(found);
        } finally {
            changing.unlock();
        }
    }

    /** What was removed while the folders were read must not come back. */
    private static Map<String, Backup> stillThere(Map<String, Backup> found) {
        Map<String, Backup> left = new LinkedHashMap<>();
        found.forEach((slug, backup) -> {
            Optional<Backup> rest = Optional.of(backup);
            for (BackupLocation location : List.copyOf(backup.files().keySet())) {
                if (!Files.exists(backup.files().get(location).path(), LinkOption.NOFOLLOW_LINKS)) {
                    rest = rest.flatMap(some -> some.without(location));
                }
            }
            rest.ifPresent(some -> left.put(slug, some));
        });
        return left;
    }

    /** False when it takes too long. @throws IllegalStateException the reading failed */
    private boolean awaitReading() {
        try {
            rescan.ask().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException fault) {
            throw new IllegalStateException("The backup folders cannot be read", fault.getCause());
        }
    }
}
