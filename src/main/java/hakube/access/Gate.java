package hakube.access;

import hakube.api.Json;
import hakube.state.State;
import hakube.state.SupervisorState;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;

/**
 * Stands before every route, known or not, in upstream's order: suspicious path 400, state 400, closed path 403, open path,
 * no token 401, unknown token or too low a role 403.
 */
@Singleton
public final class Gate implements Filter {

    private static final Logger LOG = Logger.getLogger(Gate.class.getName());
    private static final List<HeaderName> TOKEN_HEADERS = List.of(
            HeaderNames.create("X-Supervisor-Token"), HeaderNames.create("X-Hassio-Key"), HeaderNames.AUTHORIZATION);

    private final State state;
    private final Tokens tokens;

    @Inject
    public Gate(State state, Tokens tokens) {
        this.state = state;
        this.tokens = tokens;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String raw = request.prologue().uriPath().rawPath();
        String query = request.prologue().query().rawValue();
        if (SuspiciousPath.matches(raw) || SuspiciousPath.matches(query) || hidesSlash(raw)) {
            LOG.warning(() ->
                    "Refused a suspicious request from " + request.remotePeer().host());
            plain(response, Status.BAD_REQUEST_400);
            return;
        }
        SupervisorState now = state.current();
        if (!now.servesApi()) {
            notReady(response, now);
            return;
        }
        String path = SuspiciousPath.decode(raw);
        if (Paths.isClosed(path)) {
            plain(response, Status.FORBIDDEN_403);
            return;
        }
        if (Paths.isOpen(path)) {
            chain.proceed();
            return;
        }
        Optional<String> token = tokenOf(request);
        if (token.isEmpty()) {
            plain(response, Status.UNAUTHORIZED_401);
            return;
        }
        Optional<Caller> caller = tokens.callerOf(token.get());
        if (caller.isEmpty() || !Paths.allows(caller.get(), path)) {
            LOG.warning(() -> "Refused " + request.prologue().method() + " " + path + " for "
                    + caller.map(Caller::toString).orElse("an unknown token"));
            plain(response, Status.FORBIDDEN_403);
            return;
        }
        request.context().register(caller.get());
        chain.proceed();
    }

    /** An encoded slash or backslash would let the route differ from what the gate judged. */
    private static boolean hidesSlash(String raw) {
        String folded = raw.toLowerCase(Locale.ROOT);
        return folded.contains("%2f") || folded.contains("%5c");
    }

    private static Optional<String> tokenOf(RoutingRequest request) {
        for (HeaderName name : TOKEN_HEADERS) {
            String value = request.headers().first(name).orElse("").trim();
            if (!value.isEmpty()) {
                return Optional.of(value.substring(value.lastIndexOf(' ') + 1));
            }
        }
        return Optional.empty();
    }

    private static void plain(RoutingResponse response, Status status) {
        response.status(status)
                .header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .send(status.code() + ": " + status.reasonPhrase());
    }

    private static void notReady(RoutingResponse response, SupervisorState now) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("result", "error");
        body.put("message", "System is not ready with state: " + now.wire());
        body.put("error_key", "system_not_ready_error");
        response.status(Status.BAD_REQUEST_400)
                .header(HeaderValues.CONTENT_TYPE_JSON)
                .send(Json.wire().toJson(body));
    }
}
