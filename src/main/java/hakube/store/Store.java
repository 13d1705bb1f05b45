package hakube.store;

import hakube.storage.Folders;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
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

    /** @param told lines that were logged already, so that what has not changed is not told every few hours */
    private record Reading(Place place, Repository repository, Map<String, StoreApp> apps, Set<String> told) {

        static Reading empty(Place place) {
            return new Reading(place, place.repository(), Map.of(), Set.of());
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
     * @param heeded whether somebody here can act on what is outdated in the manifest of an app, by place and full slug; else it is told
     *     as detail only
     */
    void read(List<Place> places, Set<String> changed, BiPredicate<Place, String> heeded) {
        reading.lock();
        try {
            Map<String, Reading> before = snapshot.readings;
            Map<String, Reading> now = new LinkedHashMap<>();
            for (Place place : places) {
                Reading known = before.get(place.slug());
                boolean isKnown = known != null && !changed.contains(place.slug());
                now.put(
                        place.slug(),
                        isKnown ? known : read(place, known == null ? Reading.empty(place) : known, heeded));
            }
            snapshot = Snapshot.of(now);
            revision.incrementAndGet();
        } finally {
            reading.unlock();
        }
    }

    private static Reading read(Place place, Reading before, BiPredicate<Place, String> heeded) {
        RepositoryScan.Found found = RepositoryScan.of(place.repository(), place.folders());
        List<String> faults = new ArrayList<>();
        found.faults()
                .forEach((file, fault) ->
                        faults.add("Cannot use " + oneLine(place.nameOf(file)) + ": " + oneLine(fault)));
        List<String> warnings = new ArrayList<>();
        found.warnings().forEach((slug, sentences) -> {
            String line = "Manifest of app " + slug + ": " + oneLine(String.join("; ", sentences));
            if (sentences.isEmpty()) {
                return;
            } else if (heeded.test(place, slug)) {
                warnings.add(line);
            } else {
                LOG.fine(line);
            }
        });
        warn(faults, before.told, "Cannot use %d more of repository " + place.slug());
        warn(warnings, before.told, "%d more manifests of repository " + place.slug() + " are outdated");
        Set<String> told = new HashSet<>(faults);
        told.addAll(warnings);
        return new Reading(place, place.repository(), found.apps(), told);
    }

    private static void warn(List<String> lines, Set<String> told, String others) {
        List<String> fresh = lines.stream().filter(line -> !told.contains(line)).toList();
        fresh.stream().limit(MOST_LINES).forEach(LOG::warning);
        if (fresh.size() > MOST_LINES) {
            LOG.warning(() -> others.formatted(fresh.size() - MOST_LINES));
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
        return snapshot.readings.values().stream().map(Reading::repository).toList();
    }

    /** A manifest may quote itself in a reason, and a folder may have any name: no line breaks of theirs, and not all of it. */
    private static String oneLine(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", " ");
        return line.length() > LONGEST_WORDS ? line.substring(0, LONGEST_WORDS - 3) + "..." : line;
    }
}
