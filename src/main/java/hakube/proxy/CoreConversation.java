package hakube.proxy;

import hakube.access.Caller;
import hakube.link.CorePassage;
import hakube.relay.Errand;
import hakube.relay.Field;
import hakube.relay.Mediator;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;

/**
 * An app's WebSocket to Core: the app logs in here with its token, as it would at Core, and the Supervisor at Core (upstream
 * {@code supervisor/api/proxy.py}, 2026-08; core {@code components/websocket_api/auth.py}, 2026.11).
 *
 * @param version of Core, which is told at the log-in
 */
record CoreConversation(
        ProxyCallers callers, CorePassage passage, ProxySeats.Seat seat, CorePassage.Way way, String version)
        implements Mediator {

    private static final Logger LOG = Logger.getLogger(CoreConversation.class.getName());

    @Override
    public Errand admit(Talk app) throws IOException {
        app.say(withVersion("auth_required"));
        Optional<Caller.App> caller = callers.byToken(token(object(app.hear())));
        if (caller.isEmpty()) {
            app.say(text("auth_invalid", "message", "Invalid access"));
            throw new IOException("no app that may");
        }
        String slug = caller.get().slug();
        if (!seat.isFor(slug)) {
            LOG.warning(() -> "App " + slug + " has as many WebSockets to Home Assistant as an app may have");
            throw new Busy("too many of " + slug);
        }
        LOG.fine(() -> "A WebSocket of " + slug + " to Home Assistant");
        app.say(withVersion("auth_ok"));
        return new Errand(way.far(), way.layer(), "/api/websocket", headers(), false, Duration.ZERO, head -> List.of());
    }

    @Override
    public void logIn(Talk core) throws IOException {
        String first = type(object(core.hear()));
        if (first.equals("auth_required") && way.accessToken().isPresent()) {
            core.say(text("auth", "access_token", way.accessToken().get()));
            first = type(object(core.hear()));
        }
        if (!first.equals("auth_ok")) {
            passage.refused(way);
            throw new IOException("Core says " + first + " where auth_ok is due");
        }
    }

    @Override
    public List<String> objections(String text) {
        List<String> answers = ReservedCommands.answersTo(text);
        if (!answers.isEmpty()) {
            LOG.warning("Refused a command that only Home Assistant's frontend may give");
        }
        return answers;
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "a conversation by " + way;
    }

    private List<Field> headers() {
        Field host = new Field("Host", way.host());
        return way.accessToken().isPresent() ? List.of(host) : List.of(host, way.pass());
    }

    private String withVersion(String type) {
        return text(type, "ha_version", version);
    }

    private static String text(String type, String key, String value) {
        return Json.createObjectBuilder()
                .add("type", type)
                .add(key, value)
                .build()
                .toString();
    }

    /** The older name comes first. What is no text is no token. */
    private static String token(JsonObject message) {
        String older = string(message, "api_password");
        return older.isEmpty() ? string(message, "access_token") : older;
    }

    private static String type(JsonObject message) {
        return string(message, "type");
    }

    private static String string(JsonObject message, String key) {
        return message.get(key) instanceof JsonString text ? text.getString() : "";
    }

    private static JsonObject object(String text) throws IOException {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        } catch (RuntimeException e) {
            // Also one that is too deep.
            throw new IOException("no JSON object", e);
        }
    }

    @Override
    public void close() {
        seat.close();
    }
}
