package hakube.access;

import hakube.api.Json;
import hakube.state.SupervisorState;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the gate answers where it lets nobody through. */
final class Refusal {

    private Refusal() {}

    /** A status and its name as text, such as {@code 403: Forbidden}. */
    static void plain(RoutingRequest request, RoutingResponse response, Status status) {
        response.status(status).header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        send(request, response, text(status));
    }

    static String text(Status status) {
        return status.code() + ": " + status.reasonPhrase();
    }

    /** The state, for those who wait for a better one. */
    static void notReady(RoutingRequest request, RoutingResponse response, SupervisorState now) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("result", "error");
        body.put("message", "System is not ready with state: " + now.wire());
        body.put("error_key", "system_not_ready_error");
        response.status(Status.BAD_REQUEST_400).header(HeaderValues.CONTENT_TYPE_JSON);
        send(request, response, Json.wire().toJson(body));
    }

    /** Helidon 4.2 would send a body after {@code HEAD} too, and a client take it for the begin of its next answer. */
    private static void send(RoutingRequest request, RoutingResponse response, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        if (request.prologue().method().equals(Method.HEAD)) {
            response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(body.length))
                    .send();
        } else {
            response.send(body);
        }
    }
}
