package hakube.backups;

import hakube.api.ApiFailure;
import hakube.api.JsonText;
import hakube.apps.AppBackup;
import hakube.apps.AppRestore;
import hakube.apps.Apps;
import hakube.archive.ArchiveReader;
import hakube.archive.DamagedArchive;
import hakube.archive.Limits;
import hakube.archive.NotABackup;
import hakube.archive.Password;
import hakube.core.Core;
import hakube.storage.Folders;
import hakube.storage.ScratchFolder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks into a backup to tell what its restore would come to. Only the beginning of each part is read, nothing is changed. */
@Singleton
final class RestoreScout {

    /** The metadata come before the data, behind the root. */
    private static final Limits BEGINNING = new Limits(4L << 20, 3);

    private static final Limits SMALL = new Limits(16L << 20, 16);

    private final Folders folders;
    private final AppRestore restore;
    private final Apps apps;
    private final Core core;

    @Inject
    RestoreScout(Folders folders, AppRestore restore, Apps apps, Core core) {
        this.folders = folders;
        this.restore = restore;
        this.apps = apps;
        this.core = core;
    }

    /**
     * @throws ApiFailure.BadRequest the password is not the one, or the backup cannot be read or lacks a part
     * @throws ApiFailure.NotFound its file is gone
     */
    RestorePreview look(Backup backup, BackupLocation location, Optional<Password> given) {
        BackupFile file = RestoreChecks.file(backup, location);
        Optional<Password> password = file.isProtected() ? given : Optional.empty();
        RestoreChecks.requirePassword(backup, file.path(), password);
        try (ArchiveReader reader = ArchiveReader.open(file.path());
                ScratchFolder scratch = ScratchFolder.in(folders)) {
            RestorePlan whole = RestoreChecks.whole(backup, file.path(), password);
            RestoreChecks.requireParts(whole, reader);
            Beginnings parts = new Beginnings(reader, backup.metadata().isCompressed(), password, scratch.path());
            Map<String, RestorePreview.Look> looks = new LinkedHashMap<>();
            for (BackupMetadata.AppPart app : backup.metadata().apps()) {
                look(parts, backup, app.slug()).ifPresent(look -> looks.put(app.slug(), look));
            }
            Optional<Path> config = parts.of("supervisor", SMALL);
            Room room = new Room(folders.root());
            return new RestorePreview(
                    backup.metadata(),
                    looks,
                    here(),
                    names(json(config, "mounts.json"), "mounts"),
                    hosts(json(config, "docker.json")),
                    Room.needed(whole, reader.members()),
                    room.left());
        } catch (IOException | NotABackup fault) {
            throw new ApiFailure.BadRequest(
                    "Backup " + backup.slug() + " cannot be read: " + fault.getMessage(), fault);
        }
    }

    private Optional<RestorePreview.Look> look(Beginnings parts, Backup backup, String slug)
            throws IOException, NotABackup {
        Optional<Path> part = Staging.isPlain(slug) ? parts.of(slug, BEGINNING) : Optional.empty();
        if (part.isEmpty()) {
            return Optional.empty();
        }
        try {
            AppBackup app = restore.read(slug, Staging.text(part.get().resolve("addon.json")));
            Optional<String> version = backup.metadata()
                    .core()
                    .map(BackupMetadata.CorePart::version)
                    .or(() -> Optional.ofNullable(core.options().version()));
            return Optional.of(new RestorePreview.Look.Known(app, restore.obstacle(app, version)));
        } catch (ApiFailure.BadRequest fault) {
            return Optional.of(new RestorePreview.Look.Unknown(fault));
        }
    }

    private RestorePreview.Here here() {
        Map<String, String> versions = new LinkedHashMap<>();
        apps.slugs().forEach(slug -> versions.put(slug, apps.version(slug).orElse("")));
        return new RestorePreview.Here(Optional.ofNullable(core.options().version()), versions);
    }

    /** Unpacks as much of a part as is wanted, each into a folder of its own. */
    private record Beginnings(ArchiveReader reader, boolean isCompressed, Optional<Password> password, Path scratch) {

        Optional<Path> of(String part, Limits limits) throws IOException, NotABackup {
            if (!reader.has(part, isCompressed)) {
                return Optional.empty();
            }
            Path folder = Files.createTempDirectory(scratch, "");
            try {
                reader.unpack(part, isCompressed, password, folder, limits, warning -> {});
            } catch (DamagedArchive beyond) {
                // There is more of it than was wanted, or it is damaged further on, which the restore itself will say.
                return Optional.of(folder);
            }
            return Optional.of(folder);
        }
    }

    private static Optional<JsonObject> json(Optional<Path> part, String name) throws IOException {
        Optional<Path> file = part.map(folder -> folder.resolve(name))
                .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS));
        if (file.isEmpty()) {
            return Optional.empty();
        }
        return JsonText.parse(Files.readString(file.get(), StandardCharsets.UTF_8)) instanceof JsonObject json
                ? Optional.of(json)
                : Optional.empty();
    }

    private static List<String> names(Optional<JsonObject> json, String key) {
        return json.map(object -> object.get(key))
                .filter(JsonArray.class::isInstance)
                .map(JsonValue::asJsonArray)
                .map(array -> array.stream()
                        .map(each -> each instanceof JsonObject mount ? mount.getString("name", "") : "")
                        .toList())
                .orElse(List.of());
    }

    private static List<String> hosts(Optional<JsonObject> json) {
        return json.map(object -> object.get("registries"))
                .filter(JsonObject.class::isInstance)
                .map(object -> object.asJsonObject().keySet().stream().sorted().collect(Collectors.toList()))
                .orElse(List.of());
    }
}
