package hakube.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The block in the file of a home: what else is there stays, and links lead nowhere else. */
class ProxyTrustFileTest {

    @TempDir
    private Path folder;

    @Test
    void theOldFileIsKeptAndEveryByteOfItSurvives() throws IOException {
        byte[] before = {'a', ':', ' ', (byte) 0xFF, (byte) 0xC3, (byte) 0xA4, '\n'};
        Path file = Files.write(folder.resolve("configuration.yaml"), before);
        ProxyTrust.ensure(folder, ProxyTrustTest.PROXIES);
        assertEquals(-1, Files.mismatch(folder.resolve(ProxyTrust.BACKUP), copy(before)));
        byte[] after = Files.readAllBytes(file);
        for (int i = 0; i < before.length; i++) {
            assertEquals(before[i], after[i]);
        }
    }

    @Test
    void aSecondRunOnDiskWritesNeitherFile() throws IOException {
        Path file = Files.writeString(folder.resolve("configuration.yaml"), "a: 1\n");
        ProxyTrust.ensure(folder, ProxyTrustTest.PROXIES);
        Object first = Files.getAttribute(file, "unix:ino");
        Object backup = Files.getAttribute(folder.resolve(ProxyTrust.BACKUP), "unix:ino");
        assertInstanceOf(ProxyTrust.Outcome.Unchanged.class, ProxyTrust.ensure(folder, ProxyTrustTest.PROXIES));
        assertEquals(first, Files.getAttribute(file, "unix:ino"));
        assertEquals(backup, Files.getAttribute(folder.resolve(ProxyTrust.BACKUP), "unix:ino"));
        assertEquals("a: 1\n", Files.readString(folder.resolve(ProxyTrust.BACKUP)));
    }

    @Test
    void aFileThatCannotBeBackedUpIsNotChanged() throws IOException {
        Path file = Files.writeString(folder.resolve("configuration.yaml"), "a: 1\n");
        Files.createDirectories(folder.resolve(ProxyTrust.BACKUP).resolve("in-the-way"));
        assertThrows(UncheckedIOException.class, () -> ProxyTrust.ensure(folder, ProxyTrustTest.PROXIES));
        assertEquals("a: 1\n", Files.readString(file));
        assertEquals(2, folder.toFile().list().length);
    }

    @Test
    void bothFilesKeepTheModeOfTheOldOne() throws IOException {
        Path file = Files.writeString(folder.resolve("configuration.yaml"), "a: 1\n");
        var mode = PosixFilePermissions.fromString("rw-rw-r--");
        Files.setPosixFilePermissions(file, mode);
        ProxyTrust.ensure(folder, ProxyTrustTest.PROXIES);
        assertEquals(mode, Files.getPosixFilePermissions(file));
        assertEquals(mode, Files.getPosixFilePermissions(folder.resolve(ProxyTrust.BACKUP)));
    }

    @Test
    @EnabledIfSystemProperty(named = "user.name", matches = "root")
    void bothFilesKeepTheirOwner() throws IOException {
        Path file = Files.writeString(folder.resolve("configuration.yaml"), "a: 1\n");
        Files.setAttribute(file, "unix:uid", 4321);
        Files.setAttribute(file, "unix:gid", 8765);
        ProxyTrust.ensure(folder, ProxyTrustTest.PROXIES);
        for (Path kept : List.of(file, folder.resolve(ProxyTrust.BACKUP))) {
            assertEquals(4321, Files.getAttribute(kept, "unix:uid"), kept.toString());
            assertEquals(8765, Files.getAttribute(kept, "unix:gid"), kept.toString());
        }
    }

    @Test
    void aLinkInsideOfTheFolderIsFollowedAndStaysOne() throws IOException {
        Files.createDirectories(folder.resolve("git"));
        Path file = Files.writeString(folder.resolve("git/main.yaml"), "a: 1\n");
        Path link = Files.createSymbolicLink(folder.resolve("configuration.yaml"), Path.of("git/main.yaml"));
        DefaultConfiguration.ensure(folder);
        assertInstanceOf(ProxyTrust.Outcome.Written.class, ProxyTrust.ensure(folder, ProxyTrustTest.PROXIES));
        assertTrue(Files.isSymbolicLink(link));
        assertTrue(Files.readString(file).endsWith(ProxyTrustTest.BLOCK));
    }

    @Test
    void aLinkThatLeadsOutOfTheFolderIsNotFollowed(@TempDir Path elsewhere) throws IOException {
        Path foreign = Files.writeString(elsewhere.resolve("secret"), "a: 1\n");
        Files.createSymbolicLink(folder.resolve("configuration.yaml"), foreign);
        assertInstanceOf(ProxyTrust.Outcome.Unsuitable.class, ProxyTrust.ensure(folder, ProxyTrustTest.PROXIES));
        assertEquals("a: 1\n", Files.readString(foreign));
        assertFalse(Files.exists(folder.resolve(ProxyTrust.BACKUP)));
    }

    @Test
    void aLinkThatLeadsNowhereAndAFolderStopNothing() throws IOException {
        Path name = folder.resolve("configuration.yaml");
        Files.createSymbolicLink(name, Path.of("/config/elsewhere.yaml"));
        DefaultConfiguration.ensure(folder);
        assertInstanceOf(ProxyTrust.Outcome.Unsuitable.class, ProxyTrust.ensure(folder, ProxyTrustTest.PROXIES));
        Files.delete(name);
        Files.createSymbolicLink(name, name.getFileName());
        assertInstanceOf(ProxyTrust.Outcome.Unsuitable.class, ProxyTrust.ensure(folder, ProxyTrustTest.PROXIES));
        Files.delete(name);
        Files.createDirectory(name);
        assertInstanceOf(ProxyTrust.Outcome.Unsuitable.class, ProxyTrust.ensure(folder, ProxyTrustTest.PROXIES));
    }

    @Test
    void aLinkInTheBackupsPlaceIsReplacedNotFollowed(@TempDir Path elsewhere) throws IOException {
        Path foreign = Files.writeString(elsewhere.resolve("secret"), "keep");
        Files.writeString(folder.resolve("configuration.yaml"), "a: 1\n");
        Files.createSymbolicLink(folder.resolve(ProxyTrust.BACKUP), foreign);
        ProxyTrust.ensure(folder, ProxyTrustTest.PROXIES);
        assertEquals("keep", Files.readString(foreign));
        assertEquals("a: 1\n", Files.readString(folder.resolve(ProxyTrust.BACKUP)));
    }

    @Test
    void aNewHomeGetsTheDefaultsBeforeTheBlock() throws IOException {
        DefaultConfiguration.ensure(folder);
        ProxyTrust.ensure(folder, ProxyTrustTest.PROXIES);
        String text = Files.readString(folder.resolve("configuration.yaml"));
        assertTrue(text.contains("\ndefault_config:\n"));
        assertTrue(text.endsWith(ProxyTrustTest.BLOCK));
        for (String name : List.of("automations.yaml", "scripts.yaml", "scenes.yaml", "secrets.yaml")) {
            assertTrue(Files.exists(folder.resolve(name)), name);
        }
    }

    @Test
    void filesThatExistAreNeverTouched() throws IOException {
        Files.writeString(folder.resolve("secrets.yaml"), "mine: 1\n");
        DefaultConfiguration.ensure(folder);
        assertEquals("mine: 1\n", Files.readString(folder.resolve("secrets.yaml")));
        Files.writeString(folder.resolve("configuration.yaml"), "default_config:\n");
        DefaultConfiguration.ensure(folder);
        assertEquals("default_config:\n", Files.readString(folder.resolve("configuration.yaml")));
    }

    private Path copy(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("copy"), bytes);
    }
}
