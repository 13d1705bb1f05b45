package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.access.Caller;
import hakube.api.ApiFailure;
import hakube.api.ApiVersion;
import hakube.backups.PartChoice.Apps;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages are those of voluptuous 0.15, which was asked. */
class RestoreReaderTest {

    private static final Caller CORE = new Caller.Core();
    private static final Backup LOCAL = at(BackupLocation.LOCAL);

    private static Backup at(BackupLocation location) {
        return new Backup(
                new BackupMetadata(
                        "0123abcd",
                        2,
                        BackupType.FULL,
                        "n",
                        "2026-08-13T02:56:14+00:00",
                        "2026.08.0",
                        true,
                        false,
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        "{}",
                        ""),
                Map.of(location, new BackupFile(Path.of("0123abcd.tar"), false, 10240)));
    }

    @Test
    void anEmptyBodyRestoresAllFromTheFirstPlace() {
        RestoreRequest request = RestoreReader.full(LOCAL, "", CORE);

        assertEquals(new RestoreRequest(Optional.empty(), Optional.empty(), Optional.empty(), false), request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\".local\""})
    void everyKeyIsTaken(String place) {
        RestoreRequest request = RestoreReader.full(
                LOCAL, "{\"password\": \"open\", \"background\": true, \"location\": " + place + "}", CORE);

        assertTrue(request.password().isPresent());
        assertTrue(request.inBackground());
        assertEquals(Optional.of(BackupLocation.LOCAL), request.location());
    }

    @Test
    void aPartialRestoreNamesItsParts() {
        assertEquals(
                Optional.of(new PartChoice(true, new Apps.Some(List.of("a", "b")), Set.of("media"))),
                RestoreReader.partial(
                                LOCAL,
                                "{\"apps\": [\"a\", \"b\"], \"folders\": [\"media\"], \"homeassistant\": \"on\"}",
                                ApiVersion.V2,
                                CORE)
                        .choice());
        assertEquals(
                Optional.of(new PartChoice(true, new Apps.Some(List.of()), Set.of())),
                RestoreReader.partial(LOCAL, "{\"folders\": [\"homeassistant\"]}", ApiVersion.V1, CORE)
                        .choice());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "password;1;not a valid value for dictionary value @ data['password']. Got 1",
                "location;[\"a\"];not a valid value for dictionary value @ data['location']. Got ['a']",
                "location;1;not a valid value for dictionary value @ data['location']. Got 1",
                "location;\"nas\";Backup 0123abcd does not exist in nas",
                "location;\".cloud_backup\";Backup 0123abcd does not exist in .cloud_backup",
                "background;\"maybe\";expected boolean for dictionary value @ data['background']. Got 'maybe'",
                "addons;\"ALL\";expected a list for dictionary value @ data['addons']. Got 'ALL'",
                "addons;[1];expected str @ data['addons'][0]. Got 1",
                "addons;[\"a\", \"a\"];contains duplicate items: ['a'] for dictionary value @ data['addons']."
                        + " Got ['a', 'a']",
                "addons;null;expected a list for dictionary value @ data['addons']. Got None",
                "apps;[];extra keys not allowed @ data['apps']. Got []"
            })
    void whatDoesNotFitIsTold(String key, String value, String message) {
        assertEquals(
                message,
                assertThrows(
                                ApiFailure.BadRequest.class,
                                () -> RestoreReader.partial(
                                        LOCAL, "{\"" + key + "\": " + value + "}", ApiVersion.V1, CORE))
                        .getMessage());
    }

    @Test
    void theLocalPlaceIsNothingWhereTheBackupIsElsewhere() {
        assertEquals(
                "Backup 0123abcd does not exist in None",
                assertThrows(
                                ApiFailure.BadRequest.class,
                                () -> RestoreReader.full(at(BackupLocation.CLOUD), "{\"location\": \".local\"}", CORE))
                        .getMessage());
    }

    @Test
    void theTransitAreaIsForCoreAlone() {
        Backup transit = at(BackupLocation.CLOUD);
        Caller administrator = new Caller.Administrator();

        assertFalse(RestoreReader.full(transit, "", CORE).inBackground());
        for (String body : List.of("", "{\"location\": \".cloud_backup\"}")) {
            assertThrows(ApiFailure.Forbidden.class, () -> RestoreReader.full(transit, body, administrator));
        }
    }
}
