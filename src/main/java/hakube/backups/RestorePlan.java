package hakube.backups;

import hakube.archive.Password;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A restore whose request was found good.
 *
 * @param file of the location that was chosen
 * @param password empty where the file is not protected
 * @param isFull what is not in the backup goes
 * @param core whether Core's configuration is wanted
 * @param apps full slugs, in their order
 * @param folders in upstream's words, in their order
 */
record RestorePlan(
        Backup backup,
        Path file,
        Optional<Password> password,
        boolean isFull,
        boolean core,
        List<String> apps,
        List<String> folders) {

    RestorePlan {
        apps = List.copyOf(apps);
        folders = List.copyOf(folders);
    }

    BackupMetadata metadata() {
        return backup.metadata();
    }

    /** What is wanted and the backup says that it has, as the archive calls it. */
    List<String> parts() {
        Stream<String> ofCore = core ? Stream.of(RestoreChecks.CORE) : Stream.empty();
        Stream<String> ofApps =
                metadata().apps().stream().map(BackupMetadata.AppPart::slug).filter(apps::contains);
        Stream<String> ofFolders =
                folders.stream().filter(metadata().folders()::contains).map(RestorePlan::partOf);
        return Stream.concat(ofCore, Stream.concat(ofApps, ofFolders)).toList();
    }

    /** How the archive calls a folder's part. */
    static String partOf(String folder) {
        return folder.replace('/', '_');
    }
}
