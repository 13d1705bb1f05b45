package hakube.backups;

import hakube.versions.BackupFirst;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The backup that comes before an update (upstream {@code supervisor/apps/manager.py} and {@code supervisor/homeassistant/core.py},
 * {@code update}, 2026-08). Other than there no update follows one that failed.
 */
@Singleton
final class UpdateBackup implements BackupFirst {

    private final BackupMaker maker;

    @Inject
    UpdateBackup(BackupMaker maker) {
        this.maker = maker;
    }

    @Override
    public void ofCore(String version) {
        make("core_" + version, new PartChoice(true, new PartChoice.Apps.Some(List.of()), Set.of()));
    }

    @Override
    public void ofApp(String slug, String version) {
        make("addon_" + slug + "_" + version, new PartChoice(false, new PartChoice.Apps.Some(List.of(slug)), Set.of()));
    }

    private void make(String name, PartChoice choice) {
        var unused = maker.make(new CreateRequest(
                Optional.of(choice),
                name,
                Optional.empty(),
                Optional.empty(),
                true,
                List.of(BackupLocation.LOCAL),
                Optional.empty(),
                false,
                "{}"));
    }
}
