package hakube.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An app's web server, written by hand so that it can do all that no server should. It answers by path; where a test has said nothing, with
 * the head of the request as text.
 */
public final class LoopbackApp implements Closeable {

    private final ServerSocket server;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Script otherwise = LoopbackApp::echo;

    /** How a path is answered. The connection serves another request afterwards, unless it was closed. */
    public interface Script {
        void serve(Request request, Wire wire) throws IOException;
    }

    /** Both directions of a connection. */
    public record Wire(Socket socket, InputStream in, OutputStream out) {

        public void say(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        public void say(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        public void close() throws IOException {
            socket.close();
        }
    }

    /** @param head request line and headers as they came, without the empty line */
    public record Request(String method, String target, List<String> head) {

        /** All values of a header. */
        public List<String> all(String name) {
            return head.stream()
                    .skip(1)
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .toList();
        }

        public Optional<String> first(String name) {
            return all(name).stream().findFirst();
        }
    }

    private LoopbackApp(ServerSocket server) {
        this.server = server;
    }

    /** @param port 0 for any */
    public static LoopbackApp listen(String address, int port) throws IOException {
        ServerSocket server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port), 1024);
        LoopbackApp app = new LoopbackApp(server);
        Thread.ofVirtual().name("loopback-app").start(app::accept);
        return app;
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /** From now on that path, without a query, is answered so. */
    public void on(String path, Script script) {
        scripts.put(path, script);
    }

    /** From now on every path about which nothing was said is answered so. */
    public void otherwise(Script script) {
        otherwise = script;
    }

    /** All connections end; new ones are taken. */
    public void dropAll() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** How many connections were made to it so far. */
    public int connections() {
        return connections.get();
    }

    /** How many connections are open now. */
    public int open() {
        return open.size();
    }

    @Override
    public void close() throws IOException {
        server.close();
        dropAll();
    }

    /** The body of a request, by its length or in chunks. */
    public static byte[] body(Request request, Wire wire) throws IOException {
        if (request.first("transfer-encoding").isPresent()) {
            var whole = new ByteArrayOutputStream();
            for (int size = Integer.parseInt(line(wire.in), 16); size > 0; size = Integer.parseInt(line(wire.in), 16)) {
                whole.write(wire.in.readNBytes(size));
                line(wire.in);
            }
            line(wire.in);
            return whole.toByteArray();
        }
        return wire.in.readNBytes(
                request.first("content-length").map(Integer::parseInt).orElse(0));
    }

    /** A plain answer. */
    public static String answer(String text, String... headers) {
        StringBuilder answer = new StringBuilder("HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n");
        for (String header : headers) {
            answer.append(header).append("\r\n");
        }
        return answer + "\r\n" + text;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().name("loopback-app-connection").start(() -> serve(socket));
            } catch (IOException end) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Wire wire = new Wire(socket, new BufferedInputStream(socket.getInputStream()), socket.getOutputStream());
            while (!socket.isClosed()) {
                Optional<Request> request = read(wire.in);
                if (request.isEmpty()) {
                    return;
                }
                String path = request.get().target().replaceFirst("\\?.*", "");
                scripts.getOrDefault(path, otherwise).serve(request.get(), wire);
            }
        } catch (IOException | UncheckedIOException end) {
            // The other side went away, or a script ended it.
        } finally {
            open.remove(socket);
        }
    }

    private static void echo(Request request, Wire wire) throws IOException {
        body(request, wire);
        wire.say(answer(String.join("\n", request.head()), "Content-Type: text/plain"));
    }

    private static Optional<Request> read(InputStream in) throws IOException {
        List<String> head = new ArrayList<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            head.add(line);
        }
        if (head.isEmpty()) {
            return Optional.empty();
        }
        String[] first = head.getFirst().split(" ", -1);
        return Optional.of(new Request(first[0], first[1], head));
    }

    /** Null at the end. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }
}
