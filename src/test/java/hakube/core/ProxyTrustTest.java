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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyTrustTest {

    private static final List<String> PROXIES = List.of("10.42.0.0/16", "fd00::/8");
    private static final String BLOCK = """
            # BEGIN trusted proxies, managed by the Supervisor
            http:
              use_x_forwarded_for: true
              trusted_proxies:
                - 10.42.0.0/16
                - fd00::/8
            # END trusted proxies, managed by the Supervisor
            """;

    @TempDir
    private Path folder;

    @Test
    void theBlockIsAppendedAndNothingElseChanges() {
        String before = "default_config:\n\nautomation: !include automations.yaml\n";
        assertEquals(before + "\n" + BLOCK, written(before));
    }

    @Test
    void anEmptyFileGetsTheBlockAlone() {
        assertEquals(BLOCK, written(""));
    }

    @Test
    void aMissingFinalNewlineIsMadeUpFor() {
        assertEquals("default_config:\n\n" + BLOCK, written("default_config:"));
    }

    @Test
    void windowsLineEndsAreKept() {
        String before = "default_config:\r\n";
        assertEquals(before + "\r\n" + BLOCK.replace("\n", "\r\n"), written(before));
    }

    @Test
    void anIndentedFileGetsAnIndentedBlock() {
        assertTrue(written("  default_config:\n").contains("\n  http:\n    use_x_forwarded_for: true\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http:\n  server_port: 8123\n",
                "default_config:\nhttp: !include http.yaml\n",
                "default_config:\nhttp : {}\n",
                "\"http\":\n  server_port: 8123\n",
                "'http': !include http.yaml\n",
                "---\nhttp:\n",
                "\uFEFFhttp:\n",
                "default_config:\r\nhttp:\r\n",
                "a: 'one ''two'' \n  three'\nhttp:",
                "a: it's\nhttp:\n",
                "a: |\n  don't \"stop\nhttp:\n",
                "a:\n  - b: >-\n      don't\n    c: 1\nhttp:\n",
                "a: [1,\n  2]\nhttp: # mine\n",
                "a: b # \"open\nhttp:\n",
                "a: text\n  'tis more\nhttp:\n",
                "  a: 1\n  http:\n",
                "\u00EF\u00BB\u00BFhttp:\n",
                "http:\t!include http.yaml\n",
                "http\t:\n",
                "&anchor http:\n",
                "!!str http: {}\n",
                "%YAML 1.1\n---\nhttp:\n",
                "--- # mine\nhttp:\n",
                "a: text\n  'tis more\nhttp:\n  b: c'd\n",
                "a: text\n\n  # no comment, goes on\nhttp:\n",
                "a: 1\n# it's\nhttp:\n",
                "  a: 1\nhttp:\n",
                "a: {b: \"}\"}\nhttp:\n",
                "a: |2\n    text\nhttp:\n",
                "a:\n- b\n- 'c'\nhttp:\n",
                "a: \"it's \\\" here\"\nhttp:\n",
                "a: !secret it's\nhttp: !include http.yaml\n",
                "a: \"never closed\nhttp:\n",
            })
    void aSectionOfTheUsersOwnIsLeftAlone(String text) {
        assertInstanceOf(ProxyTrust.Outcome.Foreign.class, ProxyTrust.decide(text, PROXIES));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#http:\n",
                "# http:\n#  server_port: 1\n",
                "rest:\n  http:\n    a: 1\n",
                "https:\n",
                "http_api:\n",
                "a: http:8123\n",
                "a: |\n  text\n  http:\n",
                "a: >\n http: x\n",
                "a: \"first\nhttp: second\"\n",
                "a: 'first\nhttp: second'\n",
                "a: {b: 1,\nhttp: 2}\n",
                "a:\n  - |\n    http:\n  - b\n",
                "# only a comment\n",
                "\u00EF\u00BB\u00BFa: 1\n",
                "--- # mine\na: 1\n",
                "a: text\n  http: is a protocol\n",
                "a: >-\r\n  http:\r\n",
                "a:\n  - b: |\n      x\n    http: 1\n",
                "\"http \": 1\n",
                "HTTP: 1\n",
                "a: ---\n",
            })
    void whatOnlyLooksLikeTheSectionDoesNotCount(String text) {
        assertTrue(written(text).replace("\r", "").endsWith("\n" + BLOCK));
        assertTrue(written(text).startsWith(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{default_config: }\n",
                "- a\n- b\n",
                "a: 1\n...\n",
                "a: 1\n---\nb: 1\n",
                "a: [1,\n",
                "? http\n: 1\n",
                "a: 1\n? b\n: 1\n",
                "--- {a: 1}\n",
                "just text\n",
                "a: 'open\n",
                "\"a\n b\": 1\n"
            })
    void whereNothingCanBeAppendedNothingIs(String text) {
        assertInstanceOf(ProxyTrust.Outcome.Unsuitable.class, ProxyTrust.decide(text, PROXIES));
    }

    @Test
    void aSecondRunChangesNothing() {
        String once = written("default_config:\n");
        assertInstanceOf(ProxyTrust.Outcome.Unchanged.class, ProxyTrust.decide(once, PROXIES));
    }

    @Test
    void otherProxiesReplaceTheManagedBlockOnly() {
        String once = written("default_config:\n") + "after: 1\n";
        String twice = ((ProxyTrust.Outcome.Written) ProxyTrust.decide(once, List.of("192.168.0.0/24"))).text();
        assertTrue(twice.startsWith("default_config:\n"));
        assertTrue(twice.endsWith("after: 1\n"));
        assertTrue(twice.contains("    - 192.168.0.0/24\n"));
        assertFalse(twice.contains("10.42.0.0/16"));
    }

    @Test
    void theOldFileIsKeptAndEveryByteOfItSurvives() throws IOException {
        byte[] before = {'a', ':', ' ', (byte) 0xFF, (byte) 0xC3, (byte) 0xA4, '\n'};
        Path file = Files.write(folder.resolve("configuration.yaml"), before);
        ProxyTrust.ensure(folder, PROXIES);
        assertEquals(-1, Files.mismatch(folder.resolve(ProxyTrust.BACKUP), copy(before)));
        byte[] after = Files.readAllBytes(file);
        for (int i = 0; i < before.length; i++) {
            assertEquals(before[i], after[i]);
        }
    }

    @Test
    void withoutProxiesTheManagedBlockGoesAgain() {
        String once = written("default_config:\n") + "after: 1\n";
        ProxyTrust.Outcome none = ProxyTrust.decide(once, List.of());
        assertEquals(new ProxyTrust.Outcome.Written("default_config:\nafter: 1\n"), none);
        assertInstanceOf(ProxyTrust.Outcome.Unchanged.class, ProxyTrust.decide("default_config:\n", List.of()));
    }

    @Test
    void aSecondRunOnDiskWritesNeitherFile() throws IOException {
        Path file = Files.writeString(folder.resolve("configuration.yaml"), "a: 1\n");
        ProxyTrust.ensure(folder, PROXIES);
        Object first = Files.getAttribute(file, "unix:ino");
        Object backup = Files.getAttribute(folder.resolve(ProxyTrust.BACKUP), "unix:ino");
        assertInstanceOf(ProxyTrust.Outcome.Unchanged.class, ProxyTrust.ensure(folder, PROXIES));
        assertEquals(first, Files.getAttribute(file, "unix:ino"));
        assertEquals(backup, Files.getAttribute(folder.resolve(ProxyTrust.BACKUP), "unix:ino"));
        assertEquals("a: 1\n", Files.readString(folder.resolve(ProxyTrust.BACKUP)));
    }

    @Test
    void aFileThatCannotBeBackedUpIsNotChanged() throws IOException {
        Path file = Files.writeString(folder.resolve("configuration.yaml"), "a: 1\n");
        Files.createDirectories(folder.resolve(ProxyTrust.BACKUP).resolve("in-the-way"));
        assertThrows(UncheckedIOException.class, () -> ProxyTrust.ensure(folder, PROXIES));
        assertEquals("a: 1\n", Files.readString(file));
        assertEquals(2, folder.toFile().list().length);
    }

    @Test
    void bothFilesKeepTheModeOfTheOldOne() throws IOException {
        Path file = Files.writeString(folder.resolve("configuration.yaml"), "a: 1\n");
        var mode = PosixFilePermissions.fromString("rw-rw-r--");
        Files.setPosixFilePermissions(file, mode);
        ProxyTrust.ensure(folder, PROXIES);
        assertEquals(mode, Files.getPosixFilePermissions(file));
        assertEquals(mode, Files.getPosixFilePermissions(folder.resolve(ProxyTrust.BACKUP)));
    }

    @Test
    @EnabledIfSystemProperty(named = "user.name", matches = "root")
    void bothFilesKeepTheirOwner() throws IOException {
        Path file = Files.writeString(folder.resolve("configuration.yaml"), "a: 1\n");
        Files.setAttribute(file, "unix:uid", 4321);
        Files.setAttribute(file, "unix:gid", 8765);
        ProxyTrust.ensure(folder, PROXIES);
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
        assertInstanceOf(ProxyTrust.Outcome.Written.class, ProxyTrust.ensure(folder, PROXIES));
        assertTrue(Files.isSymbolicLink(link));
        assertTrue(Files.readString(file).endsWith(BLOCK));
    }

    @Test
    void aLinkThatLeadsOutOfTheFolderIsNotFollowed(@TempDir Path elsewhere) throws IOException {
        Path foreign = Files.writeString(elsewhere.resolve("secret"), "a: 1\n");
        Files.createSymbolicLink(folder.resolve("configuration.yaml"), foreign);
        assertInstanceOf(ProxyTrust.Outcome.Unsuitable.class, ProxyTrust.ensure(folder, PROXIES));
        assertEquals("a: 1\n", Files.readString(foreign));
        assertFalse(Files.exists(folder.resolve(ProxyTrust.BACKUP)));
    }

    @Test
    void aLinkThatLeadsNowhereAndAFolderStopNothing() throws IOException {
        Path name = folder.resolve("configuration.yaml");
        Files.createSymbolicLink(name, Path.of("/config/elsewhere.yaml"));
        DefaultConfiguration.ensure(folder);
        assertInstanceOf(ProxyTrust.Outcome.Unsuitable.class, ProxyTrust.ensure(folder, PROXIES));
        Files.delete(name);
        Files.createSymbolicLink(name, name.getFileName());
        assertInstanceOf(ProxyTrust.Outcome.Unsuitable.class, ProxyTrust.ensure(folder, PROXIES));
        Files.delete(name);
        Files.createDirectory(name);
        assertInstanceOf(ProxyTrust.Outcome.Unsuitable.class, ProxyTrust.ensure(folder, PROXIES));
    }

    @Test
    void aLinkInTheBackupsPlaceIsReplacedNotFollowed(@TempDir Path elsewhere) throws IOException {
        Path foreign = Files.writeString(elsewhere.resolve("secret"), "keep");
        Files.writeString(folder.resolve("configuration.yaml"), "a: 1\n");
        Files.createSymbolicLink(folder.resolve(ProxyTrust.BACKUP), foreign);
        ProxyTrust.ensure(folder, PROXIES);
        assertEquals("keep", Files.readString(foreign));
        assertEquals("a: 1\n", Files.readString(folder.resolve(ProxyTrust.BACKUP)));
    }

    @Test
    void aNewHomeGetsTheDefaultsBeforeTheBlock() throws IOException {
        DefaultConfiguration.ensure(folder);
        ProxyTrust.ensure(folder, PROXIES);
        String text = Files.readString(folder.resolve("configuration.yaml"));
        assertTrue(text.contains("\ndefault_config:\n"));
        assertTrue(text.endsWith(BLOCK));
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

    private static String written(String text) {
        return assertInstanceOf(ProxyTrust.Outcome.Written.class, ProxyTrust.decide(text, PROXIES))
                .text();
    }
}
