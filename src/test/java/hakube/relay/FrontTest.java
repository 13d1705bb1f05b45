package hakube.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Eventually;
import hakube.testing.LoopbackApp;
import hakube.testing.RawHttp;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The front before a real server: what it carries itself, and what it leaves to a thread. */
class FrontTest extends FrontCase {

    @Test
    void noThreadWaitsForAnAppThatThinks() throws Exception {
        try (RelayHouse house = RelayHouse.fronted();
                Socket client = connect(house)) {
            SlowApp slow = SlowApp.of(house);
            send(client, PLAIN.formatted("slow"));
            slow.isAsked(1);
            assertEquals(List.of(), serving());
            slow.answer();
            assertTrue(until(client, "after all").startsWith("HTTP/1.1 200 "));
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
        try (RelayHouse house = RelayHouse.fronted();
                Socket client = connect(house)) {
            SlowApp slow = SlowApp.of(house);
            send(client, PLAIN.formatted("slow"));
            slow.isAsked(1);
            send(client, PLAIN.formatted("next"));
            // So that it is read before the answer comes.
            Thread.sleep(100);
            slow.answer();
            until(client, "after all, /slow");
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
        try (RelayHouse house = RelayHouse.fronted()) {
            SlowApp slow = SlowApp.of(house);
            for (int i = 0; i < 100; i++) {
                Socket client = connect(house);
                clients.add(client);
                send(client, PLAIN.formatted("slow?" + i + "."));
            }
            slow.isAsked(100);
            assertEquals(List.of(), serving());
            slow.answer();
            for (int i = 0; i < 100; i++) {
                until(clients.get(i), "/slow?" + i + ".");
            }
            for (Socket client : clients) {
                client.close();
            }
            house.awaitNothingHeld();
        }
    }
}
