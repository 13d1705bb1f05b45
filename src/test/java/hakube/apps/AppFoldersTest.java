package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.storage.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppFoldersTest {

    private static final String SLUG = "local_sample";

    @TempDir
    private Path disk;

    private Path share;
    private Path outside;
    private AppFolders folders;

    @BeforeEach
    void makeDisk() throws IOException {
        share = Files.createDirectory(disk.resolve("share"));
        outside = Files.createDirectory(disk.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "kept");
        folders = new AppFolders(new Folders(share));
    }

    @Test
    void everyMountedFolderIsMade() {
        AppMounts mounts = AppMounts.of(
                SLUG,
                AppsHome.manifest(AppsHome.SAMPLE.replace(
                        "map: [\"app_config:rw\"]", "map: [app_config, all_app_configs, local_apps, ssl]")),
                true);
        folders.ensure(mounts);
        folders.ensure(mounts);
        for (String folder :
                List.of("addons/data/" + SLUG, "addon_configs/" + SLUG, "addons/local", "ssl", "homeassistant")) {
            assertTrue(Files.isDirectory(share.resolve(folder)), folder);
        }
    }

    @Test
    void aLinkInPlaceOfAFolderIsRefused() throws IOException {
        Files.createDirectories(share.resolve("addon_configs"));
        Files.createSymbolicLink(share.resolve("addon_configs/" + SLUG), outside);
        AppMounts mounts = new AppMounts(List.of(new AppMounts.Mount("addon_configs/" + SLUG, "/config", false)));
        UncheckedIOException failure = assertThrows(UncheckedIOException.class, () -> folders.ensure(mounts));
        assertTrue(failure.getMessage().contains("is no folder"), failure.getMessage());
    }

    @Test
    void aLinkThatLeadsNowhereIsNotFollowedEither() throws IOException {
        Files.createSymbolicLink(share.resolve("media"), disk.resolve("not-there"));
        AppMounts mounts = new AppMounts(List.of(new AppMounts.Mount("media", "/media", false)));
        assertThrows(UncheckedIOException.class, () -> folders.ensure(mounts));
        assertFalse(Files.exists(disk.resolve("not-there")));
    }

    @Test
    void aFileInPlaceOfAFolderIsRefused() throws IOException {
        Files.writeString(share.resolve("ssl"), "");
        AppMounts mounts = new AppMounts(List.of(new AppMounts.Mount("ssl", "/ssl", true)));
        assertThrows(UncheckedIOException.class, () -> folders.ensure(mounts));
    }

    @Test
    void optionsReplaceALinkAndLeaveWhatItLedToAlone() throws IOException {
        Path data = Files.createDirectories(share.resolve("addons/data/" + SLUG));
        Files.createSymbolicLink(data.resolve("options.json"), outside.resolve("secret"));
        folders.writeOptions(SLUG, Map.of("a", 1));
        assertEquals("kept", Files.readString(outside.resolve("secret")));
        Path written = data.resolve("options.json");
        assertTrue(Files.isRegularFile(written, LinkOption.NOFOLLOW_LINKS));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(written)));
        assertEquals("{\"a\":1}", Files.readString(written).replaceAll("\\s", ""));
    }

    @Test
    void whoeverReadsOldOptionsReadsThemToTheirEnd() throws IOException {
        Path file =
                Files.createDirectories(share.resolve("addons/data/" + SLUG)).resolve("options.json");
        folders.writeOptions(SLUG, Map.of("name", "old"));
        byte[] old = Files.readAllBytes(file);
        try (InputStream reader = Files.newInputStream(file)) {
            assertEquals('{', reader.read());
            folders.writeOptions(SLUG, Map.of("name", "x".repeat(100_000)));
            assertArrayEquals(Arrays.copyOfRange(old, 1, old.length), reader.readAllBytes());
        }
        assertTrue(Files.size(file) > 100_000);
        assertArrayEquals(
                new String[] {"options.json"}, file.getParent().toFile().list());
    }

    @Test
    void optionsAreNotWrittenThroughALinkedFolder() throws IOException {
        Files.createDirectories(share.resolve("addons/data"));
        Files.createSymbolicLink(share.resolve("addons/data/" + SLUG), outside);
        assertThrows(UncheckedIOException.class, () -> folders.writeOptions(SLUG, Map.of("a", 1)));
        assertFalse(Files.exists(outside.resolve("options.json")));
    }

    @Test
    void aDeletionTakesLinksAndNotWhatTheyLeadTo() throws IOException {
        Path data = Files.createDirectories(share.resolve("addons/data/" + SLUG + "/deep/deeper"));
        Files.writeString(data.resolve("file"), "gone");
        Files.createSymbolicLink(data.resolve("folder"), outside);
        Files.createSymbolicLink(data.resolve("file-link"), outside.resolve("secret"));
        folders.delete(SLUG, false);
        assertFalse(Files.exists(share.resolve("addons/data/" + SLUG)));
        assertEquals("kept", Files.readString(outside.resolve("secret")));
    }

    @Test
    void aDeletionTakesALinkInPlaceOfTheFolderItself() throws IOException {
        Files.createDirectories(share.resolve("addons/data"));
        Path link = Files.createSymbolicLink(share.resolve("addons/data/" + SLUG), outside);
        folders.delete(SLUG, false);
        assertFalse(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
        assertEquals("kept", Files.readString(outside.resolve("secret")));
    }

    @Test
    void thePublicFolderGoesOnlyWhenAsked() throws IOException {
        Path config = Files.createDirectories(share.resolve("addon_configs/" + SLUG));
        folders.delete(SLUG, false);
        assertTrue(Files.exists(config));
        folders.delete(SLUG, true);
        assertFalse(Files.exists(config));
    }

    @Test
    void onlyAnEmptyFolderIsTakenBack() throws IOException {
        Path data = Files.createDirectories(share.resolve("addons/data/" + SLUG));
        Files.writeString(data.resolve("of-before"), "");
        folders.deleteIfEmpty(SLUG);
        assertTrue(Files.exists(data.resolve("of-before")));
        Files.delete(data.resolve("of-before"));
        folders.deleteIfEmpty(SLUG);
        assertFalse(Files.exists(data));
    }

    @Test
    void whatIsNoFolderWasNotMadeByAnInstallation() throws IOException {
        Files.createDirectories(share.resolve("addons/data"));
        Path file = Files.writeString(share.resolve("addons/data/" + SLUG), "somebody's");
        folders.deleteIfEmpty(SLUG);
        assertEquals("somebody's", Files.readString(file));
    }
}
