package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hakube.api.ApiFailure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {

    /** Each was split by Python's {@code shlex.split}. */
    @Test
    void wordsAreThoseOfPython() {
        assertEquals(List.of("lock-tables-for-backup"), ShellWords.of("lock-tables-for-backup"));
        assertEquals(List.of("sh", "-c", "echo \"a b\" > /data/x"), ShellWords.of("sh -c 'echo \"a b\" > /data/x'"));
        assertEquals(List.of("a", "b  c", "", "d"), ShellWords.of("  a \"b  c\" ''\td\n"));
        assertEquals(List.of("a\\nb", "c\"d", "e f", "g"), ShellWords.of("\"a\\nb\" \"c\\\"d\" e\\ f \\g"));
        assertEquals(List.of("joined"), ShellWords.of("jo\"in\"'ed'"));
        assertEquals(List.of("#no", "comment"), ShellWords.of("#no comment"));
        assertEquals(List.of(), ShellWords.of("  "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a 'b", "a \"b", "a \\"})
    void whatHasNoEndIsRefused(String line) {
        assertThrows(ApiFailure.BadRequest.class, () -> ShellWords.of(line));
    }
}
