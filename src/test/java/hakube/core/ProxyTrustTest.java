package hakube.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the block does to a text; {@link ProxyTrustFileTest} has the file. */
class ProxyTrustTest {

    static final List<String> PROXIES = List.of("10.42.0.0/16", "fd00::/8");
    static final String BLOCK = """
            # BEGIN trusted proxies, managed by the Supervisor
            http:
              use_x_forwarded_for: true
              trusted_proxies:
                - 10.42.0.0/16
                - fd00::/8
            # END trusted proxies, managed by the Supervisor
            """;

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
    void withoutProxiesTheManagedBlockGoesAgain() {
        String once = written("default_config:\n") + "after: 1\n";
        ProxyTrust.Outcome none = ProxyTrust.decide(once, List.of());
        assertEquals(new ProxyTrust.Outcome.Written("default_config:\nafter: 1\n"), none);
        assertInstanceOf(ProxyTrust.Outcome.Unchanged.class, ProxyTrust.decide("default_config:\n", List.of()));
    }

    private static String written(String text) {
        return assertInstanceOf(ProxyTrust.Outcome.Written.class, ProxyTrust.decide(text, PROXIES))
                .text();
    }
}
