package hakube.mounts;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hakube.api.ApiFailure;
import hakube.api.Json;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MountsTest {

    private final Mounts mounts = new Mounts();

    /** Through the resource, which adds nothing but the envelope. */
    private final MountsResource resource = new MountsResource(mounts);

    @Test
    void theListIsEmptyAndBothKeysAreThere() {
        assertEquals(
                "{\"result\":\"ok\",\"data\":{\"default_backup_mount\":null,\"mounts\":[]}}",
                Json.wire().toJson(resource.info()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"default_backup_mount\": null}", "{}", ""})
    void noMountIsWhatThereIs(String body) {
        assertEquals(
                "{\"result\":\"ok\",\"data\":{}}",
                Json.wire().toJson(assertDoesNotThrow(() -> resource.options(body))));
    }

    @Test
    void noOtherMountExists() {
        ApiFailure failure =
                assertThrows(ApiFailure.NotFound.class, () -> mounts.options("{\"default_backup_mount\": \"nas\"}"));

        assertEquals("No mount exists with name 'nas'", failure.getMessage());
        assertEquals(Optional.of("mount_not_found_error"), failure.errorKey());
        assertEquals(Map.of("name", "nas"), failure.extraFields());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"default_backup_mount\": 7};"
                        + " not a valid value for dictionary value @ data['default_backup_mount']. Got 7",
                "{\"default\": null}; extra keys not allowed @ data['default']. Got None",
                "[]; expected a dictionary. Got []",
                "{; Invalid json",
            })
    void faultsAreInTheWordsOfUpstream(String body, String message) {
        assertEquals(
                message,
                assertThrows(ApiFailure.BadRequest.class, () -> mounts.options(body))
                        .getMessage());
    }
}
