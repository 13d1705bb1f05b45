package hakube.backups;

import java.util.List;
import java.util.Set;

/**
 * Which parts a request names.
 *
 * @param core Home Assistant Core's configuration
 * @param apps which apps
 * @param folders in upstream's words: {@code share}, {@code addons/local}, {@code ssl}, {@code media}
 */
record PartChoice(boolean core, Apps apps, Set<String> folders) {

    PartChoice {
        folders = Set.copyOf(folders);
    }

    /** Which apps. */
    sealed interface Apps {
        /** Each one that is there. */
        record All() implements Apps {}

        /** @param slugs full ones, in the order of the request */
        record Some(List<String> slugs) implements Apps {
            public Some {
                slugs = List.copyOf(slugs);
            }
        }
    }
}
