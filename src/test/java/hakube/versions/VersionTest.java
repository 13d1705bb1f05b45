package hakube.versions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {

    @ParameterizedTest(name = "{0} is earlier than {1}")
    @CsvSource({
        "2026.9.4, 2026.11.0",
        "2026.11.0, 2026.11.1",
        "2026.11, 2026.11.1",
        "2026.11.0b9, 2026.11.0b10",
        "2026.11.0.dev202603250907, 2026.11.0a0",
        "2026.11.0.dev202603250907, 2026.11.0.dev202603250908",
        "2026.11.0a4, 2026.11.0b1",
        "2026.11.0alpha4, 2026.11.0beta1",
        "2026.11.0b5, 2026.11.0rc1",
        "2026.11.0rc2, 2026.11.0",
        "2026.11.0-rc.2, 2026.11.0",
        "2026.11.0-beta.1, 2026.11.0-beta.2",
        "2026.10.4, 2026.11.0b0",
        "1.9, 1.10",
        "v1.9, 1.10",
        "9, 10",
        "1.2.3.4, 1.2.3.5",
        "0.0.0.dev1, 0.0.0",
    })
    void oneIsEarlierThanTheOther(String earlier, String later) {
        assertTrue(new Version(later).isLaterThan(new Version(earlier)));
        assertFalse(new Version(earlier).isLaterThan(new Version(later)));
        assertTrue(new Version(later).isAtLeast(new Version(earlier)));
        assertFalse(new Version(earlier).isAtLeast(new Version(later)));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "2026.11.0, 2026.11",
        "2026.11.0+build.7, 2026.11.0",
        "2026.11.0b1+a, 2026.11.0b1+b",
        "v1.2, 1.2.0",
        "1.2a1, 1.2alpha1",
        "2026.01.0, 2026.1.0",
        "weird text, weird text",
    })
    void someAreTheSame(String one, String other) {
        assertEquals(OptionalInt.of(0), new Version(one).compareTo(new Version(other)));
        assertTrue(new Version(one).isAtLeast(new Version(other)));
        assertFalse(new Version(one).isLaterThan(new Version(other)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "latest",
                "",
                "2026.",
                ".1",
                "2026..1",
                "1.2.x",
                "1.2-r3",
                "2026.11.0gamma1",
                "1,2",
                " 1.2",
                "1.2 ",
                "9999999999999999999",
                "-1",
            })
    void aTextOfAnotherFormHasNoOrder(String text) {
        assertFalse(new Version(text).isOrdered());
        assertEquals(OptionalInt.empty(), new Version(text).compareTo(new Version("2026.11.0")));
        assertEquals(OptionalInt.empty(), new Version("2026.11.0").compareTo(new Version(text)));
        assertFalse(new Version(text).isLaterThan(new Version("1")));
        assertFalse(new Version(text).isAtLeast(new Version("1")));
        assertTrue(new Version(text).isAtLeast(new Version(text)));
    }
}
