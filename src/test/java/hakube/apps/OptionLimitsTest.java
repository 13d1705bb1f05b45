package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile schemas and options, and the corners of Python's dialects. */
class OptionLimitsTest {

    @Test
    void anExpressionThatNeverEndsIsGivenUp() {
        assertEquals(
                "Fatal error for option 'x' with type 'match((a+)+\\1c)' in App (local_app). Got {'x': '"
                        + "a".repeat(40) + "b'}",
                faulty("match((a+)+\\1c)", "a".repeat(40) + "b"));
    }

    @Test
    void anExpressionOnAVeryLongValueNeverFailsOtherwise() {
        assertTrue(faulty("match((?:a|b)*c)", "ab".repeat(100_000)).startsWith("Fatal error for option 'x'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"match([)", "match((?P<n)", "match(()", "match(*)", "match((?(1)a|b))"})
    void aBrokenExpressionIsTheSchemasFault(String type) {
        assertTrue(faulty(type, "a").startsWith("Fatal error for option 'x' with type '" + type + "'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "match((?P<a_b>x)(?P=a_b)\\Z)|xx",
                "match([[]&&[&]$)|[&&&",
                "match([]a]+$)|]a",
                "match([^]]$)|b",
                "match(a{,2}$)|aa",
                "match(a{$)|a{",
                "match(a{2}$)|aa",
                "match((?#note)a$)|a",
                "match((?i)straße$)|STRAßE",
                "match(\\d\\w$)|٣é",
            })
    void expressionsAreReadInPythonsDialect(String type, String value) {
        assertEquals(Map.of("x", value), fitting(type, value));
    }

    /** As a YAML block writes it, and as the official Piper does. */
    @Test
    void aTypeMayEndWithALineFeedWhichMakesItsQuestionMarkVain() {
        assertEquals(Map.of("x", "b"), fitting("list(a|b)\n", "b"));
        assertEquals("value must be one of ['a', 'b']. Got {'x': 'b\\n'}", faulty("list(a|b)\n", "b\n"));
        CheckedOptions left = new OptionSchema("App (local_app)", Map.of("x", "str?\n")).check(Map.of(), Map.of());
        assertEquals(
                "Missing option 'x' in root in App (local_app). Got {}",
                assertInstanceOf(CheckedOptions.Faulty.class, left).message());
        assertTrue(faulty("str\n\n", "b").startsWith("Unknown type 'str\n\n' in App (local_app)"));
    }

    @ParameterizedTest
    @CsvSource({"' 1_000.5 ',1000.5", "5.,5.0", "-.5e1,-5.0", "-Infinity,-Infinity", "NaN,NaN"})
    void floatsAreReadAsPythonReadsThem(String text, double expected) {
        assertEquals(Map.of("x", expected), fitting("float", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1__0", "0x10", ".", "1e", "1d", "_1"})
    void otherTextIsNoFloat(String text) {
        assertEquals("expected float. Got {'x': '" + text + "'}", faulty("float", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a b\"@example.org", "a@[10.0.0.1]", "A@B.museum", "a@b.co."})
    void theseAreAddresses(String address) {
        assertEquals(Map.of("x", address), fitting("email", address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a..b@example.org", "a@-b.example.org", "a@[10.0.0.256]", "@example.org", "a@b.c", "a b@c.org"})
    void theseAreNot(String address) {
        assertTrue(faulty("email", address).startsWith("expected an email address"));
    }

    @Test
    void aShortOptionCannotBecomeHugeBySecrets() {
        List<Object> many = new ArrayList<>(Collections.nCopies(2000, "!secret big"));
        CheckedOptions checked = new OptionSchema("App (local_app)", Map.of("x", List.of("str")))
                .check(Map.of("x", many), Map.of("big", "b".repeat(1000)));
        assertTrue(assertInstanceOf(CheckedOptions.Faulty.class, checked)
                .message()
                .startsWith("Secrets make the options larger than 1048576 characters in App (local_app)"));
    }

    @Test
    void ofALongValueTheFirstFiveHundredCharactersAreShown() {
        String message = faulty("int", "🙂".repeat(1000));
        String shown = message.substring("expected int. Got ".length());
        assertEquals(500, shown.codePointCount(0, shown.length()));
        assertTrue(shown.startsWith("{'x': '🙂") && shown.endsWith("🙂..."));
    }

    private static Map<String, Object> fitting(String type, Object value) {
        return assertInstanceOf(CheckedOptions.Fitting.class, check(type, value))
                .options();
    }

    private static String faulty(String type, Object value) {
        return assertInstanceOf(CheckedOptions.Faulty.class, check(type, value)).message();
    }

    private static CheckedOptions check(String type, Object value) {
        return new OptionSchema("App (local_app)", Map.of("x", type)).check(Map.of("x", value), Map.of());
    }
}
