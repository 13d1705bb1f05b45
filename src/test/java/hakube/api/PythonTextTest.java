package hakube.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class PythonTextTest {

    private static final int MANY = 100_000;
    private static final long MOST_BYTES = 100_000;

    @Test
    void valuesAreShownAsPythonShowsThem() {
        JsonValue value = Json.createObjectBuilder()
                .add("it's", Json.createArrayBuilder().add(1).add(true).addNull())
                .add("b", Json.createObjectBuilder().add("c", "\"\n"))
                .build();
        assertEquals("{\"it's\": [1, True, None], 'b': {'c': '\"\\n'}}", PythonText.of(value));
    }

    @Test
    void theRestOfALongValueIsCutOffAndNotEvenLookedAt() {
        JsonArrayBuilder list = Json.createArrayBuilder();
        JsonObjectBuilder map = Json.createObjectBuilder();
        for (int i = 0; i < MANY; i++) {
            list.add(i);
            map.add("key-" + i, i);
        }
        JsonObject whole = map.build();
        assertShort("[0, 1, 2, ", list.build());
        assertShort("{'key-0': 0, 'key-1': 1, ", whole);
        assertShort(
                "[{'key-0': 0, ",
                Json.createArrayBuilder().add(whole).add(whole).build());
    }

    /** Measured the second time: at the first one the classes are loaded, which takes what it takes. */
    private static void assertShort(String begin, JsonValue value) {
        PythonText.of(value);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        String text = PythonText.of(value);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(text.startsWith(begin), text);
        assertTrue(text.endsWith("..."), text);
        assertEquals(500, text.length());
        assertTrue(bytes < MOST_BYTES, bytes + " bytes were taken");
    }
}
