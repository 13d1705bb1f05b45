package hakube.apps;

import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.storage.AtomicWrite;
import hakube.storage.Folders;
import hakube.storage.StateFile;
import hakube.store.AppManifest;
import hakube.store.ManifestReader;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;
import java.util.stream.StreamSupport;

/** {@code apps.json}: what is installed. Memory changes only after the disk did. */
@Singleton
final class AppsFile {

    private static final Logger LOG = Logger.getLogger(AppsFile.class.getName());

    private static final String NAME = "apps.json";

    private final Folders folders;
    private final Events events;
    private final StateFile<JsonObject> file;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile Map<String, InstalledApp> apps = Map.of();
    /** Entries of which no app can be made, kept as they are. */
    private volatile AppsDocument unread = AppsDocument.EMPTY;
    /** Whether there was a list to read. */
    private volatile boolean found;

    @Inject
    AppsFile(Folders folders, Events events) {
        this.folders = folders;
        this.events = events;
        this.file = new StateFile<>(folders.of(NAME), JsonObject.class);
    }

    /** Reads the file, or {@code addons.json} as it was called before 2026; to be called once storage is there. */
    void load() {
        Path now = folders.of(NAME);
        Path before = folders.of("addons.json");
        if (Files.exists(before) && !Files.exists(now)) {
            try {
                Files.move(before, now);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot rename " + before + " to " + now, e);
            }
        }
        found = Files.exists(now);
        AppsDocument document = file.read(this::damaged).map(AppsDocument::of).orElse(AppsDocument.EMPTY);
        Map<String, InstalledApp> read = new LinkedHashMap<>();
        AppsDocument rest = AppsDocument.EMPTY;
        for (String slug : document.slugs()) {
            Optional<InstalledApp> app = read(document, slug);
            if (app.isPresent()) {
                read.put(slug, app.get());
            } else {
                rest = rest.with(slug, document);
            }
        }
        unread = rest;
        apps = Collections.unmodifiableMap(read);
    }

    /** All, in the order of installation. */
    List<InstalledApp> all() {
        return List.copyOf(apps.values());
    }

    /** The same object until something changes; what is derived from the list can be kept as long. */
    Object state() {
        return apps;
    }

    Optional<InstalledApp> find(String slug) {
        return Optional.ofNullable(apps.get(slug));
    }

    /** Whether the file speaks of that app, readable or not. */
    boolean knows(String slug) {
        return apps.containsKey(slug) || unread.slugs().contains(slug);
    }

    /** Every app that the file speaks of. */
    Set<String> slugs() {
        Set<String> slugs = new LinkedHashSet<>(apps.keySet());
        slugs.addAll(unread.slugs());
        return slugs;
    }

    /** Whether the last reading met a file, whole or damaged. */
    boolean wasFound() {
        return found;
    }

    /**
     * What lies beside the file because a list was damaged or missing, at this start or an earlier one. As long as it lies
     * there, the list may lack apps that are installed.
     */
    Optional<Path> lostList() {
        try (DirectoryStream<Path> marks = Files.newDirectoryStream(folders.root(), NAME + ".{damaged,missing}-*")) {
            return StreamSupport.stream(marks.spliterator(), false).min(Comparator.naturalOrder());
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException | DirectoryIteratorException e) {
            throw new UncheckedIOException("Cannot list " + folders.root(), new IOException(e));
        }
    }

    /** Leaves such a mark, since the next installation writes a new list. */
    Path markMissing() {
        Path mark = folders.of(NAME + ".missing-" + Instant.now().toEpochMilli());
        AtomicWrite.write(mark, new byte[0]);
        return mark;
    }

    /** To be called before an app's first object is made: a list that is missing later was lost. */
    void ensure() {
        if (!Files.exists(folders.of(NAME))) {
            change(before -> before);
        }
    }

    void put(InstalledApp app) {
        change(before -> {
            Map<String, InstalledApp> after = new LinkedHashMap<>(before);
            after.put(app.slug(), app);
            return after;
        });
    }

    void remove(String slug) {
        change(before -> {
            Map<String, InstalledApp> after = new LinkedHashMap<>(before);
            after.remove(slug);
            return after;
        });
    }

    private void change(UnaryOperator<Map<String, InstalledApp>> change) {
        writing.lock();
        try {
            Map<String, InstalledApp> after = change.apply(apps);
            AppsDocument document = unread;
            for (InstalledApp app : after.values()) {
                document = document.with(app);
            }
            file.write(document.json());
            Map<String, InstalledApp> before = apps;
            apps = Collections.unmodifiableMap(after);
            AppPanels.changes(before, after).forEach(events::fire);
        } finally {
            writing.unlock();
        }
    }

    static Optional<InstalledApp> read(AppsDocument document, String slug) {
        Map<String, Object> system = document.system(slug);
        return switch (ManifestReader.read(system)) {
            case ManifestReader.Valid valid -> Optional.of(installed(document, slug, valid.manifest()));
            case ManifestReader.Invalid invalid -> {
                LOG.severe(() -> "App " + slug + " of apps.json cannot be used and is left alone: " + invalid.reason());
                yield Optional.empty();
            }
        };
    }

    private static InstalledApp installed(AppsDocument document, String slug, AppManifest manifest) {
        Object repository = document.system(slug).get("repository");
        Object arch = document.user(slug).get("arch");
        return new InstalledApp(
                slug,
                repository instanceof String known ? known : slug.split("_", 2)[0],
                arch instanceof String known
                        ? known
                        : manifest.arch().stream().findFirst().orElse(""),
                manifest,
                UserLayers.read(slug, document.user(slug), manifest));
    }

    private void damaged(Path aside) {
        events.fire(SupervisorEvent.IssueFound.damagedFile(
                aside,
                "system",
                "The list of installed apps was damaged and set aside; nothing of an app that is missing in the new one is"
                        + " deleted while that file is there"));
    }
}
