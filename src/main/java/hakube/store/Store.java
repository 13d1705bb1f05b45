package hakube.store;

import hakube.storage.Folders;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;

/**
 * What can be installed. Empty until the first {@link #reload()}; readers see one whole reading, never half of the next,
 * and never wait for it.
 */
@Singleton
public final class Store {

    private static final Logger LOG = Logger.getLogger(Store.class.getName());

    private static final int LONGEST_WORDS = 480;

    private static final String LOCAL = "local";

    /** Where the local repository may lie on the claim; of an app that is in two of them the last counts. */
    private static final List<String> LOCAL_FOLDERS = List.of("local_apps", "apps/local", Folders.LOCAL_APPS);

    private final Folders folders;
    private final Lock reloading = new ReentrantLock();
    private final AtomicLong revision = new AtomicLong();
    private volatile Snapshot snapshot = new Snapshot(List.of(), Map.of(), Map.of());

    /** @param faults that were logged already, so that an unchanged fault is not told every few hours */
    private record Snapshot(List<Repository> repositories, Map<String, StoreApp> apps, Map<Path, String> faults) {}

    @Inject
    public Store(Folders folders) {
        this.folders = folders;
    }

    /** Reads all repositories again; a broken app is missing afterwards, which is logged once, and nothing else. */
    public void reload() {
        reloading.lock();
        try {
            Repository local =
                    new Repository(LOCAL, "Local apps", LOCAL, LOCAL, "unknown", folders.of(Folders.LOCAL_APPS));
            RepositoryScan.Found found = RepositoryScan.of(
                    local, LOCAL_FOLDERS.stream().map(folders::of).toList());
            Map<Path, String> known = snapshot.faults;
            found.faults().forEach((file, reason) -> {
                if (!reason.equals(known.get(file))) {
                    LOG.warning(() -> "Cannot use " + oneLine(file.toString()) + ": " + oneLine(reason));
                }
            });
            snapshot = new Snapshot(List.of(local), found.apps(), found.faults());
            revision.incrementAndGet();
        } finally {
            reloading.unlock();
        }
    }

    /** @param slug the full one */
    public Optional<StoreApp> find(String slug) {
        return Optional.ofNullable(snapshot.apps.get(slug));
    }

    /** All apps, in order of repository and path. */
    public List<StoreApp> apps() {
        return List.copyOf(snapshot.apps.values());
    }

    /** Grows with each reading. */
    public long revision() {
        return revision.get();
    }

    public List<Repository> repositories() {
        return snapshot.repositories;
    }

    /** A manifest may quote itself in a reason, and a folder may have any name: no line breaks of theirs, and not all of it. */
    private static String oneLine(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", " ");
        return line.length() > LONGEST_WORDS ? line.substring(0, LONGEST_WORDS - 3) + "..." : line;
    }
}
