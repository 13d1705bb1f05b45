package hakube.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hakube.testing.SelfSigned;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Core's own TLS, with a certificate that nobody signed and that is for another name. */
class CoreTlsTest {

    private static final int DEADLINE_MILLIS = 20_000;

    @TempDir
    private Path folder;

    private final CoreClient client = new CoreClient();

    @Test
    void aCertificateThatNobodySignedIsTaken() throws Exception {
        try (ServerSocket server =
                SelfSigned.in(folder).getServerSocketFactory().createServerSocket(0, 1, loopback())) {
            answer(server, 'x');
            try (Socket plain = dial(server);
                    Socket layered = client.tls().over(plain)) {
                layered.getOutputStream().write('x');
                assertEquals('y', layered.getInputStream().read());
            }
        }
    }

    @Test
    void whoSpeaksNoTlsIsNoCore() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, loopback())) {
            answer(server, 0x16);
            try (Socket plain = dial(server)) {
                assertThrows(IOException.class, () -> client.tls().over(plain));
            }
        }
    }

    /** A connection at rest is found by what lies upon it. */
    @Test
    void itIsAlwaysTheSame() {
        assertSame(client.tls(), client.tls());
    }

    /** One octet that is due, and one that is not TLS. */
    private static void answer(ServerSocket server, int due) {
        Thread.ofVirtual().start(() -> {
            try (Socket socket = server.accept()) {
                if (socket.getInputStream().read() == due) {
                    socket.getOutputStream().write('y');
                }
            } catch (IOException gone) {
                // The test sees that nothing comes.
            }
        });
    }

    private static Socket dial(ServerSocket server) throws IOException {
        Socket plain = new Socket(loopback(), server.getLocalPort());
        plain.setSoTimeout(DEADLINE_MILLIS);
        return plain;
    }

    private static InetAddress loopback() {
        return InetAddress.ofLiteral("127.0.0.1");
    }
}
