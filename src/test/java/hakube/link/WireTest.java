package hakube.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireTest {

    @Test
    void anObjectIsRead() throws CoreAway {
        assertEquals(1, Wire.object("{\"a\":1}").getInt("a"));
    }

    @ParameterizedTest
    @MethodSource("strange")
    void whateverElseCoreSaysIsAFailureOfCore(String text) {
        assertThrows(CoreAway.class, () -> Wire.object(text));
    }

    static String[] strange() {
        return new String[] {"", "[]", "1", "null", "<html>", "{\"a\":1", "{\"a\":".repeat(3000)};
    }
}
