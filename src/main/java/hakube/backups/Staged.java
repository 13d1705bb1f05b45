package hakube.backups;

import hakube.api.ApiFailure;
import hakube.apps.AppBackup;
import hakube.core.RestoredSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What came out of a backup, whole and checked, beside where it will be.
 *
 * @param core empty where it is not wanted
 * @param apps by full slug; wanted ones that are missing are none of the backup
 * @param folders by upstream's word; wanted ones that are missing are none of the backup
 * @param config of the Supervisor itself, where the backup has any
 */
record Staged(Optional<Core> core, Map<String, App> apps, Map<String, Path> folders, Optional<Path> config) {

    Staged {
        apps = Map.copyOf(apps);
        folders = Map.copyOf(folders);
    }

    /** @param folder that has what belongs into Core's folder */
    record Core(Path folder, RestoredSettings settings) {}

    /** An app. */
    sealed interface App {
        /** @param part with {@code data} and what else there was */
        record Known(AppBackup backup, Path part) implements App {}

        /** What it says of itself is of no use. */
        record Unknown(ApiFailure fault) implements App {}
    }
}
