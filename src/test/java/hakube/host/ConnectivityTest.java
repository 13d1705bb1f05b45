package hakube.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.testing.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether there is internet, against a real server on this machine. */
class ConnectivityTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Events events = new Events();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong now = new AtomicLong(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile int status = 200;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/online.txt", exchange -> {
            asked.incrementAndGet();
            assertEquals("HEAD", exchange.getRequestMethod());
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.createContext("/silent", exchange -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 404, 500})
    void everyAnswerIsOneOfTheInternet(int answer) {
        status = answer;
        Connectivity connectivity = of("/online.txt", LIMIT);
        connectivity.check();

        assertEquals(1, asked.get());
        assertTrue(connectivity.isThere());
    }

    @Test
    void nobodyWhoListensIsNoInternet() {
        Connectivity connectivity = of("/online.txt", LIMIT);
        server.stop(0);
        connectivity.check();

        assertFalse(connectivity.isThere());
    }

    @Test
    void silenceIsNoInternet() throws Exception {
        Connectivity connectivity = of("/silent", Duration.ofMillis(200));
        connectivity.check();

        Eventually.holds("the check gives up", LIMIT, () -> !connectivity.isThere());
    }

    @Test
    void onlyAChangeIsTold() throws IOException {
        List<SupervisorEvent> told = new CopyOnWriteArrayList<>();
        events.listen(told::add);
        Connectivity connectivity = of("/online.txt", LIMIT);
        connectivity.check();
        assertEquals(List.of(), told);
        int port = server.getAddress().getPort();
        server.stop(0);
        connectivity.check();
        connectivity.check();
        assertEquals(List.of(new SupervisorEvent.InternetChanged(false)), told);

        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/online.txt", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        connectivity.check();
        assertEquals(new SupervisorEvent.InternetChanged(true), told.getLast());
    }

    @Test
    void thereIsInternetUntilALookSaysOtherwise() {
        assertTrue(of("/silent", LIMIT).isThere());
    }

    @Test
    void withoutAnAddressNobodyIsAsked() {
        Connectivity connectivity = new Connectivity(Optional.empty(), events, LIMIT, now::get);
        connectivity.begin(new Object());
        events.fire(new SupervisorEvent.SupervisorStateChanged("startup"));
        connectivity.check();

        assertTrue(connectivity.isThere());
    }

    @Test
    void itIsAskedAsSoonAsTheApiOpens() throws Exception {
        of("/online.txt", LIMIT).begin(new Object());
        events.fire(new SupervisorEvent.SupervisorStateChanged("setup"));
        events.fire(new SupervisorEvent.SupervisorStateChanged("startup"));
        events.fire(new SupervisorEvent.SupervisorStateChanged("running"));

        Eventually.holds("the server is asked", LIMIT, () -> asked.get() == 1);
    }

    @Test
    void aGoodAnswerLastsTenMinutes() throws Exception {
        Connectivity connectivity = of("/online.txt", LIMIT);
        connectivity.check();
        now.addAndGet(Duration.ofMinutes(10).toNanos());
        connectivity.isThere();
        assertEquals(1, asked.get());

        now.addAndGet(1);
        connectivity.isThere();
        Eventually.holds("the server is asked again", LIMIT, () -> asked.get() == 2);
    }

    @Test
    void internetThatComesBackIsSeen() throws Exception {
        int port = server.getAddress().getPort();
        Connectivity connectivity = of("/online.txt", LIMIT);
        server.stop(0);
        connectivity.check();
        serveAgain(port);
        assertFalse(connectivity.isThere());

        now.addAndGet(Duration.ofSeconds(6).toNanos());
        Eventually.holds("internet is back", LIMIT, connectivity::isThere);
    }

    private void serveAgain(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/online.txt", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    private Connectivity of(String path, Duration limit) {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return new Connectivity(Optional.of(address), events, limit, now::get);
    }
}
