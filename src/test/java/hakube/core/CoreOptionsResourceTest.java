package hakube.core;

import static hakube.core.ServedCore.OK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /core/options}, as Core and its user send it, by both names. */
@HelidonTest
@AddBean(ServedCore.class)
@AddBean(ServedCore.House.class)
@AddConfig(key = "management.port", value = "0")
class CoreOptionsResourceTest {

    private final ServedCore house;
    private final Core core;

    @Inject
    CoreOptionsResourceTest(ServedCore house) {
        this.house = house;
        this.core = house.core;
    }

    @BeforeEach
    void install() {
        house.install();
    }

    @AfterEach
    void stop() {
        house.stop();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"port\": 0}; value must be at least 1 for dictionary value @ data['port']. Got 0",
                "{\"port\": 65536}; value must be at most 65535 for dictionary value @ data['port']. Got 65536",
                "{\"port\": \"x\"}; expected int for dictionary value @ data['port']. Got 'x'",
                "{\"boot\": \"perhaps\"}; expected boolean for dictionary value @ data['boot']. Got 'perhaps'",
                "{\"image\": \"no image\"}; not a valid value for dictionary value @ data['image']. Got 'no image'",
                "{\"image\": \"core:1\"}; not a valid value for dictionary value @ data['image']. Got 'core:1'",
                "{\"refresh_token\": 7}; not a valid value for dictionary value @ data['refresh_token']. Got 7",
                "{\"foo\": 1}; extra keys not allowed @ data['foo']. Got 1",
                "[]; expected a dictionary. Got []",
                "{; Invalid json",
            })
    void optionsSayWhatIsWrong(String body, String message) {
        CoreOptions before = core.options();
        for (String prefix : new String[] {"/core", "/homeassistant"}) {
            assertEquals(
                    "{\"result\":\"error\",\"message\":\"" + message + "\"}",
                    house.administrator.post(prefix + "/options", body, 400));
        }
        assertEquals(before, core.options());
    }

    @Test
    void severalFaultsStandOnALineEach() {
        String said = house.administrator.post("/core/options", "{\"port\": 0, \"foo\": null}", 400);
        assertTrue(said.contains("extra keys not allowed @ data['foo']. Got None\\nvalue must be at least 1"), said);
    }

    @ParameterizedTest
    @CsvSource({"/core,true", "/core,false", "/homeassistant,true", "/homeassistant,false"})
    void whatCoreReportsAtItsStartIsTaken(String prefix, boolean isOld) {
        String body = isOld
                ? "{\"ssl\":true,\"port\":9001,\"refresh_token\":\"x\",\"watchdog\":false}"
                : "{\"ssl\":true,\"port\":9002,\"refresh_token\":null}";
        assertEquals(OK, house.administrator.post(prefix + "/options", body, 200));
        String info = house.administrator.get(prefix + "/info", 200);
        assertTrue(info.contains("\"port\":" + (isOld ? 9001 : 9002)), info);
        assertTrue(info.contains("\"ssl\":true"), info);
        assertTrue(info.contains("\"watchdog\":" + !isOld), info);
    }

    @Test
    void everyOptionIsKept() {
        assertEquals(
                OK,
                house.administrator.post(
                        "/core/options",
                        "{\"boot\":\"off\",\"image\":\"registry.local:5000/a/b\",\"audio_output\":\"o\","
                                + "\"audio_input\":\"i\",\"backups_exclude_database\":1,\"duplicate_log_file\":\"yes\"}",
                        200));
        String info = house.administrator.get("/core/info", 200);
        for (String part : new String[] {
            "\"boot\":false",
            "\"image\":\"registry.local:5000/a/b\"",
            "\"audio_output\":\"o\"",
            "\"audio_input\":\"i\"",
            "\"backups_exclude_database\":true",
            "\"duplicate_log_file\":true",
        }) {
            assertTrue(info.contains(part), part + " in " + info);
        }
        assertEquals(OK, house.administrator.post("/core/options", "{\"image\":null,\"audio_output\":null}", 200));
        info = house.administrator.get("/core/info", 200);
        assertTrue(info.contains("\"image\":\"localhost/core\""), info);
        assertTrue(info.contains("\"audio_output\":null"), info);
        assertTrue(info.contains("\"audio_input\":\"i\""), info);
    }
}
