package hakube.core;

import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.storage.AtomicWrite;
import hakube.storage.Folders;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Logger;

/** Core's folders on the claim, and what must be in them before it starts. */
@Singleton
final class CoreHome {

    private static final Logger LOG = Logger.getLogger(CoreHome.class.getName());
    private static final List<String> MOUNTED =
            List.of(Folders.HOME_ASSISTANT, Folders.SSL, Folders.SHARE, Folders.MEDIA);

    private final Folders folders;
    private final Settings settings;

    @Inject
    CoreHome(Folders folders, Settings settings) {
        this.folders = folders;
        this.settings = settings;
    }

    /**
     * Makes what is missing. Who mounts a folder that is not there gets one of the kubelet's, or none at all.
     *
     * @throws ApiFailure.BadRequest names the file and the cause; no file is half written
     */
    void prepare() {
        Path home = folders.of(Folders.HOME_ASSISTANT);
        try {
            for (String folder : MOUNTED) {
                Files.createDirectories(folders.of(folder));
            }
            DefaultConfiguration.ensure(home);
            // From its first start on Core 2026.8 reads none of it any more, and shows a repair for what is still
            // there.
            boolean isImported = HttpStore.isImported(home);
            tell(ProxyTrust.ensure(
                    home, isImported ? List.of() : settings.core().trustedProxies()));
        } catch (IOException e) {
            throw new ApiFailure.BadRequest("Home Assistant's folders cannot be made: " + e, e);
        } catch (UncheckedIOException e) {
            throw new ApiFailure.BadRequest(
                    "Home Assistant's configuration cannot be prepared: " + e.getMessage() + ": "
                            + e.getCause().getMessage(),
                    e);
        }
    }

    /**
     * Removes the managed block when Core has taken it over.
     *
     * @return whether there was one
     * @throws UncheckedIOException names the file; it holds what it held
     */
    boolean dropImported() {
        Path home = folders.of(Folders.HOME_ASSISTANT);
        return HttpStore.isImported(home) && ProxyTrust.ensure(home, List.of()) instanceof ProxyTrust.Outcome.Written;
    }

    /** The next start of Core is in safe mode (core: {@code homeassistant/__main__.py} looks for the file, 2026.11). */
    void markSafeMode() {
        AtomicWrite.write(safeMode(), new byte[0]);
    }

    /** Takes the mark back. */
    void unmarkSafeMode() {
        try {
            Files.deleteIfExists(safeMode());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + safeMode(), e);
        }
    }

    private Path safeMode() {
        return folders.of(Folders.HOME_ASSISTANT).resolve("safe-mode");
    }

    private static void tell(ProxyTrust.Outcome outcome) {
        switch (outcome) {
            case ProxyTrust.Outcome.Written written -> LOG.info("The managed http section was brought up to date");
            case ProxyTrust.Outcome.Unchanged unchanged -> {}
            case ProxyTrust.Outcome.Foreign foreign -> LOG.fine("configuration.yaml has an http section of its own");
            case ProxyTrust.Outcome.Unsuitable(String reason) ->
                LOG.warning("configuration.yaml gets no trusted proxies: " + reason);
        }
    }
}
