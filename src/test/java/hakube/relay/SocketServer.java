package hakube.relay;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server on a Unix socket, in place of Core: writes down the heads of requests and lets the test answer each. */
final class SocketServer implements AutoCloseable {

    private final ServerSocketChannel listener;
    private final Queue<String> heads = new ConcurrentLinkedQueue<>();
    private final Handler handler;

    /** Answers one request; may use the connection up. */
    interface Handler {
        void answer(String head, InputStream in, OutputStream out) throws Exception;
    }

    SocketServer(Path socket, Handler handler) throws IOException {
        this.handler = handler;
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::accept);
    }

    /** Those of all requests so far, first line and headers. */
    List<String> heads() {
        return List.copyOf(heads);
    }

    /** Sends a whole answer; the connection can go on. */
    static void send(OutputStream out, String status, String body) throws IOException {
        out.write(("HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel connection = listener.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(Channels.newInputStream(connection));
            OutputStream out = Channels.newOutputStream(connection);
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                heads.add(head);
                handler.answer(head, in, out);
            }
        } catch (Exception gone) {
            // Its client sees that the connection ends.
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.US_ASCII);
    }
}
