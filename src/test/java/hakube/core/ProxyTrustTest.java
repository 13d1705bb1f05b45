package hakube.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
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
            })
    void whatOnlyLooksLikeTheSectionDoesNotCount(String text) {
        assertTrue(written(text).endsWith("\n" + BLOCK) || written(text).equals(BLOCK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{default_config: }\n", "- a\n- b\n", "a: 1\n...\n", "a: 1\n---\nb: 1\n", "a: [1,\n"})
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
