package hakube.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Eventually;
import hakube.testing.LiveThreads;
import hakube.testing.LoopbackApp;
import hakube.testing.RawHttp;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The front before a real server: what it carries itself, what it leaves to a thread, and when that ends. */
class FrontTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String PLAIN = "GET /%s HTTP/1.1\r\nHost: x\r\n\r\n";

    /** Threads that serve connections which the front has accepted. */
    private static List<String> serving() throws IOException {
        return LiveThreads.named("[api ").stream()
                .filter(name -> name.endsWith("WebServer socket"))
                .toList();
    }

    private static Socket connect(RelayHouse house) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(2048);
        socket.connect(new InetSocketAddress("127.0.0.1", house.uri().getPort()));
        socket.setSoTimeout((int) DEADLINE.toMillis());
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Up to and with that text. */
    private static String until(Socket socket, String end) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int next = in.read();
            assertTrue(next >= 0, () -> "ended after " + read);
            read.append((char) next);
        }
        return read.toString();
    }

    @Test
    void noThreadWaitsForAnAppThatThinks() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch thought = new CountDownLatch(1);
        try (RelayHouse house = RelayHouse.fronted();
                Socket client = connect(house)) {
            house.app.on("/slow", (request, wire) -> {
                asked.countDown();
                Eventually.opens("the app has thought", thought);
                wire.say(LoopbackApp.answer("done"));
            });
            send(client, PLAIN.formatted("slow"));
            Eventually.opens("the app is asked", asked);
            assertEquals(List.of(), serving());
            thought.countDown();
            assertTrue(until(client, "done").startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void aStreamHasAThreadAndLeavesItAtItsEnd() throws Exception {
        CountDownLatch half = new CountDownLatch(1);
        try (RelayHouse house = RelayHouse.fronted();
                Socket client = connect(house)) {
            house.app.on("/stream", (request, wire) -> {
                wire.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
                Eventually.opens("the second half", half);
                wire.say("3\r\ntwo\r\n0\r\n\r\n");
            });
            send(client, PLAIN.formatted("stream"));
            until(client, "one\r\n");
            assertEquals(1, serving().size());
            half.countDown();
            until(client, "two\r\n0\r\n\r\n");
            Eventually.holds("the thread has ended", DEADLINE, () -> serving().isEmpty());
            send(client, PLAIN.formatted("after"));
            assertTrue(until(client, "Host: x").contains("GET /after HTTP/1.1"));
        }
    }

    /** As of a client that has sent a body: it goes on with plain requests. */
    @Test
    void aConnectionOfTheServersComesBackAfterAPlainRequest() throws Exception {
        try (RelayHouse house = RelayHouse.fronted();
                RawHttp client = house.client()) {
            assertEquals(
                    200,
                    client.send("POST", "/", "body".getBytes(StandardCharsets.US_ASCII))
                            .status());
            assertEquals(1, serving().size());
            assertEquals(200, client.send("GET", "/").status());
            Eventually.holds("the thread has ended", DEADLINE, () -> serving().isEmpty());
            assertEquals(200, client.send("GET", "/").status());
            assertEquals(List.of(), serving());
        }
    }

    @Test
    void aRequestMayComeInPieces() throws Exception {
        try (RelayHouse house = RelayHouse.fronted();
                Socket client = connect(house)) {
            client.setTcpNoDelay(true);
            for (String piece : PLAIN.formatted("pieces").split("(?<=.)", -1)) {
                send(client, piece);
                Thread.sleep(1);
            }
            assertTrue(until(client, "Host: x").contains("GET /pieces HTTP/1.1"));
        }
    }

    @Test
    void requestsThatComeTogetherAreAnsweredInTheirOrder() throws Exception {
        try (RelayHouse house = RelayHouse.fronted();
                Socket client = connect(house)) {
            send(client, PLAIN.formatted("one") + PLAIN.formatted("two"));
            String answers = until(client, "GET /two");
            assertTrue(answers.indexOf("GET /one") < answers.indexOf("GET /two"), answers);
        }
    }

    @Test
    void aRequestThatComesBeforeTheAnswerToAnotherIsServedAfterIt() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch thought = new CountDownLatch(1);
        try (RelayHouse house = RelayHouse.fronted();
                Socket client = connect(house)) {
            house.app.on("/slow", (request, wire) -> {
                asked.countDown();
                Eventually.opens("the app has thought", thought);
                wire.say(LoopbackApp.answer("slow one"));
            });
            send(client, PLAIN.formatted("slow"));
            Eventually.opens("the app is asked", asked);
            send(client, PLAIN.formatted("next"));
            // So that it is read before the answer comes.
            Thread.sleep(100);
            thought.countDown();
            until(client, "slow one");
            until(client, "GET /next");
        }
    }

    /** The kernel takes less of it than it has, and others are answered meanwhile. */
    @Test
    void aClientThatReadsLateGetsItsAnswerWhole() throws Exception {
        String text = "x".repeat(30_000);
        try (RelayHouse house = RelayHouse.fronted(
                        config -> config.connectionOptions(options -> options.socketSendBufferSize(2048)));
                Socket client = connect(house);
                RawHttp other = house.client()) {
            house.app.on("/large", (request, wire) -> wire.say(LoopbackApp.answer(text)));
            house.app.on("/other", (request, wire) -> wire.say(LoopbackApp.answer(text.replace('x', 'y'))));
            for (int round = 0; round < 3; round++) {
                send(client, PLAIN.formatted("large"));
                Thread.sleep(100);
                assertEquals(200, other.send("GET", "/other").status());
                assertEquals(List.of(), serving());
                until(client, "\r\n\r\n");
                byte[] read = client.getInputStream().readNBytes(text.length());
                assertEquals(text, new String(read, StandardCharsets.US_ASCII));
            }
        }
    }

    /** An app may end a connection while a request is on its way there. */
    @Test
    void aRequestThatAUsedConnectionDoesNotAnswerIsSentOnceMore() throws Exception {
        Set<Socket> used = ConcurrentHashMap.newKeySet();
        try (RelayHouse house = RelayHouse.fronted();
                RawHttp client = house.client()) {
            house.app.on("/once", (request, wire) -> {
                if (used.add(wire.socket())) {
                    wire.say(LoopbackApp.answer("fresh"));
                } else {
                    wire.close();
                }
            });
            for (int i = 0; i < 3; i++) {
                assertEquals("fresh", client.send("GET", "/once").body());
            }
            assertTrue(used.size() >= 3);
        }
    }

    /** It may have done what it was asked. */
    @Test
    void aRequestThatAFreshConnectionDoesNotAnswerIsNotSentAgain() throws Exception {
        try (RelayHouse house = RelayHouse.fronted();
                RawHttp client = house.client()) {
            house.app.on("/never", (request, wire) -> wire.close());
            RelayHouse.assertBadGateway(client.send("GET", "/never"));
            assertEquals(1, house.app.connections());
        }
    }

    @Test
    void aHundredConnectionsAreServedSideBySide() throws Exception {
        List<Socket> clients = new ArrayList<>();
        CountDownLatch asked = new CountDownLatch(100);
        CountDownLatch thought = new CountDownLatch(1);
        try (RelayHouse house = RelayHouse.fronted()) {
            house.app.on("/slow", (request, wire) -> {
                asked.countDown();
                Eventually.opens("the app has thought", thought);
                wire.say(LoopbackApp.answer(request.target()));
            });
            for (int i = 0; i < 100; i++) {
                Socket client = connect(house);
                clients.add(client);
                send(client, PLAIN.formatted("slow?" + i + "."));
            }
            Eventually.opens("the app is asked", asked);
            assertEquals(List.of(), serving());
            thought.countDown();
            for (int i = 0; i < 100; i++) {
                until(clients.get(i), "/slow?" + i + ".");
            }
            for (Socket client : clients) {
                client.close();
            }
            house.awaitNothingHeld();
        }
    }

    @Test
    void anIdleConnectionEnds() throws Exception {
        try (RelayHouse house = RelayHouse.fronted(config -> config.idleConnectionTimeout(Duration.ofMillis(500))
                        .idleConnectionPeriod(Duration.ofMillis(100)));
                RawHttp plain = house.client();
                RawHttp servers = house.client()) {
            assertEquals(200, plain.send("GET", "/").status());
            assertEquals(200, servers.send("POST", "/", new byte[1]).status());
            assertTrue(plain.isEnded());
            assertTrue(servers.isEnded());
        }
    }

    @Test
    void whatIsUnderWayAtTheEndIsAnswered() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch thought = new CountDownLatch(1);
        RelayHouse house = RelayHouse.fronted(config -> config.shutdownGracePeriod(DEADLINE));
        house.app.on("/slow", (request, wire) -> {
            asked.countDown();
            Eventually.opens("the app has thought", thought);
            wire.say(LoopbackApp.answer("done"));
        });
        try (Socket client = connect(house);
                RawHttp idle = house.client()) {
            assertEquals(200, idle.send("GET", "/").status());
            send(client, PLAIN.formatted("slow"));
            Eventually.opens("the app is asked", asked);
            Thread closing = Thread.ofVirtual().start(() -> assertClosed(house));
            Eventually.holds("nobody listens any more", DEADLINE, () -> isRefused(house));
            assertFalse(closing.join(Duration.ofMillis(200)));
            thought.countDown();
            until(client, "done");
            assertTrue(closing.join(DEADLINE));
            assertTrue(idle.isEnded());
            assertEquals(-1, client.getInputStream().read());
        }
    }

    @Test
    void whatAThreadServesAtTheEndIsAnswered() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch thought = new CountDownLatch(1);
        RelayHouse house = RelayHouse.fronted(config -> config.shutdownGracePeriod(DEADLINE));
        house.app.on("/slow", (request, wire) -> {
            LoopbackApp.body(request, wire);
            asked.countDown();
            Eventually.opens("the app has thought", thought);
            wire.say(LoopbackApp.answer("done"));
        });
        try (Socket client = connect(house)) {
            send(client, "POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx");
            Eventually.opens("the app is asked", asked);
            Thread closing = Thread.ofVirtual().start(() -> assertClosed(house));
            Eventually.holds("nobody listens any more", DEADLINE, () -> isRefused(house));
            thought.countDown();
            until(client, "done");
            assertTrue(closing.join(DEADLINE));
        }
    }

    /** One that would go on for days does not keep the process from its end. */
    @Test
    void whatDoesNotEndIsEnded() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        RelayHouse house = RelayHouse.fronted(config -> config.shutdownGracePeriod(DEADLINE));
        house.app.on("/stream", (request, wire) -> {
            wire.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
            Eventually.opens("the end of the test", never);
        });
        try (Socket client = connect(house)) {
            send(client, PLAIN.formatted("stream"));
            until(client, "one\r\n");
            Thread closing = Thread.ofVirtual().start(() -> assertClosed(house));
            assertTrue(closing.join(DEADLINE.dividedBy(2)));
            assertEquals(-1, client.getInputStream().read());
        } finally {
            never.countDown();
        }
    }

    private static void assertClosed(RelayHouse house) {
        try {
            house.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isRefused(RelayHouse house) {
        return assertThrows(IOException.class, () -> {
                    try (Socket client = connect(house)) {
                        throw new IOException("still there");
                    }
                })
                instanceof ConnectException;
    }
}
