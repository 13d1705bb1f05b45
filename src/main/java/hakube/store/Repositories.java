package hakube.store;

import hakube.api.ApiFailure;
import hakube.git.GitFailure;
import hakube.jobs.JobCondition;
import hakube.jobs.Jobs;
import hakube.jobs.Work;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The repositories of the store: which there are, and what is done with them (upstream {@code supervisor/store/__init__.py},
 * 2026-08).
 */
@Singleton
public final class Repositories {

    private static final int MOST = 100;
    private static final String LOCAL = BuiltIn.LOCAL.source();
    private static final Work ADD = work("store_manager_add_repository", "StoreManager.add_repository");
    private static final Work RELOAD = work("store_manager_reload", "StoreManager.reload");

    private final Upkeep upkeep;
    private final RepositoryList list;
    private final RepositoryFailures failures;
    private final RepositoryUsers users;
    private final Jobs jobs;
    private final Set<String> adding = ConcurrentHashMap.newKeySet();

    @Inject
    Repositories(Upkeep upkeep, RepositoryUsers users, Jobs jobs) {
        this.upkeep = upkeep;
        this.list = upkeep.list();
        this.failures = upkeep.failures();
        this.users = users;
        this.jobs = jobs;
    }

    private static Work work(String name, String method) {
        return Work.of(name)
                .requiring(
                        method,
                        JobCondition.SUPERVISOR_UPDATED,
                        JobCondition.OS_SUPPORTED,
                        JobCondition.HOME_ASSISTANT_CORE_SUPPORTED);
    }

    /** Reads the state file and what was fetched by earlier starts; asks nobody. To be called once storage is there. */
    public void load() {
        upkeep.load();
    }

    /** Reads the local one again, whose folder was filled anew; asks nobody. */
    public void readLocal() {
        upkeep.readLocal();
    }

    /** Fetches what is missing and what is new, now and every three hours, behind everybody's back. */
    public void begin() {
        upkeep.begin();
    }

    /** Fetches what is new, and reads it; that somebody does not answer is an issue, or a line of the log. */
    public void reload() {
        jobs.run(RELOAD, () -> upkeep.refresh(list.all()));
    }

    /**
     * Adds a repository; returns when it is read.
     *
     * @param text as {@link RepositorySource#faultOf} likes it
     * @throws ApiFailure.Conflict it is there already, or somebody else is adding it
     * @throws ApiFailure.BadRequest it cannot be fetched, or is no repository of apps: nothing was changed
     */
    public void add(String text) {
        RepositorySource source = RepositorySource.of(text);
        if (!adding.add(source.slug())) {
            throw isThere(source, text);
        }
        try {
            if (list.find(source.slug()).isPresent()) {
                throw isThere(source, text);
            }
            jobs.run(ADD, () -> addNew(source));
        } finally {
            adding.remove(source.slug());
        }
    }

    private static ApiFailure isThere(RepositorySource source, String text) {
        return new ApiFailure.Conflict(
                "Can't add " + source.shown() + ", already in the store",
                "store_repository_already_added_error",
                Map.of("url", text));
    }

    private void addNew(RepositorySource source) {
        RepositoryState fresh = new RepositoryState(source, false, Optional.empty());
        if (list.all().size() >= MOST) {
            throw new ApiFailure.BadRequest(
                    "Can't add " + fresh.shown() + ", at most " + MOST + " repositories are kept");
        }
        try {
            upkeep.add(fresh);
        } catch (GitFailure e) {
            throw new ApiFailure.BadRequest("Can't add repository " + fresh.shown() + ": " + e.getMessage(), e);
        } catch (Unreadable e) {
            throw new ApiFailure.BadRequest(fresh.shown() + " is not a valid app repository: " + e.getMessage(), e);
        }
    }

    /**
     * Removes an added repository and what was fetched of it.
     *
     * @throws ApiFailure.NotFound there is none
     * @throws ApiFailure.BadRequest it is built in, or used
     */
    public void remove(String slug) {
        RepositoryState repository = require(slug);
        if (repository.isBuiltIn()) {
            throw new ApiFailure.BadRequest("Can't remove built-in repositories!");
        }
        if (users.isUsed(slug)) {
            throw new ApiFailure.BadRequest("Can't remove '" + repository.shown() + "'. It's used by installed apps");
        }
        upkeep.remove(repository);
    }

    /**
     * Fetches a repository anew, whatever is there.
     *
     * @throws ApiFailure.NotFound there is none
     * @throws ApiFailure.BadRequest the local one, or one that is not valid
     * @throws ApiFailure.Internal it cannot be fetched: all stays as it was
     */
    public void repair(String slug) {
        RepositoryState repository = require(slug);
        if (repository.source().isLocal()) {
            throw new ApiFailure.BadRequest(
                    "Can't reset repository local as it is not git based!",
                    "store_repository_local_cannot_reset",
                    Map.of("local_repo", LOCAL));
        }
        try {
            upkeep.repair(repository);
            failures.solve(slug);
        } catch (GitFailure e) {
            failures.add(repository, e);
            throw unknown(slug, e);
        } catch (Unreadable e) {
            failures.addInvalid(repository, e.getMessage());
            throw new ApiFailure.BadRequest(
                    "Repository " + slug + " is still not a valid app repository after reset: " + e.getMessage(), e);
        }
    }

    private static ApiFailure unknown(String slug, GitFailure cause) {
        return new ApiFailure.Internal(
                "An unknown error occurred with app repository " + slug + ": " + cause.getMessage(),
                "store_repository_unknown_error",
                Map.of("repo", slug),
                cause);
    }

    /**
     * Adds those that are not there and removes the added ones that are not named; one that fails keeps no other from it.
     *
     * @throws ApiFailure the first failure
     */
    public void replace(List<String> texts) {
        Set<String> wanted = new HashSet<>();
        texts.forEach(text -> wanted.add(RepositorySource.of(text).slug()));
        List<ApiFailure> faults = new ArrayList<>(failuresOfAdding(texts));
        for (RepositoryState present : list.all()) {
            if (!present.isBuiltIn() && !wanted.contains(present.slug())) {
                attempt(() -> remove(present.slug()), faults);
            }
        }
        throwFirst(faults);
    }

    /**
     * Adds those that are not there; one that fails keeps no other from it.
     *
     * @throws ApiFailure the first failure
     */
    public void addMissing(List<String> texts) {
        throwFirst(failuresOfAdding(texts));
    }

    private List<ApiFailure> failuresOfAdding(List<String> texts) {
        List<ApiFailure> faults = new ArrayList<>();
        for (String text : texts) {
            if (list.find(RepositorySource.of(text).slug()).isEmpty()) {
                attempt(() -> add(text), faults);
            }
        }
        return faults;
    }

    private static void throwFirst(List<ApiFailure> faults) {
        if (!faults.isEmpty()) {
            throw faults.getFirst();
        }
    }

    private static void attempt(Runnable change, List<ApiFailure> faults) {
        try {
            change.run();
        } catch (ApiFailure fault) {
            faults.add(fault);
        }
    }

    /** As {@link #reload} of one; fine when it is not there any more. @throws ApiFailure.BadRequest it still has its trouble */
    void retry(String slug) {
        Optional<RepositoryState> repository = list.find(slug);
        repository.ifPresent(found -> {
            upkeep.refresh(List.of(found));
            if (failures.has(slug)) {
                throw new ApiFailure.BadRequest(
                        "Repository " + slug + " (" + found.shown() + ") still has its trouble");
            }
        });
    }

    boolean has(String slug) {
        return list.find(slug).isPresent();
    }

    /** Whether trouble is so old that another try is worth it. */
    boolean isRetryDue() {
        return failures.isAnyOld();
    }

    private RepositoryState require(String slug) {
        return list.find(slug)
                .orElseThrow(() -> new ApiFailure.NotFound(
                        "Repository " + slug + " does not exist in the store",
                        "store_repository_not_found_error",
                        Map.of("repository", slug)));
    }
}
