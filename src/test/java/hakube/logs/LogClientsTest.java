package hakube.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.testing.Eventually;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients of a followed log that are slow, or leave: the far side's stream goes with them, and nothing piles up. */
@HelidonTest
@AddBean(LogHouse.class)
@AddConfig(key = "management.port", value = "0")
class LogClientsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What the buffers of two kernels may hold between server and client, and a little more. */
    private static final long MOST_ON_ITS_WAY = 16L << 20;

    private final WebTarget target;
    private final FakeCluster cluster;
    private final State state;
    private final Logs logs;
    private final Complaints complaints = new Complaints();

    @Inject
    LogClientsTest(WebTarget target, Cluster cluster, State state, Logs logs) {
        this.target = target;
        this.cluster = (FakeCluster) cluster;
        this.state = state;
        this.logs = logs;
    }

    @BeforeEach
    void open() {
        state.enter(SupervisorState.RUNNING);
        cluster.put(Kind.POD, LogHouse.corePod());
        Logger.getLogger("").addHandler(complaints);
    }

    @AfterEach
    void nobodyIsLeft() throws Exception {
        Eventually.holds("nobody follows", PATIENCE, () -> logs.followers() == 0);
        Logger.getLogger("").removeHandler(complaints);
        assertEquals(List.of(), complaints.told);
    }

    @Test
    void whoLeavesASilentLogEndsItsStream() throws Exception {
        LogTap tap = tap(LogTap.silentAfter("one", "two"));
        try (Socket client = follow("/core/logs/follow")) {
            BufferedReader answer = reader(client);
            assertEquals("HTTP/1.1 200 OK", answer.readLine());
            assertEquals("one", lineOf(answer, "one"));
            assertEquals("two", lineOf(answer, "two"));
            assertFalse(tap.isClosed());
        }
        Eventually.holds("the stream is closed", PATIENCE, tap::isClosed);
    }

    @Test
    void whoLeavesBeforeTheFirstLineEndsItsStream() throws Exception {
        LogTap tap = tap(LogTap.silentAfter());
        try (Socket client = follow("/core/logs/follow")) {
            Eventually.holds("its first line is waited for", PATIENCE, tap::isAwaited);
            assertEquals(1, logs.followers());
            assertTrue(client.isConnected());
        }
        Eventually.holds("the stream is closed", PATIENCE, tap::isClosed);
    }

    @Test
    void whoLeavesBeforeThereIsAContainerIsNotWaitedFor() throws Exception {
        cluster.remove(Kind.POD, LogHouse.POD);
        try (Socket client = follow("/core/logs/follow")) {
            Eventually.holds("it is followed", PATIENCE, () -> logs.followers() == 1);
            assertTrue(client.isConnected());
        }
        Eventually.holds("nobody follows", PATIENCE, () -> logs.followers() == 0);
    }

    @Test
    void whoReadsNothingMakesTheSourceWait() throws Exception {
        LogTap tap = tap(LogTap.endless("a line that comes again and again, as fast as somebody takes it"));
        try (Socket client = follow("/core/logs/follow")) {
            Eventually.holds("the source waits", PATIENCE, new Stalled(tap));
            assertTrue(tap.taken() < MOST_ON_ITS_WAY, tap.taken() + " bytes were read for nobody");
            assertTrue(client.isConnected());
        }
        Eventually.holds("the stream is closed", PATIENCE, tap::isClosed);
    }

    @Test
    void whoReadsNothingOfAWholeLogMakesTheSourceWaitToo() throws Exception {
        LogTap tap = tap(LogTap.endless("a line that comes again and again, as fast as somebody takes it"));
        try (Socket client = follow("/core/logs/latest")) {
            Eventually.holds("the source waits", PATIENCE, new Stalled(tap));
            assertTrue(tap.taken() < MOST_ON_ITS_WAY, tap.taken() + " bytes were read for nobody");
            assertTrue(client.isConnected());
        }
        Eventually.holds("the stream is closed", PATIENCE, tap::isClosed);
    }

    @Test
    void aConnectionThatFollowedServesNothingElse() throws IOException {
        tap(LogTap.silentAfter("one"));
        try (Socket client = follow("/core/logs/follow")) {
            BufferedReader answer = reader(client);
            List<String> headers = headers(answer);
            assertTrue(headers.contains("Connection: close"), headers::toString);
        }
    }

    @Test
    void soManyAtMostFollow() throws Exception {
        tap(LogTap.silentAfter());
        List<Socket> clients = new ArrayList<>();
        try {
            for (int client = 1; client <= 32; client++) {
                clients.add(follow("/core/logs/follow"));
            }
            Eventually.holds("all follow", PATIENCE, () -> logs.followers() == 32);
            try (Socket late = follow("/core/logs/follow")) {
                BufferedReader answer = reader(late);
                assertEquals("HTTP/1.1 503 Service Unavailable", answer.readLine());
                headers(answer);
                String message = "Too many logs are followed already, at most 32 are: close one first";
                char[] body = new char[message.length()];
                assertEquals(body.length, answer.read(body));
                assertEquals(message, new String(body));
            }
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    private LogTap tap(LogTap tap) {
        cluster.logs(LogHouse.POD, () -> tap);
        return tap;
    }

    private Socket follow(String path) throws IOException {
        Socket client = new Socket();
        client.setReceiveBufferSize(4096);
        client.setSoTimeout((int) PATIENCE.toMillis());
        client.connect(
                new InetSocketAddress(target.getUri().getHost(), target.getUri().getPort()));
        client.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\nX-Supervisor-Token: " + LogHouse.TOKEN + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private static BufferedReader reader(Socket client) throws IOException {
        return new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
    }

    private static List<String> headers(BufferedReader answer) throws IOException {
        List<String> headers = new ArrayList<>();
        for (String line = answer.readLine(); !line.isEmpty(); line = answer.readLine()) {
            headers.add(line);
        }
        return headers;
    }

    /** Passes over headers and sizes of chunks. */
    private static String lineOf(BufferedReader answer, String wanted) throws IOException {
        String line = answer.readLine();
        while (!line.equals(wanted)) {
            line = answer.readLine();
        }
        return line;
    }

    /** Whether nothing was taken between two looks, one after the other. */
    private static final class Stalled implements Eventually.Question<RuntimeException> {

        private static final int LOOKS = 10;

        private final LogTap tap;
        private long before;
        private int unchanged;

        Stalled(LogTap tap) {
            this.tap = tap;
        }

        @Override
        public boolean isYes() {
            long now = tap.taken();
            unchanged = now > 0 && now == before ? unchanged + 1 : 0;
            before = now;
            return unchanged >= LOOKS;
        }
    }

    /** What the log of the Supervisor would be full of. */
    private static final class Complaints extends Handler {

        private final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
                told.add(record.getLoggerName() + ": " + record.getMessage() + " " + record.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
