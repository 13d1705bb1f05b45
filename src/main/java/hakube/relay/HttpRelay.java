package hakube.relay;

import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Carries requests to a far side and answers back, plain ones and WebSockets. Every failure before the answer has begun is a
 * {@code 502: Bad Gateway}; afterwards the connection ends, so that nobody takes a part for the whole.
 *
 * <p>There is no limit to the time that an answer takes (long polling, event streams), unless an errand has one; what ends the waiting
 * is the client's end.
 */
@Singleton
public final class HttpRelay {

    private static final Logger LOG = Logger.getLogger(HttpRelay.class.getName());

    private final FarConnections connections = new FarConnections();
    private final Buffers buffers = new Buffers();
    private final QuietConnections quiet = new QuietConnections();
    private final Lookout lookout;
    private final Pulse.Times pulse;

    @Inject
    HttpRelay() {
        this(Lookout.Limits.USUAL, Pulse.Times.USUAL);
    }

    HttpRelay(Lookout.Limits limits, Pulse.Times pulse) {
        this.pulse = pulse;
        this.lookout = new Lookout(limits, connections::tidy);
    }

    /**
     * Serves a request that is no WebSocket's.
     *
     * @throws CloseConnectionException the connection must not serve another one
     */
    public void relay(ServerRequest request, ServerResponse response, Errand errand) {
        RequestBody body = RequestBody.of(request);
        Framing framing = Framing.of(request.headers());
        switch (framing) {
            case Framing.Ambiguous ignored -> PlainAnswer.sendLast(body, response, Status.BAD_REQUEST_400);
            case Framing.None ignored -> exchange(request, response, errand, body, Outgoing.none());
            case Framing.OfLength known
            when !errand.streams() && known.length() > Spool.LARGEST ->
                PlainAnswer.sendLast(body, response, Status.REQUEST_ENTITY_TOO_LARGE_413);
            case Framing.OfLength known -> exchange(request, response, errand, body, Outgoing.of(body, known.length()));
            case Framing.Chunked ignored
            when errand.streams() -> exchange(request, response, errand, body, Outgoing.chunked(body));
            case Framing.Chunked ignored -> spooled(request, response, errand, body);
        }
    }

    /**
     * Sends the answer to a request without a body that was asked elsewhere. Where it fails before it has begun, the client is told, and its
     * connection ends.
     *
     * @param client whose connection it is
     * @param far where it was asked, which no selector knows; belongs to the relay from now on
     * @param come what of the answer was read already
     * @return whether the client's connection serves another request
     */
    public boolean goOn(ConnectionContext client, Errand errand, String method, SocketChannel far, byte[] come) {
        ClientWire wire = ClientWire.of(client);
        try (Lookout.Watch watch = lookout.watch(wire);
                Exchange exchange = new Exchange(connections, buffers, watch, wire, errand, method, Outgoing.none())) {
            try {
                exchange.goOn(FarConnection.asked(errand.far(), far, come));
                return watch.leavesClient();
            } catch (IOException | IllegalArgumentException failure) {
                if (!tellWhy(exchange, watch, errand, failure) && !exchange.hasBegun()) {
                    PlainAnswer.refuse(wire, Status.BAD_GATEWAY_502);
                }
                return false;
            }
        }
    }

    /**
     * Serves a request for a WebSocket ({@link WebSocketHandshake#isAskedFor}). Returns only when it is none that could be met, which was
     * answered then. Whether the far side agrees, the client is told after the take-over.
     *
     * @param largestMessage octets of a message, in both directions
     * @throws Takeover the connection goes on with the WebSocket, or with the answer that there is none
     */
    public void webSocket(ServerRequest request, ServerResponse response, Errand errand, long largestMessage) {
        RequestBody body = RequestBody.of(request);
        Optional<WebSocketHandshake> asked = WebSocketHandshake.of(Received.fields(request.headers()));
        if (asked.isEmpty() || !body.isRead()) {
            PlainAnswer.sendLast(body, response, Status.BAD_REQUEST_400);
            return;
        }
        ClientWire client = ClientWire.of(response);
        client.answered();
        throw new Takeover(() -> tunnel(asked.get(), client, errand, largestMessage));
    }

    /**
     * Serves a request for a WebSocket, with somebody between its two sides. Returns only when it is none that could be met, which was
     * answered then.
     *
     * @param mediator belongs to the WebSocket once there is a {@link Takeover}, and is closed at its end; until then, and whatever else
     *     happens, it is the caller's
     * @throws Takeover the connection goes on with the WebSocket
     */
    public void mediate(ServerRequest request, ServerResponse response, Mediator mediator) {
        RequestBody body = RequestBody.of(request);
        List<Field> received = Received.fields(request.headers());
        boolean isAsked =
                WebSocketHandshake.isAskedFor(request.prologue().method().text(), received);
        Optional<WebSocketHandshake> asked = isAsked ? WebSocketHandshake.of(received) : Optional.empty();
        if (asked.isEmpty() || !body.isRead()) {
            PlainAnswer.sendLast(body, response, Status.BAD_REQUEST_400);
            return;
        }
        ClientWire client = ClientWire.of(response);
        client.answered();
        throw new Takeover(() -> mediate(asked.get(), client, mediator));
    }

    private void mediate(WebSocketHandshake asked, ClientWire client, Mediator mediator) {
        try (mediator;
                Lookout.Watch watch = lookout.watch(client)) {
            HeadWriter answer = asked.agreed();
            client.write(answer.bytes(), 0, answer.length());
            new Mediation(client, watch, buffers, mediator, pulse).run(connections, lookout.farewell());
        } catch (ClientWire.ClientGone gone) {
            // There is nobody to tell.
        }
    }

    private void tunnel(WebSocketHandshake asked, ClientWire client, Errand errand, long largestMessage) {
        try (Lookout.Watch watch = lookout.watch(client);
                FarConnection far = agreed(asked, client, watch, errand)) {
            // From here on the errand is of no use, and is not held.
            if (far != null) {
                far.isQuietAfter(lookout.quiet());
                new Tunnel(client, far, watch, buffers, quiet, lookout.farewell(), largestMessage).run();
            }
        }
    }

    /** A WebSocket to the far side, of which the client knows; null when there is none, and then that was said. */
    private FarConnection agreed(WebSocketHandshake asked, ClientWire client, Lookout.Watch watch, Errand errand) {
        FarConnection far = null;
        boolean isAgreed = false;
        try {
            watch.endsWithin(lookout.handshake());
            far = connections.fresh(errand.far(), errand.layer());
            watch.over(far);
            HeadWriter answer = asked.with(far, errand);
            watch.endsWithin(Duration.ZERO);
            client.write(answer.bytes(), 0, answer.length());
            isAgreed = true;
            return far;
        } catch (ClientWire.ClientGone gone) {
            // There is nobody to tell.
        } catch (IOException | IllegalArgumentException failure) {
            tell(errand, Level.WARNING, failure);
            PlainAnswer.refuse(client, Status.BAD_GATEWAY_502);
        } finally {
            if (!isAgreed && far != null) {
                far.close();
            }
        }
        return null;
    }

    /** What is under way: exchanges, and buffers that are lent to them. */
    int exchanges() {
        return lookout.size() + buffers.lent();
    }

    @PreDestroy
    void close() {
        lookout.close();
        quiet.close();
        connections.closeAll();
    }

    private void spooled(ServerRequest request, ServerResponse response, Errand errand, RequestBody body) {
        Optional<Spool> whole;
        try (Lookout.Watch watch = lookout.watch(ClientWire.of(response))) {
            watch.clientEndsWithin(lookout.body());
            whole = Spool.of(body);
        } catch (ClientWire.ClientGone gone) {
            throw new CloseConnectionException("The client went away", gone);
        } catch (IOException failure) {
            LOG.log(Level.WARNING, "A request's body could not be held", failure);
            PlainAnswer.send(body, response, Status.SERVICE_UNAVAILABLE_503);
            return;
        }
        if (whole.isEmpty()) {
            PlainAnswer.sendLast(body, response, Status.REQUEST_ENTITY_TOO_LARGE_413);
            return;
        }
        try (Spool spool = whole.get()) {
            exchange(request, response, errand, body, Outgoing.of(spool));
        } catch (IOException failure) {
            throw new CloseConnectionException("A spool could not be closed", failure);
        }
    }

    private void exchange(
            ServerRequest request, ServerResponse response, Errand errand, RequestBody body, Outgoing outgoing) {
        String method = request.prologue().method().text();
        HeadWriter head;
        try {
            head = Exchange.head(errand, method, outgoing);
        } catch (IllegalArgumentException unsendable) {
            PlainAnswer.sendLast(body, response, Status.BAD_REQUEST_400);
            return;
        }
        ClientWire client = ClientWire.of(response);
        boolean isLast = ClientWire.isLast(request);
        try (Lookout.Watch watch = lookout.watch(client);
                Exchange exchange = new Exchange(connections, buffers, watch, client, errand, method, outgoing)) {
            watch.endsWithin(errand.limit());
            try {
                exchange.run(head, isLast);
            } catch (IOException failure) {
                fail(exchange, watch, errand, failure);
                refuse(exchange, watch, body, response);
                return;
            }
            client.answered();
            if (!watch.leavesClient() || !exchange.endsUpload(lookout.farewell()) || isLast) {
                throw new CloseConnectionException("The connection serves no other request");
            }
        }
    }

    /** Returns when the client can still be told. */
    private static void fail(Exchange exchange, Lookout.Watch watch, Errand errand, IOException failure) {
        if (tellWhy(exchange, watch, errand, failure) || exchange.hasBegun()) {
            throw new CloseConnectionException("The exchange broke", failure);
        }
    }

    /** @return whether it was the client */
    private static boolean tellWhy(Exchange exchange, Lookout.Watch watch, Errand errand, Exception failure) {
        boolean isClients =
                failure instanceof ClientWire.ClientGone || watch.clientHasGone() || exchange.isClientsFault();
        tell(errand, isClients ? Level.FINE : Level.WARNING, failure);
        return isClients;
    }

    private static void tell(Errand errand, Level level, Exception failure) {
        LOG.log(
                level,
                () -> "A relay to " + errand.far().getHostString() + ":"
                        + errand.far().getPort() + " broke: " + failure.getMessage());
    }

    private void refuse(Exchange exchange, Lookout.Watch watch, RequestBody body, ServerResponse response) {
        boolean isClientFree = watch.leavesClient();
        if (exchange.endsUpload(Duration.ZERO) && isClientFree) {
            PlainAnswer.send(body, response, Status.BAD_GATEWAY_502);
            return;
        }
        PlainAnswer.write(response.header(HeaderValues.CONNECTION_CLOSE), Status.BAD_GATEWAY_502);
        exchange.endsUpload(lookout.farewell());
        throw new CloseConnectionException("The connection serves no other request");
    }
}
