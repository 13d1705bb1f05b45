package hakube.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyPathTest {

    /** The gate refuses most of these before. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "hassio/x",
                "hassio_auth",
                "%68assio_auth",
                "%2568assio_auth",
                "hassio%5fauth",
                "/hassio/x",
                ".//hassio/x",
                ";a=b/hassio/x",
                "hassio;a=b/x",
                "%68assio_auth/%zz",
                "hassio%2fx"
            })
    void theInterfaceForTheSupervisorIsClosedHoweverItIsWritten(String path) {
        assertTrue(of(path).isClosed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "states", "hassio", "hassio/", "x/hassio/x", "hassiox", "%zzhassio_auth", "a+b%20c"})
    void allElseIsOpen(String path) {
        assertFalse(of(path).isClosed());
        assertEquals("/api/" + path, of(path).target());
    }

    /** Each round of undoing would take off one layer alone. */
    @Test
    void manyLayersOfEncodingTakeNoTime() {
        String layers = "%" + "25".repeat(32 * 1024) + "68assio_auth";
        assertTimeout(Duration.ofSeconds(5), () -> assertTrue(of(layers).isClosed()));
    }

    private static ProxyPath of(String path) {
        return ProxyPath.of("GET", "/core/api/" + path).orElseThrow();
    }
}
