package hakube.access;

import hakube.api.Json;
import hakube.state.SupervisorState;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.RoutingResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the gate answers where it lets nobody through. */
final class Refusal {

    private Refusal() {}

    /** A status and its name as text, such as {@code 403: Forbidden}. */
    static void plain(RoutingResponse response, Status status) {
        response.status(status)
                .header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .send(text(status));
    }

    static String text(Status status) {
        return status.code() + ": " + status.reasonPhrase();
    }

    /** The state, for those who wait for a better one. */
    static void notReady(RoutingResponse response, SupervisorState now) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("result", "error");
        body.put("message", "System is not ready with state: " + now.wire());
        body.put("error_key", "system_not_ready_error");
        response.status(Status.BAD_REQUEST_400)
                .header(HeaderValues.CONTENT_TYPE_JSON)
                .send(Json.wire().toJson(body));
    }
}
