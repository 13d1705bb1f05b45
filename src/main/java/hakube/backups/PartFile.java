package hakube.backups;

import hakube.api.ApiFailure;
import hakube.storage.DurableNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A backup's file while it is written: beside its place under a name that no list takes for a backup, and in its place in one step.
 *
 * @param part while it is written
 * @param target when it is whole
 */
record PartFile(Path part, Path target) {

    private static final String NAMES = ".[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f].tar.part";

    /** @throws IOException the folder cannot be made */
    static PartFile of(Path folder, NewBackup backup) throws IOException {
        return of(folder, backup.slug(), backup.fileName());
    }

    static PartFile of(Path folder, String slug, String fileName) throws IOException {
        DurableNames.makeFolders(folder);
        return new PartFile(folder.resolve("." + slug + ".tar.part"), folder.resolve(fileName));
    }

    /** @throws ApiFailure.BadRequest something is in its place */
    void requireFree() {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new ApiFailure.BadRequest("Cannot make new backup at " + target + ", file already exists!");
        }
    }

    /**
     * Gives the whole file its name, which it has after a crash, too.
     *
     * @return its size in octets
     * @throws IOException there is none in either place then
     */
    long publish() throws IOException {
        Path left = part;
        boolean isDone = false;
        try {
            requireFree();
            long size = Files.size(part);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            left = target;
            DurableNames.sync(target.toAbsolutePath().getParent());
            isDone = true;
            return size;
        } finally {
            if (!isDone) {
                Files.deleteIfExists(left);
            }
        }
    }

    /** Removes what a crash left; no backup may be under way. @throws IOException names the folder */
    static void removeLeftovers(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, NAMES)) {
            for (Path left : parts) {
                Files.deleteIfExists(left);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Why a file could not be read or written, for people. */
    static String reason(Throwable failure) {
        Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
        if (cause instanceof FileSystemException named) {
            String why = named.getReason() == null ? named.getClass().getSimpleName() : named.getReason();
            return named.getFile() + ": " + why;
        }
        return String.valueOf(cause.getMessage());
    }
}
