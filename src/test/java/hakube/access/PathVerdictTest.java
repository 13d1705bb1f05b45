package hakube.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathVerdictTest {

    private final PathVerdict.Memory memory = new PathVerdict.Memory();

    @ParameterizedTest
    @CsvSource({
        "/supervisor/ping, false, true, false",
        "/supervisor/info, false, false, false",
        "/ingress/token/, false, true, true",
        "/core/api/states, false, true, true",
        "/core/api/hassio/x, true, true, true",
        "/core//api/hassio/x, true, false, false",
        "/v2, true, false, false"
    })
    void sayWhereAPathMayLead(String raw, boolean isClosed, boolean isOpen, boolean isRelayed) {
        PathVerdict verdict = memory.of(raw).orElseThrow();
        assertEquals(isClosed, verdict.isClosed());
        assertEquals(isOpen, verdict.isOpen());
        assertEquals(isRelayed, verdict.isRelayed());
    }

    @ParameterizedTest
    @CsvSource({"/a/..%2f", "/a%00", "/<script>alert(1)</script>", "/a/union/select(1)"})
    void aSuspiciousPathHasNone(String raw) {
        assertTrue(memory.of(raw).isEmpty());
        assertTrue(memory.of(raw).isEmpty(), "the second time, too");
    }

    @Test
    void aPathIsJudgedOnce() {
        Optional<PathVerdict> first = memory.of("/addons/local_web/info");
        assertSame(first, memory.of("/addons/local_web/info"));
        String other = "/addons/local_other/info";
        assertNotSame(first, memory.of(other));
        assertEquals(PathVerdict.of(other), memory.of(other));
    }

    @Test
    void fewAndShortPathsAreRemembered() {
        for (int i = 0; i < 10 * PathVerdict.Memory.MOST; i++) {
            memory.of("/addons/" + i + "/info");
            assertTrue(memory.size() <= PathVerdict.Memory.MOST);
        }
        int before = memory.size();
        memory.of("/" + "a".repeat(PathVerdict.Memory.LONGEST));
        assertEquals(before, memory.size());
    }
}
