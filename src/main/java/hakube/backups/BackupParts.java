package hakube.backups;

import hakube.api.ApiFailure;
import hakube.apps.AppSaving;
import hakube.archive.ArchiveWriter;
import hakube.archive.PartWriter;
import hakube.archive.TreeFilter;
import hakube.core.Core;
import hakube.registries.Registries;
import hakube.storage.Folders;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Logger;

/**
 * What goes into the parts of a backup (upstream {@code supervisor/backups/backup.py}, {@code supervisor/homeassistant/module.py} and
 * {@code supervisor/apps/app.py}, 2026-08). Each part that is written is told to the new backup.
 */
@Singleton
final class BackupParts {

    private static final Logger LOG = Logger.getLogger(BackupParts.class.getName());

    private static final String ROOT = ".";
    private static final String DATA = "data";
    private static final int PRIVATE = 0600;

    private final Folders folders;
    private final Core core;
    private final CoreHold hold;
    private final AppSaving apps;
    private final Registries registries;

    @Inject
    BackupParts(Folders folders, Core core, CoreHold hold, AppSaving apps, Registries registries) {
        this.folders = folders;
        this.core = core;
        this.hold = hold;
        this.apps = apps;
        this.registries = registries;
    }

    /** @throws ApiFailure.BadRequest Core does not run, or refuses */
    void core(ArchiveWriter archive, NewBackup backup) throws IOException {
        boolean excludesDatabase =
                backup.request().excludesDatabase().orElse(core.options().backupsExcludeDatabase());
        Path home = folders.of(Folders.HOME_ASSISTANT);
        hold.begin();
        try {
            LOG.info("Home Assistant's configuration is backed up");
            long octets = archive.part("homeassistant", part -> {
                part.directory(ROOT);
                part.file("./homeassistant.json", CoreNote.of(core.options()), PRIVATE);
                part.tree(home, DATA, Excludes.ofCore(excludesDatabase));
            });
            backup.addCore(core.options().version(), excludesDatabase, octets);
        } finally {
            hold.end();
        }
    }

    /**
     * @return whether the app was stopped and is on its way up again
     * @throws ApiFailure as {@link AppSaving#save} does
     */
    boolean app(String slug, ArchiveWriter archive, NewBackup backup) throws IOException {
        if (!apps.isInstalled(slug)) {
            LOG.warning(() -> "App " + slug + " was uninstalled meanwhile and is not in the backup");
            return false;
        }
        return apps.save(slug, content -> {
            LOG.info(() -> "App " + slug + " is backed up");
            long octets = archive.part(slug, part -> write(content, part));
            backup.addApp(slug, content.name(), content.version(), octets);
        });
    }

    private static void write(AppSaving.Content app, PartWriter part) throws IOException {
        part.directory(ROOT);
        part.file("./addon.json", app.note(), PRIVATE);
        if (Files.isDirectory(app.data(), LinkOption.NOFOLLOW_LINKS)) {
            part.tree(app.data(), DATA, Excludes.ofApp(app.excludes(), app.data()));
        } else {
            part.directory(DATA);
        }
        if (app.config().isPresent()) {
            Path config = app.config().get();
            part.tree(config, "config", Excludes.ofApp(app.excludes(), config));
        }
    }

    /** @param folder in upstream's words; one that is not there is left out */
    void folder(String folder, ArchiveWriter archive, NewBackup backup) throws IOException {
        Path origin = folders.of(folder);
        if (!Files.isDirectory(origin, LinkOption.NOFOLLOW_LINKS)) {
            LOG.warning(() -> "Folder " + folder + " is not there to be backed up");
            return;
        }
        LOG.info(() -> "Folder " + folder + " is backed up");
        var unused = archive.part(folder.replace('/', '_'), part -> part.tree(origin, ROOT, TreeFilter.ALL));
        backup.addFolder(folder);
    }

    /** The log-ins of registries, if there are any. There are no mounts. */
    void supervisor(ArchiveWriter archive) throws IOException {
        Map<String, Map<String, String>> logins = registries.logins();
        if (logins.isEmpty()) {
            return;
        }
        byte[] mounts = bytes(Json.createObjectBuilder()
                .addNull("default_backup_mount")
                .add("mounts", Json.createArrayBuilder())
                .build()
                .toString());
        byte[] docker = bytes(
                Json.createObjectBuilder(Map.of("registries", logins)).build().toString());
        var unused = archive.part("supervisor", part -> {
            part.file("mounts.json", mounts, PRIVATE);
            part.file("docker.json", docker, PRIVATE);
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
