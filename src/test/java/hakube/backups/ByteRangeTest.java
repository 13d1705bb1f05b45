package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    @Test
    void withoutHeaderItIsTheWhole() {
        assertEquals(new ByteRange.Whole(), ByteRange.of(Optional.empty(), 100));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=10-19, 10, 10",
        "bytes=90-, 90, 10",
        "bytes=90-1000, 90, 10",
        "bytes=-30, 70, 30",
        "bytes=-1000, 0, 100"
    })
    void aPartIsCutAtTheEnd(String header, long from, long count) {
        assertEquals(new ByteRange.Part(from, count), ByteRange.of(Optional.of(header), 100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=100-",
                "bytes=5-4",
                "bytes=-",
                "bytes=-0",
                "bytes=0-1,3-4",
                "octets=0-1",
                "bytes=a-b",
                "",
                "bytes=99999999999999999999-"
            })
    void whatTheFileDoesNotHaveIsOutside(String header) {
        assertEquals(new ByteRange.Outside(), ByteRange.of(Optional.of(header), 100));
    }
}
