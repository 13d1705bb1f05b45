package hakube.storage;

import hakube.api.ApiFailure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** The Supervisor's own mount of the claim: whether it can be written, and its folders. */
@Singleton
public final class ShareFolder {

    private static final Logger LOG = Logger.getLogger(ShareFolder.class.getName());

    /** Any owner but ours: what an app that changes its user would ask for. */
    private static final int OTHER_USER = 1000;

    private static final List<String> ALL = List.of(
            Folders.HOME_ASSISTANT,
            Folders.APP_DATA,
            Folders.LOCAL_APPS,
            Folders.APP_CONFIGS,
            Folders.SSL,
            Folders.SHARE,
            Folders.MEDIA,
            Folders.BACKUP);

    private final Folders folders;

    @Inject
    public ShareFolder(Folders folders) {
        this.folders = folders;
    }

    /**
     * Writes a file, changes its owner, reads it and removes it; makes the folders, and tidies what a crash left. Where the owner cannot be changed, as on
     * NFS with root_squash, that is said once and all goes on.
     *
     * @throws ApiFailure.BadRequest it cannot be written; the message names folder and cause
     */
    public void require() {
        Path probe = null;
        try {
            probe = Files.createTempFile(folders.root(), ".probe-", "");
            Files.write(probe, "written".getBytes(StandardCharsets.US_ASCII));
            tryOwner(probe);
            if (!Files.readString(probe, StandardCharsets.US_ASCII).equals("written")) {
                throw new IOException("what was written is not what is read");
            }
            Files.delete(probe);
            for (String folder : ALL) {
                Files.createDirectories(folders.of(folder));
            }
            removeLeftovers();
        } catch (IOException failure) {
            discard(probe);
            throw new ApiFailure.BadRequest(
                    "The share " + folders.root() + " (SUPERVISOR_SHARE) cannot be used: " + reason(failure)
                            + ". It must be the mounted claim, writable and with free space",
                    failure);
        }
    }

    /** Of writes that a crash cut off. */
    private void removeLeftovers() throws IOException {
        AtomicWrite.removeLeftovers(folders.root(), "*.json");
        ScratchFolder.removeLeftovers(folders);
        AtomicWrite.removeLeftovers(folders.of(Folders.HOME_ASSISTANT), "configuration.yaml*");
        try (Stream<Path> apps = Files.list(folders.of(Folders.APP_DATA))) {
            apps.forEach(app -> AtomicWrite.removeLeftovers(app, "options.json"));
        }
    }

    private static void tryOwner(Path probe) throws IOException {
        Object own = Files.getAttribute(probe, "unix:uid");
        try {
            Files.setAttribute(probe, "unix:uid", OTHER_USER);
            Files.setAttribute(probe, "unix:uid", own);
        } catch (FileSystemException failure) {
            LOG.warning(() -> "The owner of files on the share cannot be changed (" + reason(failure)
                    + "): files keep the owner that the storage gives them");
        }
    }

    private static void discard(Path probe) {
        if (probe != null) {
            try {
                Files.deleteIfExists(probe);
            } catch (IOException failure) {
                LOG.fine(() -> "Could not remove " + probe + ": " + reason(failure));
            }
        }
    }

    private static String reason(IOException failure) {
        return failure instanceof FileSystemException named && named.getReason() != null
                ? named.getReason()
                : failure.getClass().getSimpleName() + " " + failure.getMessage();
    }
}
