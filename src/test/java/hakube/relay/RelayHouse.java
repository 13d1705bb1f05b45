package hakube.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.front.FrontedServer;
import hakube.front.RequestHead;
import hakube.front.ServedConnection;
import hakube.testing.Eventually;
import hakube.testing.LiveThreads;
import hakube.testing.LoopbackApp;
import hakube.testing.RawHttp;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The real server with nothing but a relay on it, which looks after what waits more often than usual, and an app. */
final class RelayHouse implements AutoCloseable {

    static final Lookout.Limits QUICK = new Lookout.Limits(
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofSeconds(4),
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            Duration.ofMillis(50));

    /** Asks often, and gives a busy machine the time to answer. */
    private static final Pulse.Times PULSE =
            new Pulse.Times(Eventually.SOON, Duration.ofMillis(100), Eventually.SOON, Eventually.SOON);

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final long LARGEST_MESSAGE = 64 * 1024;

    final LoopbackApp app = LoopbackApp.listen("127.0.0.1", 0);
    final AtomicInteger mediatorsClosed = new AtomicInteger();
    final HttpRelay relay;
    private final AtomicReference<InetSocketAddress> far = new AtomicReference<>(app.address());
    private final int port;
    private final AutoCloseable server;
    private volatile boolean streams;
    private volatile boolean mediates;
    private volatile Duration limit = Duration.ZERO;

    RelayHouse() throws IOException {
        this(PULSE);
    }

    RelayHouse(Pulse.Times pulse) throws IOException {
        relay = new HttpRelay(QUICK, pulse);
        WebServer alone = config().build().start();
        port = alone.port();
        server = alone::stop;
    }

    private RelayHouse(HttpRelay behind, Consumer<WebServerConfig.Builder> change) throws IOException {
        relay = behind;
        WebServerConfig.Builder config = config();
        change.accept(config);
        FrontedServer fronted = FrontedServer.start(config, this::shortcut, relay);
        port = fronted.port();
        server = fronted;
    }

    /** With the front before the server, where plain requests are carried on. */
    static RelayHouse fronted() throws IOException {
        return fronted(config -> {});
    }

    /** @param change of the server */
    static RelayHouse fronted(Consumer<WebServerConfig.Builder> change) throws IOException {
        return new RelayHouse(new HttpRelay(QUICK, PULSE), change);
    }

    private WebServerConfig.Builder config() {
        return WebServer.builder()
                .host("127.0.0.1")
                .address(InetAddress.ofLiteral("127.0.0.1"))
                .port(0)
                .shutdownHook(false)
                .connectionOptions(options -> options.tcpNoDelay(true))
                .routing(routing -> routing.addFilter((chain, request, response) -> serve(request, response)));
    }

    private Optional<Errand> shortcut(RequestHead request, String peer) {
        return limit.isZero()
                ? Optional.of(errand(request.path(), request.query(), request.fields()))
                : Optional.empty();
    }

    /** Whether bodies of any length pass from now on. */
    RelayHouse streams(boolean yes) {
        streams = yes;
        return this;
    }

    /** From now on all of an exchange must be over within that time. */
    RelayHouse limit(Duration whole) {
        limit = whole;
        return this;
    }

    /** From now on it stands between the sides of a WebSocket. */
    RelayHouse mediates() {
        mediates = true;
        return this;
    }

    void leadTo(InetSocketAddress address) {
        far.set(address);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    RawHttp client() {
        return new RawHttp(uri());
    }

    /** Waits until nothing is held for any exchange, no thread either, but for connections at rest that can serve another one. */
    void awaitNothingHeld() throws Exception {
        Eventually.holds("nothing is held", DEADLINE, () -> relay.exchanges() == 0);
        Eventually.holds("no thread is left", DEADLINE, () -> threads().isEmpty());
    }

    /** As {@link #awaitNothingHeld}, connections at rest included, which are ended by and by; then it is closed. */
    void closeWhenNothingIsLeft() throws Exception {
        awaitNothingHeld();
        Eventually.holds("no connection is left", DEADLINE, () -> app.open() == 0);
        close();
    }

    /** The text for which the frontend waits. */
    static void assertBadGateway(RawHttp.Answer answer) {
        assertEquals(502, answer.status());
        assertEquals("502: Bad Gateway", answer.body());
        assertEquals("text/plain; charset=utf-8", answer.headers().get("content-type"));
    }

    /** Those that serve exchanges, by name. */
    List<String> threads() throws IOException {
        return LiveThreads.named("relay-").stream()
                .filter(name -> !name.equals("relay-lookout") && !name.equals("relay-quiet"))
                .toList();
    }

    private Errand errand(String path, String query, List<Field> received) {
        HopByHop hops = HopByHop.of(received);
        return new Errand(
                far.get(),
                Layer.NONE,
                path + (query.isEmpty() ? "" : "?" + query),
                received.stream()
                        .filter(field -> !hops.has(field) && !WebSocketHandshake.has(field))
                        .filter(field -> !field.is("content-length") && !field.is("expect"))
                        .toList(),
                streams,
                limit,
                answer -> answer.fields().stream()
                        .filter(field -> !HopByHop.of(answer.fields()).has(field) && !field.is("content-length"))
                        .toList());
    }

    private void serve(RoutingRequest request, RoutingResponse response) {
        List<Field> received = Received.fields(request.headers());
        Errand errand = errand(
                request.prologue().uriPath().rawPath(),
                request.prologue().query().rawValue(),
                received);
        if (mediates) {
            relay.mediate(request, response, new Words(errand, mediatorsClosed));
        } else if (WebSocketHandshake.isAskedFor(request.prologue().method().text(), received)) {
            relay.webSocket(request, response, errand, LARGEST_MESSAGE);
        } else {
            relay.relay(request, response, errand);
            if (!request.content().hasEntity()) {
                ServedConnection.mayGoBack();
            }
        }
    }

    /** The client says who it is, and the app asks for another word; what has the word no does not pass. */
    private record Words(Errand errand, AtomicInteger closed) implements Mediator {
        @Override
        public Errand admit(Talk client) throws IOException {
            client.say("who?");
            if (!client.hear().equals("me")) {
                throw new IOException("not known");
            }
            return errand;
        }

        @Override
        public void logIn(Talk far) throws IOException {
            far.say("us");
            if (!far.hear().equals("welcome")) {
                throw new IOException("not welcome");
            }
        }

        @Override
        public List<String> objections(String text) {
            return text.contains("no") ? List.of("no!") : List.of();
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            server.close();
        } catch (Exception failure) {
            throw new IOException(failure);
        }
        relay.close();
        app.close();
    }
}
