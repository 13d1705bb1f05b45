package hakube.store;

import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.storage.Folders;
import hakube.storage.StateFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Which repositories there are, and {@code store.json}, which says so to the next start. */
final class RepositoryList {

    private final StateFile<RepositoriesFile> file;
    private final RepositoryTrees trees;
    private final Set<String> builtIn;
    private final Events events;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Map<String, RepositoryState> known;

    RepositoryList(Folders folders, RepositoryTrees trees, Set<String> builtIn, Events events) {
        this.file = new StateFile<>(folders.of("store.json"), RepositoriesFile.class);
        this.trees = trees;
        this.builtIn = Set.copyOf(builtIn);
        this.events = events;
        this.known = start(List.of());
    }

    /** Reads the file, and what lies on the claim. */
    void load() {
        lock.lock();
        try {
            List<String> sources = file.read(aside -> events.fire(SupervisorEvent.IssueFound.damagedFile(
                            aside,
                            "system",
                            "The list of repositories was damaged and set aside: added ones are missing")))
                    .map(RepositoriesFile::repositories)
                    .orElse(List.of());
            known = start(sources);
        } finally {
            lock.unlock();
        }
    }

    /** The local one first, then those that are built in, then those that were added, oldest first. */
    List<RepositoryState> all() {
        return List.copyOf(known.values());
    }

    Optional<RepositoryState> find(String slug) {
        return Optional.ofNullable(known.get(slug));
    }

    /** On disk first. */
    void add(RepositoryState repository) {
        change(repositories -> repositories.put(repository.slug(), repository));
    }

    /** On disk first. */
    void remove(String slug) {
        change(repositories -> repositories.remove(slug));
    }

    /** A tree came. @return whether the repository is still there */
    boolean renew(String slug, RepositoryTrees.Tree tree) {
        lock.lock();
        try {
            Map<String, RepositoryState> changed = new LinkedHashMap<>(known);
            RepositoryState now = changed.computeIfPresent(slug, (key, before) -> before.with(tree));
            known = changed;
            return now != null;
        } finally {
            lock.unlock();
        }
    }

    private void change(Consumer<Map<String, RepositoryState>> change) {
        lock.lock();
        try {
            Map<String, RepositoryState> changed = new LinkedHashMap<>(known);
            change.accept(changed);
            file.write(new RepositoriesFile(changed.values().stream()
                    .filter(repository -> !repository.isBuiltIn())
                    .map(repository -> repository.source().text())
                    .toList()));
            known = changed;
        } finally {
            lock.unlock();
        }
    }

    private Map<String, RepositoryState> start(List<String> added) {
        List<RepositorySource> sources = new ArrayList<>();
        for (BuiltIn each : BuiltIn.values()) {
            if (isOn(each)) {
                sources.add(new RepositorySource(each.source()));
            }
        }
        added.stream().map(RepositorySource::of).forEach(sources::add);
        Map<String, RepositoryState> repositories = new LinkedHashMap<>();
        for (RepositorySource source : sources) {
            boolean isBuiltIn = source.builtIn().filter(this::isOn).isPresent();
            repositories.putIfAbsent(
                    source.slug(), new RepositoryState(source, isBuiltIn, trees.current(source.slug())));
        }
        return repositories;
    }

    private boolean isOn(BuiltIn each) {
        return each == BuiltIn.LOCAL || builtIn.contains(each.word());
    }
}
