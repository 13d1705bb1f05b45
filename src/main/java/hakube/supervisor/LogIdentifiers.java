package hakube.supervisor;

import hakube.apps.AppLog;
import hakube.apps.Apps;
import hakube.core.CoreLog;
import hakube.logs.LogSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/** Whose log stands behind upstream's names of journal entries. */
@Singleton
final class LogIdentifiers {

    private static final LogSource OWN = new LogSource.Own();
    private static final List<String> APP_PREFIXES = List.of(AppLog.identifier(""), "app_");

    private final Apps apps;

    @Inject
    LogIdentifiers(Apps apps) {
        this.apps = apps;
    }

    /** All that have one. */
    List<String> all() {
        return Stream.concat(
                        Stream.of(OWN.identifier(), CoreLog.SOURCE.identifier()),
                        apps.slugs().stream().map(AppLog::identifier))
                .toList();
    }

    /** The log behind a name; nobody's behind an unknown one. */
    LogSource of(String identifier) {
        if (identifier.equals(OWN.identifier())) {
            return OWN;
        }
        if (identifier.equals(CoreLog.SOURCE.identifier())) {
            return CoreLog.SOURCE;
        }
        return APP_PREFIXES.stream()
                .filter(identifier::startsWith)
                .map(prefix -> identifier.substring(prefix.length()))
                .filter(apps::isInstalled)
                .map(AppLog::of)
                .findFirst()
                .orElseGet(() -> new LogSource.Nobody(identifier));
    }
}
