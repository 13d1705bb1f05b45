package hakube.apps;

import hakube.api.Json;
import hakube.storage.AtomicWrite;
import hakube.storage.Folders;
import hakube.storage.Trees;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/** An app's folders on the claim. Apps can write into some of them, so no symbolic link is followed. */
@Singleton
final class AppFolders {

    private final Folders folders;

    @Inject
    AppFolders(Folders folders) {
        this.folders = folders;
    }

    /** Makes every folder that the pod mounts: a missing one fails the container, one made by the kubelet has tight bits. */
    void ensure(AppMounts mounts) {
        for (AppMounts.Mount mount : mounts.mounts()) {
            Path folder = folders.of(mount.subPath());
            if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw new UncheckedIOException(new IOException(folder + " is no folder"));
            }
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot make the folder " + folder, e);
            }
        }
    }

    /** Writes {@code options.json}, mode 0600, in one step. */
    void writeOptions(String slug, Map<String, Object> options) {
        Path folder = folders.of(Folders.appData(slug));
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new UncheckedIOException(new IOException(folder + " is no folder"));
        }
        AtomicWrite.write(
                folder.resolve("options.json"),
                Json.file().toJson(JsonValues.json(options)).getBytes(StandardCharsets.UTF_8));
    }

    /** Deletes the private folder, and the public one when asked. */
    void delete(String slug, boolean withPublicFolder) {
        delete(folders.of(Folders.appData(slug)));
        if (withPublicFolder) {
            delete(folders.of(Folders.appConfig(slug)));
        }
    }

    /** Takes away the folder that an unfinished installation made, as long as nothing lies in it; anything else it did not make. */
    void deleteIfEmpty(String slug) {
        Path folder = folders.of(Folders.appData(slug));
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // Somebody's data: not ours to judge.
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove the folder of " + slug, e);
        }
    }

    private static void delete(Path root) {
        try {
            Trees.delete(root);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + root, e);
        }
    }
}
