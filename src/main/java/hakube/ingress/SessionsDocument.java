package hakube.ingress;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The sessions in upstream's shape: {@code session} has the end of each in seconds since 1970, {@code session_data} the user of
 * those that have one.
 */
final class SessionsDocument {

    private static final String ENDS = "session";
    private static final String DATA = "session_data";
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32,256}");
    private static final int MILLIS = 3;

    private SessionsDocument() {}

    /** All that can be read, in the order of the file; what has no date for its end is left out. */
    static Map<String, IngressSession> read(JsonObject content) {
        Map<String, IngressSession> sessions = new LinkedHashMap<>();
        JsonObject data = object(content, DATA);
        object(content, ENDS).forEach((id, end) -> {
            if (FORM.matcher(id).matches() && end instanceof JsonNumber seconds) {
                instant(seconds).ifPresent(until -> sessions.put(id, new IngressSession(until, user(data.get(id)))));
            }
        });
        return sessions;
    }

    /** The content with these sessions in the place of those that it has. */
    static JsonObject write(JsonObject content, Map<String, IngressSession> sessions) {
        JsonObjectBuilder ends = Json.createObjectBuilder();
        JsonObjectBuilder data = Json.createObjectBuilder();
        sessions.forEach((id, session) -> {
            ends.add(id, BigDecimal.valueOf(session.end().toEpochMilli(), MILLIS));
            session.user()
                    .ifPresent(user -> data.add(id, Json.createObjectBuilder().add("user", json(user))));
        });
        return Json.createObjectBuilder(content).add(ENDS, ends).add(DATA, data).build();
    }

    private static Optional<Instant> instant(JsonNumber seconds) {
        double value = seconds.doubleValue();
        return value >= 0 && value <= IngressSession.LAST_END.getEpochSecond()
                ? Optional.of(Instant.ofEpochMilli(Math.round(value * 1000)))
                : Optional.empty();
    }

    private static Optional<IngressUser> user(JsonValue data) {
        if (data instanceof JsonObject object
                && object.get("user") instanceof JsonObject user
                && user.get("id") instanceof JsonString id) {
            // The second key is what upstream wrote before it called this a name.
            Optional<String> name = text(user, "name").or(() -> text(user, "displayname"));
            return Optional.of(new IngressUser(id.getString(), text(user, "username"), name));
        }
        return Optional.empty();
    }

    private static JsonObjectBuilder json(IngressUser user) {
        JsonObjectBuilder json = Json.createObjectBuilder().add("id", user.id());
        addNullable(json, "username", user.username());
        addNullable(json, "name", user.name());
        return json;
    }

    private static void addNullable(JsonObjectBuilder json, String key, Optional<String> text) {
        text.ifPresentOrElse(value -> json.add(key, value), () -> json.addNull(key));
    }

    private static Optional<String> text(JsonObject object, String key) {
        return object.get(key) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }

    private static JsonObject object(JsonObject content, String key) {
        return content.get(key) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    }
}
