package hakube.store;

import java.util.List;
import java.util.Optional;

/**
 * One repository as it is now.
 *
 * @param isBuiltIn cannot be removed
 * @param tree empty while nothing was fetched; always empty for the local one
 */
record RepositoryState(RepositorySource source, boolean isBuiltIn, Optional<RepositoryTrees.Tree> tree) {

    String slug() {
        return source.slug();
    }

    RepositoryState with(RepositoryTrees.Tree fetched) {
        return new RepositoryState(source, isBuiltIn, Optional.of(fetched));
    }

    Place place() {
        return new Place(
                source, tree.map(RepositoryTrees.Tree::folder).map(List::of).orElse(List.of()));
    }

    String shown() {
        return source.shown();
    }
}
