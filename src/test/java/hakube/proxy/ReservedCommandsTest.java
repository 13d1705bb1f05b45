package hakube.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservedCommandsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":7,\"type\":\"supervisor/api\"}",
                "{\"type\":\"hassio/update/core\",\"id\":7}",
                " {\n\"id\" : 7 , \"type\"\t:\r\n \"supervisor/\" } ",
                "{\"id\":7,\"t\\u0079pe\":\"\\u0073upervisor\\/api\"}",
                "{\"id\":7,\"type\":\"ping\",\"type\":\"supervisor/api\"}",
                "{\"id\":7,\"type\":\"supervisor/api\",\"type\":\"ping\"}",
                "{\"a\":{\"type\":\"x\"},\"b\":\"}\\\"{\",\"c\":[[{}]],\"id\":7,\"type\":\"supervisor/api\"}",
                "[{\"id\":7,\"type\":\"supervisor/api\"}]"
            })
    void commandsOfTheFrontendAreRefused(String text) {
        assertEquals(List.of(refusal("7")), ReservedCommands.answersTo(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":7,\"type\":\"call_service\"}",
                "{\"id\":7,\"type\":\"xsupervisor/api\"}",
                "{\"id\":7,\"type\":\"supervisor\"}",
                "{\"id\":7,\"type\":\"fire_event\",\"event_data\":{\"type\":\"supervisor/api\"}}",
                "{\"id\":7,\"a\":[\"type\",\"supervisor/api\"]}",
                "{\"id\":7,\"type\":12}",
                "{\"id\":7,\"a\":\"\\\"type\\\":\\\"supervisor/api\\\"\"}",
                "\"supervisor/api\"",
                "[]",
                "no json",
                "{\"type\":\"",
                "}}]]{\"\\",
                ""
            })
    void allElsePasses(String text) {
        assertEquals(List.of(), ReservedCommands.answersTo(text));
    }

    /** Core takes several commands at once; each gets its answer. */
    @Test
    void aListWithOneOfThemIsRefusedAsAWhole() {
        assertEquals(
                List.of(refusal("1"), refusal("\"b\""), refusal("null")),
                ReservedCommands.answersTo(
                        "[{\"id\":1,\"type\":\"ping\"},{\"id\":\"b\",\"type\":\"hassio/x\"},{\"type\":\"ping\"}]"));
    }

    /** Millions of answers would take more memory than the message. */
    @Test
    void aLongMessageIsAnsweredOnce() {
        String many = "{\"id\":1,\"type\":\"hassio/x\"},".repeat(3000);
        assertEquals(List.of(refusal("null")), ReservedCommands.answersTo("[" + many + "{}]"));
        assertEquals(
                List.of(refusal("null")),
                ReservedCommands.answersTo(
                        "{\"id\":7,\"a\":\"" + "a".repeat(65_536) + "\",\"type\":\"supervisor/api\"}"));
    }

    /** Deeper than our parser goes; Core's goes further. */
    @Test
    void depthHidesNothing() {
        String deep = "[".repeat(1010) + "]".repeat(1010);
        assertEquals(
                List.of(refusal("null")),
                ReservedCommands.answersTo("{\"id\":7,\"a\":" + deep + ",\"type\":\"supervisor/api\"}"));
    }

    private static String refusal(String id) {
        return "{\"id\":" + id + ",\"type\":\"result\",\"success\":false,"
                + "\"error\":{\"code\":\"unauthorized\",\"message\":\"Unauthorized\"}}";
    }
}
