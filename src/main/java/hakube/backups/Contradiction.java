package hakube.backups;

import hakube.api.ApiFailure;
import java.nio.file.Path;
import java.util.Collection;

/** Whether a file that comes can be listed beside those that are (upstream {@code supervisor/backups/backup.py}, {@code consolidate}); pure. */
final class Contradiction {

    private Contradiction() {}

    /** @throws ApiFailure.BadRequest it says other things of its backup than what is known, or its name is that of another one's file */
    static void require(Told told, Collection<Backup> known) {
        String slug = told.metadata().slug();
        Path path = told.file().path();
        for (Backup other : known) {
            if (!other.slug().equals(slug)) {
                if (other.files().values().stream().anyMatch(file -> file.path().equals(path))) {
                    throw cannotImport(slug, path.getFileName() + " is the file of backup " + other.slug());
                }
            } else if (!other.metadata().isOfSameBackupAs(told.metadata())) {
                throw cannotImport(
                        slug,
                        "it says other things of itself than " + other.file().path());
            }
        }
    }

    static ApiFailure cannotImport(String slug, String reason) {
        return new ApiFailure.BadRequest("Cannot import backup " + slug + " due to: " + reason);
    }
}
