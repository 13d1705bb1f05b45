package hakube.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureShapeTest {

    @ParameterizedTest
    @CsvSource({
        "/core/info, JSON",
        "/core/logs, TEXT",
        "/core/logs/boots/-1/follow, TEXT",
        "/host/logs, TEXT",
        "/host/logs/boots, JSON",
        "/host/logs/identifiers, JSON",
        "/host/logs/identifiers/x, TEXT",
        "/addons/local_app/logs/latest, TEXT",
        "/v2/apps/local_app/logs, TEXT",
        "/addons/local_app/icon, OCTETS",
        "/store/addons/local_app/changelog, OCTETS",
        "/v2/store/apps/local_app/documentation, OCTETS",
        "/nowhere, JSON"
    })
    void theRouteDecides(String path, FailureShape shape) {
        assertEquals(shape, FailureShape.of(path));
    }

    @ParameterizedTest
    @CsvSource({"/addons/logs/info", "/services/icon", "/mounts/logs/reload", "/backups/changelog", "/addons/icon/start"
    })
    void aThingOfThatNameDoesNot(String path) {
        assertEquals(FailureShape.JSON, FailureShape.of(path));
    }
}
