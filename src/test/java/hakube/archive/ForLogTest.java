package hakube.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ForLogTest {

    @Test
    void whatIsReadableStaysAsItIs() {
        assertEquals("Sicherung ä \"1\" 家 \uD83C\uDFE0", ForLog.of("Sicherung ä \"1\" 家 \uD83C\uDFE0"));
        assertEquals("x".repeat(ForLog.LONGEST), ForLog.of("x".repeat(ForLog.LONGEST)));
    }

    @Test
    void whatMovesTheCursorOrTurnsTheTextIsEscaped() {
        assertEquals(
                "a\\u000ab\\u001b[2J\\u0000\\u009b\\u202e\\u2028\\ud800",
                ForLog.of("a\nb\u001b[2J\0\u009b\u202e\u2028\ud800"));
    }

    @Test
    void whatIsLongIsCut() {
        assertEquals("x".repeat(ForLog.LONGEST) + "...", ForLog.of("x".repeat(1_000_000)));
        assertEquals(
                ForLog.LONGEST + "...".length(),
                ForLog.of("\n".repeat(ForLog.LONGEST)).length());
    }
}
