package hakube.backups;

import hakube.api.ApiFailure;
import hakube.apps.AppBackup;
import hakube.apps.AppRestore;
import hakube.archive.ArchiveReader;
import hakube.archive.DamagedArchive;
import hakube.archive.ForLog;
import hakube.archive.Limits;
import hakube.archive.NotABackup;
import hakube.archive.TooLarge;
import hakube.archive.Unpacked;
import hakube.core.RestoredSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;

/**
 * Unpacks all that is wanted of a backup before anything else is touched. That is the check of the archive: each part is read up to
 * its end, with every sum and every name in it, and is on the claim when the first folder is replaced.
 */
final class Staging {

    private static final Logger LOG = Logger.getLogger(Staging.class.getName());

    /** Of a metadata file, in octets; a real one has some kilobytes. */
    private static final int LARGEST = 1 << 20;

    private static final int LONGEST_SLUG = 128;

    private final RestorePlan plan;
    private final Path target;
    private final AppRestore apps;
    private final Room room;
    private int parts;
    private boolean areOwnersKept = true;

    /** @param target an empty folder on the claim */
    Staging(RestorePlan plan, Path target, AppRestore apps, Room room) {
        this.plan = plan;
        this.target = target;
        this.apps = apps;
        this.room = room;
    }

    /** @throws ApiFailure.BadRequest a part is damaged or missing, or there is no room; nothing but the target was written */
    Staged unpack() {
        try (ArchiveReader reader = ArchiveReader.open(plan.file())) {
            RestoreChecks.requireParts(plan, reader);
            Files.createDirectories(target);
            room.require(plan, reader.members());
            Optional<Staged.Core> core = plan.core() ? Optional.of(core(reader)) : Optional.empty();
            Map<String, Staged.App> staged = new LinkedHashMap<>();
            for (String slug : plan.apps()) {
                app(reader, slug).ifPresent(app -> staged.put(slug, app));
            }
            Map<String, Path> folders = new LinkedHashMap<>();
            for (String folder : plan.folders()) {
                part(reader, RestorePlan.partOf(folder)).ifPresent(path -> folders.put(folder, path));
            }
            Optional<Path> config = part(reader, "supervisor");
            tellOwners();
            return new Staged(core, staged, folders, config);
        } catch (IOException | NotABackup fault) {
            throw failed("Backup " + plan.backup().slug() + " cannot be unpacked", fault);
        }
    }

    private Staged.Core core(ArchiveReader reader) throws IOException, NotABackup {
        Path part = part(reader, RestoreChecks.CORE).orElseThrow();
        Path settings = part.resolve("homeassistant.json");
        RestoredSettings read = Files.exists(settings, LinkOption.NOFOLLOW_LINKS)
                ? RestoredSettings.read(text(settings))
                : RestoredSettings.NONE;
        Path data = part.resolve("data");
        // Backups of old have the configuration at the root.
        return new Staged.Core(Files.isDirectory(data, LinkOption.NOFOLLOW_LINKS) ? data : part, read);
    }

    private Optional<Staged.App> app(ArchiveReader reader, String slug) throws IOException, NotABackup {
        if (!isPlain(slug)) {
            return Optional.of(new Staged.App.Unknown(
                    new ApiFailure.BadRequest("No app can be called " + ForLog.of(slug) + ": it is left out")));
        }
        Optional<Path> part = part(reader, slug);
        if (part.isEmpty()) {
            return Optional.empty();
        }
        tellIgnored(slug, part.get());
        try {
            AppBackup read = apps.read(slug, text(part.get().resolve("addon.json")));
            return Optional.of(new Staged.App.Known(read, part.get()));
        } catch (ApiFailure.BadRequest fault) {
            return Optional.of(new Staged.App.Unknown(fault));
        }
    }

    /** It becomes the name of folders. */
    static boolean isPlain(String slug) {
        return slug.length() <= LONGEST_SLUG && slug.matches("[A-Za-z0-9][-_.A-Za-z0-9]*");
    }

    private static void tellIgnored(String slug, Path part) {
        if (Files.exists(part.resolve("image.tar"), LinkOption.NOFOLLOW_LINKS)) {
            LOG.info(() -> "The image that the backup has of " + slug
                    + " is not used: nodes take images from a registry alone");
        }
        if (Files.exists(part.resolve("apparmor.txt"), LinkOption.NOFOLLOW_LINKS)) {
            LOG.info(() -> "The AppArmor profile that the backup has of " + slug + " is not used");
        }
    }

    /** Empty where the backup has no such part. */
    private Optional<Path> part(ArchiveReader reader, String name) throws IOException, NotABackup {
        boolean isCompressed = plan.metadata().isCompressed();
        if (!reader.has(name, isCompressed)) {
            return Optional.empty();
        }
        Path folder = Files.createDirectory(target.resolve(Integer.toString(parts++)));
        Limits limits = new Limits(room.left(), Long.MAX_VALUE);
        try {
            Unpacked unpacked = reader.unpack(
                    name,
                    isCompressed,
                    plan.password(),
                    folder,
                    limits,
                    warning -> LOG.warning(() -> "Part " + name + " of the backup: " + warning));
            areOwnersKept &= unpacked.areOwnersKept();
            return Optional.of(folder);
        } catch (TooLarge beyondRoom) {
            throw failed(
                    "Not enough free space to restore backup " + plan.backup().slug(), beyondRoom);
        } catch (DamagedArchive damage) {
            throw failed("Backup " + plan.backup().slug() + " is damaged", damage);
        } catch (IOException failure) {
            throw failed("Part " + name + " of backup " + plan.backup().slug() + " cannot be unpacked", failure);
        }
    }

    private void tellOwners() {
        if (!areOwnersKept) {
            LOG.warning("The owners of restored files cannot be kept: this storage lets nobody give files away");
        }
    }

    private static ApiFailure.BadRequest failed(String what, Exception cause) {
        return new ApiFailure.BadRequest(what + ": " + cause.getMessage() + ". Nothing was changed", cause);
    }

    static String text(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST) {
            throw new ApiFailure.BadRequest(
                    "There is no " + file.getFileName() + " in it, or it has more than " + LARGEST + " octets");
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
