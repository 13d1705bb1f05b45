package hakube.store;

import hakube.storage.Folders;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;

/**
 * What can be installed. Empty until the first reading; readers see one whole reading, never half of the next, and never wait for
 * it. Which repositories there are and when their files change is for {@link Repositories}.
 */
@Singleton
public final class Store {

    private static final Logger LOG = Logger.getLogger(Store.class.getName());

    private static final int LONGEST_WORDS = 480;
    private static final int MOST_LINES = 20;

    /** Where the local repository may lie on the claim; of an app that is in two of them the last counts. */
    private static final List<String> LOCAL_FOLDERS = List.of("local_apps", "apps/local", Folders.LOCAL_APPS);

    private final Lock reading = new ReentrantLock();
    private final AtomicLong revision = new AtomicLong();
    private final Place local;
    private volatile Snapshot snapshot;

    /** @param faults that were logged already, by file, so that an unchanged fault is not told every few hours */
    private record Reading(Place place, Repository repository, Map<String, StoreApp> apps, Map<String, String> faults) {

        static Reading empty(Place place) {
            return new Reading(place, place.repository(), Map.of(), Map.of());
        }
    }

    private record Snapshot(Map<String, Reading> readings, Map<String, StoreApp> apps) {

        static Snapshot of(Map<String, Reading> readings) {
            Map<String, StoreApp> apps = new LinkedHashMap<>();
            readings.values().forEach(read -> apps.putAll(read.apps()));
            return new Snapshot(readings, apps);
        }
    }

    @Inject
    public Store(Folders folders) {
        this.local = new Place(
                new RepositorySource(BuiltIn.LOCAL.source()),
                LOCAL_FOLDERS.stream().map(folders::of).toList());
        this.snapshot = Snapshot.of(Map.of(local.slug(), Reading.empty(local)));
    }

    /** The local repository's. */
    Place local() {
        return local;
    }

    /**
     * From now on there are these repositories.
     *
     * @param changed which of them are to be read again; one that was not there before is read in any case
     */
    void read(List<Place> places, Set<String> changed) {
        reading.lock();
        try {
            Map<String, Reading> before = snapshot.readings;
            Map<String, Reading> now = new LinkedHashMap<>();
            for (Place place : places) {
                Reading known = before.get(place.slug());
                boolean isKnown = known != null && !changed.contains(place.slug());
                now.put(place.slug(), isKnown ? known : read(place, known == null ? Reading.empty(place) : known));
            }
            snapshot = Snapshot.of(now);
            revision.incrementAndGet();
        } finally {
            reading.unlock();
        }
    }

    private static Reading read(Place place, Reading before) {
        Repository repository = place.repository();
        RepositoryScan.Found found = RepositoryScan.of(repository, place.folders());
        Map<String, String> faults = new HashMap<>();
        List<String> lines = new ArrayList<>();
        for (Map.Entry<Path, String> fault : found.faults().entrySet()) {
            String file = place.nameOf(fault.getKey());
            faults.put(file, fault.getValue());
            if (!fault.getValue().equals(before.faults.get(file))) {
                lines.add("Cannot use " + oneLine(file) + ": " + oneLine(fault.getValue()));
            }
        }
        for (String line : lines.subList(0, Math.min(lines.size(), MOST_LINES))) {
            LOG.warning(line);
        }
        if (lines.size() > MOST_LINES) {
            LOG.warning(() -> "Cannot use " + (lines.size() - MOST_LINES) + " more of repository " + place.slug());
        }
        return new Reading(place, repository, found.apps(), faults);
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
        return snapshot.readings.values().stream().map(Reading::repository).toList();
    }

    /** A manifest may quote itself in a reason, and a folder may have any name: no line breaks of theirs, and not all of it. */
    private static String oneLine(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", " ");
        return line.length() > LONGEST_WORDS ? line.substring(0, LONGEST_WORDS - 3) + "..." : line;
    }
}
