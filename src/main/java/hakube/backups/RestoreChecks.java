package hakube.backups;

import hakube.api.ApiFailure;
import hakube.api.ContractLevel;
import hakube.archive.ArchiveReader;
import hakube.archive.ForLog;
import hakube.archive.NotABackup;
import hakube.archive.Password;
import hakube.archive.TarMember;
import hakube.versions.Version;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What is checked of a restore before anybody is told that it has begun (upstream {@code supervisor/backups/manager.py},
 * {@code do_restore_full}, and {@code backup.py}, {@code validate_backup}, 2026-08).
 */
final class RestoreChecks {

    static final String CORE = "homeassistant";

    private RestoreChecks() {}

    /**
     * Makes a plan of a request.
     *
     * @throws ApiFailure.BadRequest it does not fit the backup, the password is not the one, the backup is of a newer Supervisor, or
     *     its file is damaged
     * @throws ApiFailure.NotFound the file is gone
     */
    static RestorePlan plan(Backup backup, RestoreRequest request) {
        BackupMetadata metadata = backup.metadata();
        if (request.choice().isEmpty() && metadata.type() != BackupType.FULL) {
            throw new ApiFailure.BadRequest(backup.slug() + " is only a partial backup!");
        }
        BackupFile file = file(backup, request.location().orElse(backup.location()));
        Optional<Password> password = file.isProtected() ? request.password() : Optional.empty();
        requirePassword(backup, file.path(), password);
        boolean core = request.choice().map(PartChoice::core).orElse(true);
        if (core && request.choice().isPresent() && metadata.core().isEmpty()) {
            throw new ApiFailure.BadRequest("No Home Assistant Core data inside the backup");
        }
        requireOlder(metadata.supervisorVersion());
        return new RestorePlan(
                backup,
                file.path(),
                password,
                request.choice().isEmpty(),
                core && metadata.core().isPresent(),
                request.choice().map(choice -> apps(choice, metadata)).orElseGet(() -> slugs(metadata)),
                request.choice()
                        .<List<String>>map(choice -> new ArrayList<>(new TreeSet<>(choice.folders())))
                        .orElse(metadata.folders()));
    }

    /** A plan of all that is in a backup, for looking at. */
    static RestorePlan whole(Backup backup, Path file, Optional<Password> password) {
        BackupMetadata metadata = backup.metadata();
        return new RestorePlan(
                backup, file, password, true, metadata.core().isPresent(), slugs(metadata), metadata.folders());
    }

    /** @throws ApiFailure.BadRequest it is not there */
    static BackupFile file(Backup backup, BackupLocation location) {
        BackupFile file = backup.files().get(location);
        if (file == null) {
            throw new ApiFailure.BadRequest("Backup " + backup.slug() + " does not exist in "
                    + location.wire().orElse("None"));
        }
        return file;
    }

    /**
     * Asks the first part of the archive; one without parts needs no password.
     *
     * @throws ApiFailure.BadRequest {@code Invalid password for backup <slug>}, by which Core knows that it has to ask for one
     */
    static void requirePassword(Backup backup, Path file, Optional<Password> password) {
        boolean isCompressed = backup.metadata().isCompressed();
        String ending = isCompressed ? ".tar.gz" : ".tar";
        try (ArchiveReader reader = ArchiveReader.open(file)) {
            Optional<String> first = reader.members().stream()
                    .filter(TarMember::isFile)
                    .map(member -> member.name().replaceFirst("^\\./", ""))
                    .filter(name -> name.endsWith(ending))
                    .findFirst();
            if (first.isPresent() && !reader.opens(partOf(first.get(), ending), isCompressed, password)) {
                throw new ApiFailure.BadRequest("Invalid password for backup " + backup.slug());
            }
        } catch (NoSuchFileException gone) {
            throw new ApiFailure.NotFound("Cannot validate backup at " + file + ", file does not exist!");
        } catch (IOException | NotABackup fault) {
            throw new ApiFailure.BadRequest(
                    "Backup " + backup.slug() + " cannot be read: " + fault.getMessage(), fault);
        }
    }

    /**
     * Asks for all parts that are wanted and that the backup says it has. No writer leaves one out, so the archive has lost it.
     *
     * @throws ApiFailure.BadRequest names those that it lacks
     */
    static void requireParts(RestorePlan plan, ArchiveReader reader) throws IOException, NotABackup {
        List<String> missing = new ArrayList<>();
        for (String part : plan.parts()) {
            if (!reader.has(part, plan.metadata().isCompressed())) {
                missing.add(ForLog.of(part));
            }
        }
        if (!missing.isEmpty()) {
            throw new ApiFailure.BadRequest("Backup " + plan.backup().slug() + " is damaged: it names "
                    + String.join(", ", missing) + " as a part, which is not inside of it. Nothing was changed");
        }
    }

    private static String partOf(String member, String ending) {
        return member.substring(0, member.length() - ending.length());
    }

    private static List<String> slugs(BackupMetadata metadata) {
        return metadata.apps().stream().map(BackupMetadata.AppPart::slug).toList();
    }

    private static List<String> apps(PartChoice choice, BackupMetadata metadata) {
        return switch (choice.apps()) {
            case PartChoice.Apps.All() -> slugs(metadata);
            case PartChoice.Apps.Some(List<String> slugs) -> slugs;
        };
    }

    private static void requireOlder(String maker) {
        if (new Version(maker).isLaterThan(new Version(ContractLevel.TEXT))) {
            throw new ApiFailure.BadRequest("Backup was made on supervisor version " + maker + ", can't restore on "
                    + ContractLevel.TEXT + ". Must update supervisor first.");
        }
    }
}
