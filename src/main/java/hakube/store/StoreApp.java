package hakube.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An app that a repository offers.
 *
 * @param slug the full one, {@code <repository>_<app>}: the identity everywhere
 * @param folder of its manifest
 * @param translations by language, as clients get them: {@code configuration} and {@code network}
 * @param firstSeen modification time of the manifest
 */
public record StoreApp(
        String slug,
        Repository repository,
        AppManifest manifest,
        Path folder,
        Documents documents,
        Map<String, Map<String, Object>> translations,
        Instant firstSeen) {

    public StoreApp {
        translations = Map.copyOf(translations);
    }

    /** Files beside the manifest; empty where there is none that is a plain file. */
    public record Documents(
            Optional<Path> readme,
            Optional<Path> documentation,
            Optional<Path> changelog,
            Optional<Path> icon,
            Optional<Path> logo,
            Optional<Path> apparmor) {}
}
