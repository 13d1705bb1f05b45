package hakube.kubernetes;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An API server that knows one thing: to be asked for a WebSocket (RFC 6455). What it then does, right or wrong, is up to the
 * test. Speaks HTTP without TLS.
 */
final class ChannelServer implements AutoCloseable {

    static final int BINARY = 2;
    static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private static final int TEXT = 1;
    private static final int LAST = 0x80;
    private static final int MASKED = 0x80;
    private static final int SHORT = 126;
    private static final int LONG = 127;
    private static final String KEY = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final Future<?> talk;

    /** @param talk what is done with the first connection */
    ChannelServer(Talk talk) throws IOException {
        this.talk = threads.submit(() -> {
            Socket socket = listening.accept();
            sockets.add(socket);
            talk.with(new Peer(socket));
            return null;
        });
    }

    /** Waits until the talk has ended, and fails with what it failed with. */
    void awaitEnd() throws InterruptedException, TimeoutException {
        try {
            talk.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw new AssertionError(failure.getCause());
        }
    }

    /** Leads here, with token {@code a-token}. */
    Path kubeconfig(Path folder) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: here
                clusters: [{name: here, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: here, user: {token: a-token}}]
                contexts: [{name: here, context: {cluster: here, user: here}}]
                """.formatted(listening.getLocalPort()));
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }

    interface Talk {
        void with(Peer client) throws Exception;
    }

    /** @param data without mask */
    record Frame(int kind, byte[] data) {

        int channel() {
            return data[0] & 0xff;
        }

        String text() {
            return new String(data, 1, data.length - 1, StandardCharsets.UTF_8);
        }
    }

    /** The one who asked. */
    static final class Peer {

        private final Socket socket;
        private final DataInputStream in;
        private final OutputStream out;
        private final String head;

        private Peer(Socket socket) throws IOException {
            this.socket = socket;
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            out = socket.getOutputStream();
            head = readHead();
        }

        /** Request line and headers. */
        String head() {
            return head;
        }

        /** @param protocol the chosen sub-protocol */
        void accept(String protocol) throws IOException, GeneralSecurityException {
            String key = head.lines()
                    .filter(line -> line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18))
                    .map(line -> line.substring(18).strip())
                    .findFirst()
                    .orElseThrow();
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + KEY).getBytes(StandardCharsets.US_ASCII));
            write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Protocol: " + protocol + "\r\nSec-WebSocket-Accept: "
                    + Base64.getEncoder().encodeToString(hash) + "\r\n\r\n");
        }

        /** A whole answer that is no WebSocket. */
        void answer(int status, String body) throws IOException {
            int length = body.getBytes(StandardCharsets.UTF_8).length;
            write("HTTP/1.1 " + status + " Any\r\nContent-Length: " + length + "\r\n\r\n" + body);
        }

        /** The beginning of a refusal whose body never ends. */
        void answerEndlessly() throws IOException {
            write("HTTP/1.1 500 Any\r\nContent-Length: 1000\r\n\r\n{");
        }

        /** Ends the connection without a word. */
        void hangUp() throws IOException {
            socket.close();
        }

        void send(int channel, String text) throws IOException {
            send(channel, text.getBytes(StandardCharsets.UTF_8));
        }

        void send(int channel, byte[] bytes) throws IOException {
            frame(
                    BINARY,
                    ByteBuffer.allocate(bytes.length + 1)
                            .put((byte) channel)
                            .put(bytes)
                            .array());
        }

        void sendText(String text) throws IOException {
            frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
        }

        /** The orderly end, with code 1000. */
        void sendClose() throws IOException {
            frame(CLOSE, new byte[] {(byte) (1000 >> 8), (byte) 1000});
        }

        /** Returns when the client has answered a ping: it reads. */
        void awaitReader() throws IOException {
            frame(PING, new byte[0]);
            Frame answer = receive();
            if (answer.kind() != PONG) {
                throw new IOException("no pong, but " + answer.kind());
            }
        }

        Frame receive() throws IOException {
            int kind = in.readUnsignedByte() & ~LAST;
            int length = in.readUnsignedByte() & ~MASKED;
            if (length == SHORT) {
                length = in.readUnsignedShort();
            } else if (length == LONG) {
                length = (int) in.readLong();
            }
            byte[] mask = in.readNBytes(4);
            byte[] data = in.readNBytes(length);
            for (int at = 0; at < data.length; at++) {
                data[at] ^= mask[at % 4];
            }
            return new Frame(kind, data);
        }

        /** Returns when the client has ended the connection, in whatever way. */
        void awaitGone() {
            try {
                while (in.read() >= 0) {
                    // What it still says does not matter.
                }
            } catch (IOException reset) {
                // Gone all the same.
            }
        }

        private String readHead() throws IOException {
            StringBuilder read = new StringBuilder();
            while (read.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException(read.toString());
                }
                read.append((char) next);
            }
            return read.toString();
        }

        private void frame(int kind, byte[] data) throws IOException {
            ByteBuffer frame = ByteBuffer.allocate(data.length + 10).put((byte) (LAST | kind));
            if (data.length < SHORT) {
                frame.put((byte) data.length);
            } else {
                frame.put((byte) LONG).putLong(data.length);
            }
            frame.put(data);
            out.write(frame.array(), 0, frame.position());
            out.flush();
        }

        private void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
