package hakube.access;

import hakube.state.State;
import hakube.state.SupervisorState;
import io.helidon.common.uri.UriPath;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;

/**
 * Stands before every route, known or not, in upstream's order: suspicious path 400, state 400, closed path 403, open path,
 * no token 401, unknown token or too low a role 403.
 */
@Singleton
public final class Gate implements Filter {

    private static final Logger LOG = Logger.getLogger(Gate.class.getName());
    private static final List<HeaderName> TOKEN_HEADERS =
            List.of(HeaderNames.create("X-Supervisor-Token"), HeaderNames.create("X-Hassio-Key"));

    private final PathVerdict.Memory verdicts = new PathVerdict.Memory();
    private final State state;
    private final Tokens tokens;
    private final WrongTokens wrongTokens;

    @Inject
    public Gate(State state, Tokens tokens, WrongTokens wrongTokens) {
        this.state = state;
        this.tokens = tokens;
        this.wrongTokens = wrongTokens;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        Optional<PathVerdict> verdict = verdicts.of(request.prologue().uriPath().rawPath());
        if (verdict.isEmpty()
                || SuspiciousPath.matches(request.prologue().query().rawValue())) {
            LOG.warning(() -> "Refused a suspicious request from " + source(request));
            Refusal.plain(request, response, Status.BAD_REQUEST_400);
            return;
        }
        SupervisorState now = state.current();
        if (!now.servesApi()) {
            Refusal.notReady(request, response, now);
            return;
        }
        judge(verdict.get(), chain, request, response);
    }

    /** Whether anybody's request for that reaches what it is relayed to, as it is and without a token. */
    public boolean isOpen(String rawPath, String rawQuery) {
        return state.current().servesApi()
                && verdicts.of(rawPath).filter(PathVerdict::leadsOn).isPresent()
                && !SuspiciousPath.matches(rawQuery);
    }

    private void judge(PathVerdict verdict, FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (verdict.isClosed()) {
            Refusal.plain(request, response, Status.FORBIDDEN_403);
        } else if (verdict.isOpen()) {
            proceed(verdict, chain, request, response);
        } else {
            Optional<String> token = tokenOf(request);
            if (token.isEmpty()) {
                Refusal.plain(request, response, Status.UNAUTHORIZED_401);
            } else {
                tokens.callerOf(token.get())
                        .ifPresentOrElse(
                                caller -> judge(caller, verdict, chain, request, response),
                                () -> refuseUnknown(verdict.path(), request, response));
            }
        }
    }

    private static void judge(
            Caller caller, PathVerdict verdict, FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String judged = verdict.path().judged();
        if (!Paths.allows(caller, judged)) {
            LOG.warning(() -> "Refused " + request.prologue().method() + " " + judged + " for " + caller);
            Refusal.plain(request, response, Status.FORBIDDEN_403);
            return;
        }
        request.context().register(caller);
        proceed(verdict, chain, request, response);
    }

    /** On to the routes, which get the path that was judged. */
    private static void proceed(
            PathVerdict verdict, FilterChain chain, RoutingRequest request, RoutingResponse response) {
        RequestPath path = verdict.path();
        boolean isRelayed = verdict.isRelayed();
        if (!isRelayed && !path.isPlain()) {
            Refusal.plain(request, response, Status.NOT_FOUND_404);
            return;
        }
        HttpPrologue before = request.prologue();
        if (!isRelayed && !path.routed().equals(before.uriPath().rawPath())) {
            request.prologue(HttpPrologue.create(
                    before.rawProtocol(),
                    before.protocol(),
                    before.protocolVersion(),
                    before.method(),
                    UriPath.create(path.routed()),
                    before.query(),
                    before.fragment()));
        }
        chain.proceed();
    }

    private void refuseUnknown(RequestPath path, RoutingRequest request, RoutingResponse response) {
        switch (wrongTokens.note(source(request))) {
            case ANSWER ->
                LOG.warning(() -> "Refused " + request.prologue().method() + " " + path.judged()
                        + " for an unknown token of " + source(request));
            case HOLD_BACK -> {
                if (!wrongTokens.holdBack()) {
                    response.header(HeaderNames.CONNECTION, "close");
                }
            }
        }
        Refusal.plain(request, response, Status.FORBIDDEN_403);
    }

    private static Optional<String> tokenOf(RoutingRequest request) {
        for (HeaderName name : TOKEN_HEADERS) {
            Optional<String> value = header(request, name);
            if (value.isPresent()) {
                return value;
            }
        }
        // Whatever the scheme.
        return header(request, HeaderNames.AUTHORIZATION).map(value -> value.substring(value.lastIndexOf(' ') + 1));
    }

    private static Optional<String> header(RoutingRequest request, HeaderName name) {
        return request.headers().first(name).map(String::trim).filter(value -> !value.isEmpty());
    }

    private static String source(RoutingRequest request) {
        return request.remotePeer().host();
    }
}
