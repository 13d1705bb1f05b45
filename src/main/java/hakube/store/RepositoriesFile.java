package hakube.store;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/**
 * What {@code store.json} keeps (upstream {@code supervisor/store/validate.py}, 2026-08). Built-in repositories need not be in
 * it, as for upstream, which puts them back at each start.
 *
 * @param repositories their sources, each once; null counts as none
 */
public record RepositoriesFile(List<String> repositories) {

    public RepositoriesFile {
        LinkedHashSet<String> known = new LinkedHashSet<>();
        if (repositories != null) {
            repositories.stream()
                    .filter(Objects::nonNull)
                    .filter(source -> RepositorySource.faultOf(source).isEmpty())
                    .forEach(known::add);
        }
        repositories = List.copyOf(known);
    }
}
