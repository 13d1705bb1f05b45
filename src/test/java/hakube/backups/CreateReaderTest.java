package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.access.Caller;
import hakube.api.ApiFailure;
import hakube.api.ApiVersion;
import hakube.backups.PartChoice.Apps;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages are those of voluptuous 0.15, which was asked. */
class CreateReaderTest {

    private static final Caller CORE = new Caller.Core();

    @Test
    void anEmptyBodyIsAFullBackupOfEverythingAtItsUsualPlace() {
        CreateRequest request = CreateReader.full("", CORE);

        assertEquals(Optional.empty(), request.choice());
        assertEquals("", request.name());
        assertEquals(Optional.empty(), request.fileName());
        assertEquals(Optional.empty(), request.password());
        assertTrue(request.isCompressed());
        assertEquals(List.of(BackupLocation.LOCAL), request.locations());
        assertEquals(Optional.empty(), request.excludesDatabase());
        assertFalse(request.inBackground());
        assertEquals("{}", request.extra());
    }

    @Test
    void everyKeyIsTaken() {
        CreateRequest request = CreateReader.full("""
                {"name": "Night", "filename": "Night 1.tar", "password": "open", "compressed": "no",
                 "location": [".cloud_backup", null], "homeassistant_exclude_database": "yes", "background": 1,
                 "extra": {"supervisor.backup_request_date": "2026", "n": [1]}}""", CORE);

        assertEquals("Night", request.name());
        assertEquals(Optional.of("Night 1.tar"), request.fileName());
        assertTrue(request.password().isPresent());
        assertFalse(request.isCompressed());
        assertEquals(List.of(BackupLocation.CLOUD, BackupLocation.LOCAL), request.locations());
        assertEquals(Optional.of(true), request.excludesDatabase());
        assertTrue(request.inBackground());
        assertEquals("{\"supervisor.backup_request_date\":\"2026\",\"n\":[1]}", request.extra());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"compressed\": null};false",
                "{\"compressed\": []};false",
                "{\"compressed\": \"on\"};true",
                "{\"compressed\": 2};true"
            })
    void whatSaysNothingOfCompressionIsNotCompressed(String body, boolean isCompressed) {
        assertEquals(isCompressed, CreateReader.full(body, CORE).isCompressed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"password\": null}", "{\"password\": \"\"}", "{}"})
    void anEmptyPasswordIsNone(String body) {
        assertEquals(Optional.empty(), CreateReader.full(body, CORE).password());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\".local\"", "[]", "[null]", "[\".local\"]"})
    void theLocalPlaceHasManyNames(String name) {
        assertEquals(
                List.of(BackupLocation.LOCAL),
                CreateReader.full("{\"location\": " + name + "}", CORE).locations());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "name;null;expected str for dictionary value @ data['name']. Got None",
                "name;1;expected str for dictionary value @ data['name']. Got 1",
                "filename;\"a/b.tar\";does not match regular expression ^[^\\\\\\/]+\\.tar$ for dictionary value"
                        + " @ data['filename']. Got 'a/b.tar'",
                "filename;\"../a.tar\";does not match regular expression ^[^\\\\\\/]+\\.tar$ for dictionary value"
                        + " @ data['filename']. Got '../a.tar'",
                "filename;\"..\\\\a.tar\";does not match regular expression ^[^\\\\\\/]+\\.tar$ for dictionary value"
                        + " @ data['filename']. Got '..\\\\a.tar'",
                "filename;\".tar\";does not match regular expression ^[^\\\\\\/]+\\.tar$ for dictionary value"
                        + " @ data['filename']. Got '.tar'",
                "filename;\"a.tar\\n\";does not match regular expression ^[^\\\\\\/]+\\.tar$ for dictionary value"
                        + " @ data['filename']. Got 'a.tar\\n'",
                "filename;\"a\\u0000.tar\";does not match regular expression ^[^\\\\\\/]+\\.tar$ for dictionary value"
                        + " @ data['filename']. Got 'a\\x00.tar'",
                "filename;null;expected string or buffer for dictionary value @ data['filename']. Got None",
                "password;1;not a valid value for dictionary value @ data['password']. Got 1",
                "compressed;\"x\";not a valid value for dictionary value @ data['compressed']. Got 'x'",
                "location;1;not a valid value @ data['location'][0]. Got None",
                "location;{\"a\": 1};not a valid value @ data['location'][0]. Got None",
                "location;[\"a\", 1];not a valid value @ data['location'][1]. Got 1",
                "location;[[\"a\"]];not a valid value @ data['location'][0]. Got ['a']",
                "location;[\"a\", \"a\"];contains duplicate items: ['a'] for dictionary value @ data['location']."
                        + " Got ['a', 'a']",
                "location;[\"\", null];contains duplicate items: [None] for dictionary value @ data['location']."
                        + " Got ['', None]",
                "homeassistant_exclude_database;\"z\";expected boolean for dictionary value"
                        + " @ data['homeassistant_exclude_database']. Got 'z'",
                "background;\"z\";expected boolean for dictionary value @ data['background']. Got 'z'",
                "extra;null;expected dict for dictionary value @ data['extra']. Got None",
                "extra;[];expected dict for dictionary value @ data['extra']. Got []",
                "addons;[];extra keys not allowed @ data['addons']. Got []"
            })
    void whatDoesNotFitIsTold(String key, String value, String message) {
        assertEquals(
                message,
                assertThrows(
                                ApiFailure.BadRequest.class,
                                () -> CreateReader.full("{\"" + key + "\": " + value + "}", CORE))
                        .getMessage());
    }

    @Test
    void everyFaultIsTold() {
        assertEquals(
                """
                expected str for dictionary value @ data['name']. Got 1
                extra keys not allowed @ data['x']. Got 1
                extra keys not allowed @ data['y']. Got 2
                not a valid value @ data['location'][0]. Got 1
                not a valid value @ data['location'][1]. Got 2""",
                assertThrows(
                                ApiFailure.BadRequest.class,
                                () -> CreateReader.full(
                                        "{\"x\": 1, \"y\": 2, \"name\": 1, \"location\": [1, 2]}", CORE))
                        .getMessage());
    }

    @Test
    void aNameThatNoFileSystemTakesIsRefusedBeforeAnythingIsDone() {
        String longest = "a".repeat(251) + ".tar";
        assertEquals(
                Optional.of(longest),
                CreateReader.full("{\"filename\": \"" + longest + "\"}", CORE).fileName());
        String message = assertThrows(
                        ApiFailure.BadRequest.class,
                        () -> CreateReader.full("{\"filename\": \"ä" + longest.substring(1) + "\"}", CORE))
                .getMessage();
        assertTrue(message.startsWith("length of value must be at most 255 for dictionary value"), message);
    }

    @Test
    void theTransitAreaIsForCoreAloneWhateverElseIsNamed() {
        Caller administrator = new Caller.Administrator();
        assertThrows(
                ApiFailure.Forbidden.class,
                () -> CreateReader.full("{\"location\": [\"nas\", \".cloud_backup\"]}", administrator));
        assertEquals(
                "No mount exists with name 'nas'",
                assertThrows(
                                ApiFailure.NotFound.class,
                                () -> CreateReader.full("{\"location\": [null, \"nas\"]}", administrator))
                        .getMessage());
    }

    @Test
    void aPartialBackupNamesItsParts() {
        PartChoice choice = CreateReader.partial(
                        "{\"addons\": [\"b\", \"a\"], \"folders\": [\"ssl\", \"addons/local\"], \"homeassistant\": true}",
                        ApiVersion.V1,
                        CORE)
                .choice()
                .orElseThrow();

        assertTrue(choice.core());
        assertEquals(new Apps.Some(List.of("b", "a")), choice.apps());
        assertEquals(Set.of("ssl", "addons/local"), choice.folders());
    }

    @Test
    void whatIsNotNamedIsNotChosen() {
        for (String body : List.of("{}", "{\"homeassistant\": null, \"folders\": [], \"addons\": []}")) {
            assertEquals(
                    Optional.of(new PartChoice(false, new Apps.Some(List.of()), Set.of())),
                    CreateReader.partial(body, ApiVersion.V1, CORE).choice());
        }
    }

    @Test
    void allAppsCanBeNamedByOneWord() {
        for (ApiVersion version : ApiVersion.values()) {
            assertEquals(
                    new Apps.All(),
                    CreateReader.partial("{\"" + version.apps() + "\": \"ALL\"}", version, CORE)
                            .choice()
                            .orElseThrow()
                            .apps());
        }
    }

    @Test
    void theOldFolderIsCoreInTheFirstVersionAlone() {
        assertEquals(
                Optional.of(new PartChoice(true, new Apps.Some(List.of()), Set.of("share"))),
                CreateReader.partial("{\"folders\": [\"homeassistant\", \"share\"]}", ApiVersion.V1, CORE)
                        .choice());
        assertEquals(
                "value must be one of ['addons/local', 'media', 'share', 'ssl'] @ data['folders'][0]. Got 'homeassistant'",
                assertThrows(
                                ApiFailure.BadRequest.class,
                                () -> CreateReader.partial("{\"folders\": [\"homeassistant\"]}", ApiVersion.V2, CORE))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "addons;\"all\";not a valid value for dictionary value @ data['addons']. Got 'all'",
                "addons;null;not a valid value for dictionary value @ data['addons']. Got None",
                "addons;{};not a valid value for dictionary value @ data['addons']. Got {}",
                "addons;[1];expected str @ data['addons'][0]. Got 1",
                "addons;[\"a\", \"a\"];not a valid value for dictionary value @ data['addons']. Got ['a', 'a']",
                "apps;[];extra keys not allowed @ data['apps']. Got []",
                "folders;\"share\";expected a list for dictionary value @ data['folders']. Got 'share'",
                "folders;[\"x\"];value must be one of ['addons/local', 'homeassistant', 'media', 'share', 'ssl']"
                        + " @ data['folders'][0]. Got 'x'",
                "folders;[1];value must be one of ['addons/local', 'homeassistant', 'media', 'share', 'ssl']"
                        + " @ data['folders'][0]. Got 1",
                "folders;[\"ssl\", \"ssl\"];contains duplicate items: ['ssl'] for dictionary value @ data['folders']."
                        + " Got ['ssl', 'ssl']",
                "homeassistant;\"q\";expected boolean for dictionary value @ data['homeassistant']. Got 'q'"
            })
    void partsThatDoNotFitAreTold(String key, String value, String message) {
        assertEquals(
                message,
                assertThrows(
                                ApiFailure.BadRequest.class,
                                () -> CreateReader.partial("{\"" + key + "\": " + value + "}", ApiVersion.V1, CORE))
                        .getMessage());
    }
}
