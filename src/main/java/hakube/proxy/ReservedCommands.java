package hakube.proxy;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;

/**
 * Commands that only Home Assistant's own frontend may give, since Core passes them on to the Supervisor with all rights (upstream
 * {@code supervisor/api/proxy.py}, 2026-08). Core takes a list of commands in one message too, which upstream lets pass; here a list
 * with one of them does not. Pure.
 */
final class ReservedCommands {

    private static final List<String> PREFIXES = List.of("supervisor/", "hassio/");
    private static final String REFUSAL = "{\"id\":%s,\"type\":\"result\",\"success\":false,"
            + "\"error\":{\"code\":\"unauthorized\",\"message\":\"Unauthorized\"}}";

    /** In characters: the ids of a longer message are not looked for, since it may have millions of them. */
    private static final int LONGEST_WITH_IDS = 64 * 1024;

    private ReservedCommands() {}

    /**
     * The answers to a message that must not reach Core: one for each of its commands, a single one without an id for a message of more than
     * 64 Ki characters. Empty for one that may.
     */
    static List<String> answersTo(String text) {
        if (!CommandTypes.hasOne(text, ReservedCommands::isReserved)) {
            return List.of();
        }
        List<String> ids = text.length() > LONGEST_WITH_IDS ? List.of("null") : ids(text);
        return ids.stream().map(REFUSAL::formatted).toList();
    }

    private static boolean isReserved(String type) {
        return PREFIXES.stream().anyMatch(type::startsWith);
    }

    /** As JSON; {@code null} where there is none. */
    private static List<String> ids(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            JsonValue message = reader.readValue();
            return message instanceof JsonArray list
                    ? list.stream().map(ReservedCommands::id).toList()
                    : List.of(id(message));
        } catch (RuntimeException odd) {
            // Besides no JSON: one that is too deep.
            return List.of("null");
        }
    }

    private static String id(JsonValue command) {
        return command instanceof JsonObject object
                ? object.getOrDefault("id", JsonValue.NULL).toString()
                : "null";
    }
}
