package hakube.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The wording is the contract's (errors.md 2, as upstream's validation library writes it). */
class BodyTest {

    @Test
    void anEmptyBodyIsAnEmptyMap() {
        Body.of("").check();
        Body.of(" \n").check();
        Body.of(null).check();
    }

    @Test
    void whatGoesBeyondTheParsersLimitsIsRefusedLikewise() {
        assertEquals("Invalid json", messageOf("[".repeat(5000), body -> {}));
        assertEquals("Invalid json", messageOf("{\"a\": " + "1".repeat(2000) + "}", body -> body.number("a", 1, 9)));
    }

    @Test
    void aNumberThatNoLongHoldsIsStillTooLarge() {
        assertEquals(
                "value must be at most 9 for dictionary value @ data['a']. Got 18446744073709551617",
                messageOf("{\"a\": 18446744073709551617}", body -> body.number("a", 1, 9)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "nonsense", "{\"a\":1} x", "{'a': 1}"})
    void whatIsNoJsonIsRefused(String text) {
        assertEquals("Invalid json", messageOf(text, body -> {}));
    }

    @Test
    void aListIsNoMap() {
        assertEquals("expected a dictionary. Got []", messageOf("[]", body -> {}));
    }

    @Test
    void unknownKeysAreRefusedWithTheirValueInPythonsWords() {
        assertEquals("extra keys not allowed @ data['foo']. Got 1", messageOf("{\"foo\":1}", body -> {}));
        assertEquals(
                "extra keys not allowed @ data['foo']. Got {'a': [True, None, \"it's\"]}",
                messageOf("{\"foo\":{\"a\":[true,null,\"it's\"]}}", body -> {}));
    }

    @Test
    void aLongValueIsCutOff() {
        String long600 = "{\"foo\": \"" + "x".repeat(600) + "\"}";
        String nested = "{\"foo\": [" + "[1, 2], ".repeat(100) + "3]}";
        assertEquals(
                "extra keys not allowed @ data['foo']. Got '" + "x".repeat(496) + "...",
                messageOf(long600, body -> {}));
        assertEquals(
                "extra keys not allowed @ data['foo']. Got [" + "[1, 2], ".repeat(62) + "...",
                messageOf(nested, body -> {}));
    }

    @Test
    void whatNobodyCanReadIsEscaped() {
        assertEquals(
                "extra keys not allowed @ data['a\\x00']. Got '\\n\\x1b\\\\'",
                messageOf("{\"a\\u0000\": \"\\n\\u001b\\\\\"}", body -> {}));
    }

    @Test
    void aTextOfMillionsOfValuesIsRefused() {
        String many = "{\"foo\": [" + "1,".repeat(200_000) + "1]}";
        String few = "{\"foo\": [" + "1,".repeat(50_000) + "1]}";
        assertEquals("Invalid json", messageOf(many, body -> {}));
        assertTrue(messageOf(few, body -> {}).startsWith("extra keys not allowed"));
    }

    /** Comparing each with each would take minutes. */
    @Test
    void doublesAreFoundInAListOfAnyLength() {
        String many = IntStream.range(0, 99_000)
                .mapToObj(number -> "\"some text of the same length %06d\"".formatted(number))
                .collect(Collectors.joining(","));
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            Body body = Body.of("{\"a\": [" + many + "]}");
            assertEquals(
                    99_000,
                    body.distinctTexts("a", text -> Optional.empty())
                            .orElseThrow()
                            .size());
            body.check();
        });
        assertEquals(
                "contains duplicate items: ['x', 'y'] for dictionary value @ data['a']. Got ['x', 'y', 'x', 'z', 'y', 'x']",
                messageOf(
                        "{\"a\":[\"x\",\"y\",\"x\",\"z\",\"y\",\"x\"]}",
                        body -> body.distinctTexts("a", text -> Optional.empty())));
    }

    @Test
    void severalFaultsStandOnLinesOfTheirOwn() {
        assertEquals(
                "expected str for dictionary value @ data['a']. Got 1\nextra keys not allowed @ data['b']. Got 2",
                messageOf("{\"b\":2,\"a\":1}", body -> body.text("a")));
    }

    @Test
    void aMissingKeyIsNamed() {
        assertEquals("required key not provided @ data['a']. Got None", messageOf("{}", body -> body.require("a")));
    }

    @Test
    void eachKindOfKeyHasItsWords() {
        assertEquals(
                "expected bool for dictionary value @ data['a']. Got 'yes'",
                messageOf("{\"a\":\"yes\"}", body -> body.bool("a")));
        assertEquals(
                "expected boolean for dictionary value @ data['a']. Got 'maybe'",
                messageOf("{\"a\":\"maybe\"}", body -> body.lenientBool("a")));
        assertEquals(
                "expected int for dictionary value @ data['a']. Got 'x'",
                messageOf("{\"a\":\"x\"}", body -> body.number("a", 1, 2)));
        assertEquals(
                "value must be at least 1 for dictionary value @ data['a']. Got 0",
                messageOf("{\"a\":0}", body -> body.number("a", 1, 2)));
        assertEquals(
                "value must be at most 2 for dictionary value @ data['a']. Got 3",
                messageOf("{\"a\":3}", body -> body.number("a", 1, 2)));
        assertEquals(
                "not a valid value for dictionary value @ data['a']. Got 3",
                messageOf("{\"a\":3}", body -> body.nullableText("a")));
        assertEquals(
                "value must be one of ['x', 'y'] for dictionary value @ data['a']. Got 'z'",
                messageOf("{\"a\":\"z\"}", body -> body.oneOf("a", List.of("x", "y"))));
        assertEquals(
                "expected LogLevel or one of 'debug', 'info' for dictionary value @ data['a']. Got 'z'",
                messageOf("{\"a\":\"z\"}", body -> body.oneOf("a", "LogLevel", List.of("debug", "info"))));
        assertEquals("expected str @ data['a'][1]. Got 1", messageOf("{\"a\":[\"x\",1]}", body -> body.texts("a")));
        assertEquals(
                "expected dict for dictionary value @ data['a']. Got [1]",
                messageOf("{\"a\":[1]}", body -> body.object("a")));
        assertEquals(
                "extra keys not allowed @ data['a']['b']. Got 1",
                messageOf("{\"a\":{\"b\":1}}", body -> body.part("a")));
    }

    @ParameterizedTest
    @CsvSource({"1,true", "0,false", "'\"Yes\"',true", "'\"off\"',false", "null,false", "true,true", "[],false"})
    void lenientBooleansTakeWhatUpstreamTakes(String value, boolean expected) {
        assertEquals(Optional.of(expected), Body.of("{\"a\":" + value + "}").lenientBool("a"));
    }

    @Test
    void numbersAreMadeOfTexts() {
        assertEquals(OptionalInt.of(8123), Body.of("{\"a\":\"8123\"}").number("a", 1, 65535));
    }

    @Test
    void nullIsKnownFromAbsent() {
        Body body = Body.of("{\"a\":null}");
        assertEquals(Optional.empty(), body.nullableText("a"));
        assertTrue(body.has("a"));
        body.check();
    }

    @Test
    void ninetyThousandFaultsAreToldByTheFirstThousand() {
        String message = messageOf("{\"a\":[" + "1,".repeat(89_999) + "1]}", body -> body.texts("a"));

        assertEquals(Faults.MOST + 1, message.lines().count());
        assertTrue(message.endsWith("\nand 89000 more faults"), message.substring(message.length() - 100));
    }

    private static String messageOf(String text, Consumer<Body> questions) {
        return assertThrows(ApiFailure.BadRequest.class, () -> {
                    Body body = Body.of(text);
                    questions.accept(body);
                    body.check();
                })
                .getMessage();
    }
}
