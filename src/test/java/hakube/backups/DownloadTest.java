package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownloadTest {

    private static Download called(String name) {
        return new Download(Path.of("x"), name, 1, Instant.EPOCH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Nightly_full.tar|attachment; filename=Nightly_full.tar",
                "My home.tar|attachment; filename=\"My home.tar\"",
                "a\"b\\c|attachment; filename=\"a\\\"b\\\\c\"",
                "a b.tar|attachment; filename=\"a b.tar\"",
                "Zuhause ä.tar|attachment; filename=\"Zuhause _.tar\"; filename*=UTF-8''Zuhause%20%C3%A4.tar"
            })
    void aNameIsQuotedWhereItHasToBe(String name, String header) {
        assertEquals(header, called(name).disposition());
    }

    @Test
    void noNameBreaksTheHeader() {
        assertEquals(
                "attachment; filename=\"a__b.tar\"; filename*=UTF-8''a%0D%0Ab.tar",
                called("a\r\nb.tar").disposition());
    }

    @Test
    void aFileIsNeverNewerThanItSays() {
        assertEquals(
                "Thu, 01 Jan 1970 00:00:02 GMT",
                new Download(Path.of("x"), "x", 1, Instant.ofEpochMilli(1_001)).lastModified());
        assertEquals(
                "Thu, 01 Jan 1970 00:00:01 GMT",
                new Download(Path.of("x"), "x", 1, Instant.ofEpochMilli(1_000)).lastModified());
    }
}
