package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hakube.api.ApiFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages are those of voluptuous 0.15, which was asked. */
class FreezeReaderTest {

    @Test
    void tenMinutesAreEnoughUnlessOtherwiseSaid() {
        assertEquals(Duration.ofMinutes(10), FreezeReader.read(""));
        assertEquals(Duration.ofSeconds(1), FreezeReader.read("{\"timeout\": true}"));
        assertEquals(Duration.ofSeconds(3600), FreezeReader.read("{\"timeout\": 3600}"));
    }

    @Test
    void noTimeIsTooLong() {
        assertEquals(Duration.ofSeconds(Integer.MAX_VALUE), FreezeReader.read("{\"timeout\": 100000000000000000000}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "0;value must be at least 1 for dictionary value @ data['timeout']. Got 0",
                "false;value must be at least 1 for dictionary value @ data['timeout']. Got False",
                "\"1\";expected int for dictionary value @ data['timeout']. Got '1'",
                "1.5;expected int for dictionary value @ data['timeout']. Got 1.5",
                "1.0;expected int for dictionary value @ data['timeout']. Got 1.0",
                "null;expected int for dictionary value @ data['timeout']. Got None"
            })
    void whatIsNoWholeNumberIsTold(String timeout, String message) {
        assertEquals(
                message,
                assertThrows(ApiFailure.BadRequest.class, () -> FreezeReader.read("{\"timeout\": " + timeout + "}"))
                        .getMessage());
    }
}
