package hakube.store;

import hakube.resolution.Fixup;
import hakube.resolution.Suggestion;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What mends a repository (upstream {@code supervisor/resolution/fixups/store_execute_*.py}, 2026-08). */
@Singleton
final class StoreFixups {

    private static final Set<String> ANY = Set.of(RepositoryFailures.FATAL, RepositoryFailures.CORRUPT);

    /** Asks again. */
    @Produces
    @Singleton
    static Fixup reload(Repositories repositories) {
        return new StoreFixup(
                repositories, RepositoryFailures.RELOAD, Set.of(RepositoryFailures.FATAL), true, repositories::retry);
    }

    /** Fetches it anew. */
    @Produces
    @Singleton
    static Fixup reset(Repositories repositories) {
        return new StoreFixup(repositories, RepositoryFailures.RESET, ANY, true, repositories::repair);
    }

    /** Takes it away. */
    @Produces
    @Singleton
    static Fixup remove(Repositories repositories) {
        return new StoreFixup(repositories, RepositoryFailures.REMOVE, ANY, false, repositories::remove);
    }

    /** @param tries whether the Supervisor does it by itself, now and then */
    private record StoreFixup(
            Repositories repositories, String suggestion, Set<String> issues, boolean tries, Consumer<String> action)
            implements Fixup {

        @Override
        public String context() {
            return RepositoryFailures.CONTEXT;
        }

        @Override
        public boolean isAutomatic() {
            return tries && repositories.isRetryDue();
        }

        @Override
        public void apply(Suggestion wanted) {
            Optional.ofNullable(wanted.reference()).filter(repositories::has).ifPresent(action);
        }
    }
}
