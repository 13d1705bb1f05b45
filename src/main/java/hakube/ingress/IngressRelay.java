package hakube.ingress;

import hakube.apps.AppIngress;
import hakube.front.ServedConnection;
import hakube.relay.Errand;
import hakube.relay.Field;
import hakube.relay.HttpRelay;
import hakube.relay.PlainAnswer;
import hakube.relay.Received;
import hakube.relay.WebSocketHandshake;
import io.helidon.http.Method;
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
 * Carries requests of browsers on to apps, behind the gate and before JAX-RS (upstream {@code supervisor/api/ingress.py}, 2026-08). In
 * this order: no valid session 401, no app of that token 503, no pod or no answer 502. It dials the app's own pod as the watch
 * has it, there the app's ingress port or the relay before it, and nothing else.
 */
@Singleton
final class IngressRelay implements Filter {

    private static final Logger LOG = Logger.getLogger(IngressRelay.class.getName());
    private static final long LARGEST_MESSAGE = 16L * 1024 * 1024;

    private final IngressErrands errands;
    private final AppIngress apps;
    private final HttpRelay relay;

    @Inject
    IngressRelay(IngressErrands errands, AppIngress apps, HttpRelay relay) {
        this.errands = errands;
        this.apps = apps;
        this.relay = relay;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        Optional<IngressPath> path = IngressPath.of(request.prologue().uriPath().rawPath());
        if (path.isEmpty()) {
            chain.proceed();
        } else {
            serve(path.get(), request, response);
        }
    }

    private void serve(IngressPath path, RoutingRequest request, RoutingResponse response) {
        List<Field> received = Received.fields(request.headers());
        Optional<String> session = errands.session(received);
        if (session.isEmpty()) {
            LOG.fine(() -> "Ingress without a valid session from "
                    + request.remotePeer().host());
            PlainAnswer.send(request, response, Status.UNAUTHORIZED_401);
            return;
        }
        Optional<AppIngress.Door> door = apps.behind(path.token());
        if (door.isEmpty()) {
            LOG.warning("Ingress for a token of no app is not available");
            PlainAnswer.send(request, response, Status.SERVICE_UNAVAILABLE_503);
        } else if (door.get().address().isEmpty()) {
            LOG.fine(() -> "Ingress for " + door.get().app() + ", which does not run");
            PlainAnswer.send(request, response, Status.BAD_GATEWAY_502);
        } else {
            carry(path, session.get(), door.get(), received, request, response);
        }
    }

    private void carry(
            IngressPath path,
            String session,
            AppIngress.Door door,
            List<Field> received,
            RoutingRequest request,
            RoutingResponse response) {
        Method method = request.prologue().method();
        Errand errand = errands.errand(
                path,
                request.prologue().query().rawValue(),
                session,
                door,
                received,
                request.remotePeer().host(),
                // Upstream streams no other method (contract: simple servers know no chunks).
                door.streams() && method.equals(Method.POST));
        if (WebSocketHandshake.isAskedFor(method.text(), received)) {
            relay.webSocket(request, response, errand, LARGEST_MESSAGE);
        } else {
            relay.relay(request, response, errand);
            if (!request.content().hasEntity()) {
                ServedConnection.mayGoBack();
            }
        }
    }
}
