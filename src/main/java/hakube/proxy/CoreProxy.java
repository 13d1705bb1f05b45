package hakube.proxy;

import hakube.access.Caller;
import hakube.core.Core;
import hakube.link.CoreAway;
import hakube.link.CorePassage;
import hakube.relay.AnswerHead;
import hakube.relay.Errand;
import hakube.relay.Field;
import hakube.relay.HttpRelay;
import hakube.relay.PlainAnswer;
import hakube.relay.Received;
import hakube.relay.Takeover;
import hakube.relay.WebSocketHandshake;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;

/**
 * Carries requests of apps on to Core, behind the gate and before JAX-RS (upstream {@code supervisor/api/proxy.py}, 2026-08). In this
 * order: no app that may 401, a closed path 403, no Core that runs 502.
 */
@Singleton
final class CoreProxy implements Filter {

    private static final Logger LOG = Logger.getLogger(CoreProxy.class.getName());

    /** For Core to say whether it runs. */
    private static final Duration QUESTION = Duration.ofSeconds(10);

    private static final Duration REQUEST = Duration.ofSeconds(300);
    private static final int UNAUTHORIZED = 401;

    private final ProxyCallers callers;
    private final CorePassage passage;
    private final HttpRelay relay;
    private final Core core;
    private final ProxySeats seats;

    @Inject
    CoreProxy(ProxyCallers callers, CorePassage passage, HttpRelay relay, Core core, ProxySeats seats) {
        this.callers = callers;
        this.passage = passage;
        this.relay = relay;
        this.core = core;
        this.seats = seats;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        Optional<ProxyPath> path = ProxyPath.of(
                request.prologue().method().text(), request.prologue().uriPath().rawPath());
        if (path.isEmpty()) {
            chain.proceed();
        } else if (path.get().kind() == ProxyPath.Kind.WEB_SOCKET) {
            converse(request, response);
        } else {
            serve(path.get(), request, response);
        }
    }

    /** Who it is comes with its first message. */
    private void converse(RoutingRequest request, RoutingResponse response) {
        String method = request.prologue().method().text();
        if (!WebSocketHandshake.canBeMet(method, Received.fields(request.headers()))) {
            PlainAnswer.send(request, response, Status.BAD_REQUEST_400);
            return;
        }
        String address = request.remotePeer().host();
        Optional<ProxySeats.Seat> free = seats.take(address);
        if (free.isEmpty()) {
            LOG.warning(
                    () -> "There are as many WebSockets to Home Assistant as there may be, of all or without a log-in,"
                            + " another one from " + address + " is refused");
            PlainAnswer.send(request, response, Status.SERVICE_UNAVAILABLE_503);
            return;
        }
        ProxySeats.Seat seat = free.get();
        boolean isPassedOn = false;
        try {
            Optional<CorePassage.Way> way = way(request, response);
            if (way.isPresent()) {
                relay.mediate(request, response, new CoreConversation(callers, passage, seat, way.get(), version()));
            }
        } catch (Takeover takeover) {
            isPassedOn = true;
            throw takeover;
        } finally {
            if (!isPassedOn) {
                seat.close();
            }
        }
    }

    private String version() {
        return Optional.ofNullable(core.options().version()).orElse("");
    }

    private void serve(ProxyPath path, RoutingRequest request, RoutingResponse response) {
        List<Field> received = Received.fields(request.headers());
        Optional<Caller.App> app = callers.of(received);
        if (app.isEmpty()) {
            PlainAnswer.send(request, response, Status.UNAUTHORIZED_401);
        } else if (path.isClosed()) {
            LOG.warning(
                    () -> "Refused " + app.get().slug() + " the way to Home Assistant's interface for the Supervisor");
            PlainAnswer.send(request, response, Status.FORBIDDEN_403);
        } else {
            way(request, response).ifPresent(way -> carry(path, way, received, request, response));
        }
    }

    /** Empty when that was answered. */
    private Optional<CorePassage.Way> way(RoutingRequest request, RoutingResponse response) {
        try {
            return Optional.of(passage.open(QUESTION));
        } catch (CoreAway away) {
            LOG.fine(() -> "An app's request finds no Home Assistant: " + away.getMessage());
            PlainAnswer.send(request, response, Status.BAD_GATEWAY_502);
            return Optional.empty();
        }
    }

    private void carry(
            ProxyPath path,
            CorePassage.Way way,
            List<Field> received,
            RoutingRequest request,
            RoutingResponse response) {
        String query = request.prologue().query().rawValue();
        relay.relay(
                request,
                response,
                new Errand(
                        way.far(),
                        way.layer(),
                        query.isEmpty() ? path.target() : path.target() + '?' + query,
                        ProxyHeaders.toCore(received, way),
                        true,
                        path.kind() == ProxyPath.Kind.STREAM ? Duration.ZERO : REQUEST,
                        head -> answer(way, head)));
    }

    /** A refusal is the Supervisor's, and none of the app's business. */
    private List<Field> answer(CorePassage.Way way, AnswerHead head) throws IOException {
        if (head.status() == UNAUTHORIZED) {
            passage.refused(way);
            throw new IOException("Core refuses the Supervisor");
        }
        return ProxyHeaders.toApp(head);
    }
}
