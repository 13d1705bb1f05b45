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

    private ReservedCommands() {}

    /** The answers to a message that must not reach Core, one for each of its commands; empty for one that may. */
    static List<String> answersTo(String text) {
        boolean isReserved = CommandTypes.in(text).stream()
                .anyMatch(type -> PREFIXES.stream().anyMatch(type::startsWith));
        return isReserved ? ids(text).stream().map(REFUSAL::formatted).toList() : List.of();
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
