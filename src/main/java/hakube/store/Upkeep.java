package hakube.store;

import hakube.config.Settings;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.git.GitFailure;
import hakube.git.GitRemote;
import hakube.resolution.Issues;
import hakube.state.State;
import hakube.storage.Folders;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Keeps what was fetched of the repositories up to date, and the store with it. Trees are fetched beside those that are there, so
 * that a fetch that fails changes nothing.
 */
@Singleton
final class Upkeep {

    private static final String DEVELOPMENT = "dev";

    private final RepositoryTrees trees;
    private final RepositoryList list;
    private final RepositoryFetch fetch;
    private final RepositoryFailures failures;
    private final Store store;
    private final State state;
    private final RepositoryUsers users;
    private final Events events;
    private final LocalChanges localChanges = new LocalChanges();
    private final Refreshes refreshes = new Refreshes(this::refresh, this::publish);
    private final ReentrantLock reading = new ReentrantLock();

    @Inject
    Upkeep(
            Settings settings,
            Folders folders,
            GitRemote remote,
            Store store,
            State state,
            RepositoryUsers users,
            Events events,
            Issues issues) {
        this.trees = new RepositoryTrees(folders);
        this.list = new RepositoryList(folders, trees, settings.store().builtIn(), events);
        this.fetch = new RepositoryFetch(remote, trees);
        this.failures = new RepositoryFailures(issues);
        this.store = store;
        this.state = state;
        this.users = users;
        this.events = events;
    }

    RepositoryList list() {
        return list;
    }

    RepositoryFailures failures() {
        return failures;
    }

    /** Reads the state file and what was fetched by earlier starts; asks nobody. */
    void load() {
        list.load();
        Set<String> slugs = list.all().stream().map(RepositoryState::slug).collect(Collectors.toSet());
        trees.tidy(slugs);
        localChanges.look(store.local().folders());
        read(slugs);
    }

    void begin() {
        refreshes.begin(list::all);
        events.listen(event -> {
            if (event instanceof SupervisorEvent.InternetChanged(boolean isThere) && isThere) {
                refreshes.later(list.all().stream()
                        .filter(each -> failures.has(each.slug()))
                        .toList());
            }
        });
    }

    @PreDestroy
    void end() {
        refreshes.end();
    }

    /** Returns when all of them are as new as they get; trouble is told of as issues or in the log. */
    void refresh(List<RepositoryState> some) {
        refreshes.now(some);
    }

    /** Reads the local one, whose folder somebody has filled anew. */
    void readLocal() {
        localChanges.look(store.local().folders());
        publish(Set.of(store.local().slug()));
    }

    /** Fetches one that is not in the list, and puts it there. */
    void add(RepositoryState fresh) throws GitFailure, Unreadable {
        fetch.run(fresh, true, fetched -> adopt(fresh.slug(), fetched, tree -> list.add(fresh.with(tree))));
        read(Set.of(fresh.slug()));
    }

    /** Fetches one that is there, whatever is there. */
    void repair(RepositoryState repository) throws GitFailure, Unreadable {
        renew(repository, true);
        read(Set.of(repository.slug()));
    }

    /** Takes one out of the list, and then off the claim. */
    void remove(RepositoryState repository) {
        list.remove(repository.slug());
        failures.solve(repository.slug());
        read(Set.of());
        trees.remove(repository.slug());
    }

    private boolean refresh(RepositoryState repository) {
        Optional<RepositoryState> now = list.find(repository.slug());
        if (now.isEmpty() || repository.source().isLocal()) {
            return now.isPresent() && localChanges.look(store.local().folders());
        }
        try {
            boolean isNew = renew(now.get(), false);
            failures.solve(repository.slug());
            return isNew;
        } catch (GitFailure e) {
            // Of an end that was wanted nobody is told.
            if (!Thread.currentThread().isInterrupted()) {
                failures.add(now.get(), e);
            }
        } catch (Unreadable e) {
            failures.addInvalid(now.get(), e.getMessage());
        }
        return false;
    }

    /** A repository that was removed meanwhile leaves nothing. */
    private boolean renew(RepositoryState repository, boolean isAnew) throws GitFailure, Unreadable {
        String slug = repository.slug();
        return fetch.run(
                repository,
                isAnew,
                fetched -> adopt(slug, fetched, tree -> {
                    if (!list.renew(slug, tree)) {
                        trees.remove(slug);
                    }
                }));
    }

    private void publish(Set<String> changed) {
        read(changed);
        events.fire(new SupervisorEvent.StoreReloaded(changed.stream().sorted().toList()));
    }

    /** Reads what changed; older trees go when nobody finds them any more. */
    private void read(Set<String> changed) {
        reading.lock();
        try {
            store.read(list.all().stream().map(this::place).toList(), changed, this::isHeeded);
            list.all().stream()
                    .filter(repository -> changed.contains(repository.slug()))
                    .forEach(repository ->
                            repository.tree().ifPresent(tree -> trees.forgetOthers(repository.slug(), tree)));
        } finally {
            reading.unlock();
        }
    }

    /** Who writes apps, tries what is not released yet, or has chosen a repository of others can mend a manifest or ask for it. */
    private boolean isHeeded(Place place, String slug) {
        return place.source().isLocal()
                || state.options().channel().equals(DEVELOPMENT)
                || (place.source().builtIn().isEmpty() && users.isInstalled(slug));
    }

    private Place place(RepositoryState repository) {
        return repository.source().isLocal() ? store.local() : repository.place();
    }

    /** Whoever removes older trees knows this one by then. */
    private void adopt(String slug, GitRemote.Fetched fetched, Consumer<RepositoryTrees.Tree> known)
            throws IOException {
        reading.lock();
        try {
            known.accept(trees.adopt(slug, fetched.commit(), fetched.folder()));
        } finally {
            reading.unlock();
        }
    }
}
