package hakube.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the files of a repository lie.
 *
 * @param folders of an app that is in two of them the last counts; none: nothing was fetched yet
 */
record Place(RepositorySource source, List<Path> folders) {

    Place {
        folders = List.copyOf(folders);
    }

    String slug() {
        return source.slug();
    }

    /** As clients see it; what its files do not say is what is known of a built-in one, else {@code unknown}. */
    Repository repository() {
        RepositoryLabel known = source.builtIn().map(BuiltIn::label).orElseGet(Place::unknown);
        boolean hasWords = !known.name().equals(RepositoryLabel.UNKNOWN);
        RepositoryLabel label = hasWords ? known : own().orElse(known);
        return new Repository(
                slug(), label.name(), source.text(), label.url().orElse(source.text()), label.maintainer());
    }

    private Optional<RepositoryLabel> own() {
        try {
            return folders.isEmpty() ? Optional.empty() : Optional.of(RepositoryLabel.in(folders.getFirst()));
        } catch (Unreadable e) {
            return Optional.empty();
        }
    }

    private static RepositoryLabel unknown() {
        return new RepositoryLabel(RepositoryLabel.UNKNOWN, Optional.empty(), RepositoryLabel.UNKNOWN);
    }

    /** A file of it for the log: the same words while the file is the same, wherever the tree lies. */
    String nameOf(Path file) {
        return folders.stream()
                .filter(file::startsWith)
                .findFirst()
                .filter(folder -> !source.isLocal())
                .map(folder -> slug() + "/" + folder.relativize(file))
                .orElseGet(file::toString);
    }
}
