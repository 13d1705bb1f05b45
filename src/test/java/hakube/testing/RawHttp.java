package hakube.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One connection to a server, for requests that a proper client refuses to send. The bytes go out as they are given. After an answer that
 * ends the connection the next request opens a new one.
 */
public final class RawHttp implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final URI server;
    private Socket socket;
    private InputStream in;

    public RawHttp(URI server) {
        this.server = server;
    }

    /** @param headers names in lower case */
    public record Answer(int status, Map<String, String> headers, String body) {

        /** Without parameters. */
        public String type() {
            return headers.getOrDefault("content-type", "").replaceAll(";.*", "");
        }
    }

    /** What goes out; it may fail half-way when the server has heard enough, and its answer is read all the same. */
    public interface Sending {
        void to(OutputStream out) throws IOException;
    }

    /** Sends a request without a body. */
    public Answer send(String method, String target, String... headers) throws IOException {
        return send(head(method, target, headers) + "\r\n");
    }

    /** Sends a request with a body of known length. */
    public Answer send(String method, String target, byte[] body, String... headers) throws IOException {
        byte[] head = (head(method, target, headers) + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        return exchange(method, out -> {
            out.write(head);
            out.write(body);
        });
    }

    /** Sends exactly this text. */
    public Answer send(String request) throws IOException {
        byte[] bytes = request.getBytes(StandardCharsets.ISO_8859_1);
        return exchange(request.substring(0, Math.max(0, request.indexOf(' '))), out -> out.write(bytes));
    }

    /** Sends whatever that writes. */
    public Answer exchange(String method, Sending sending) throws IOException {
        boolean isFresh = socket == null;
        try {
            return once(method, sending);
        } catch (EOFException | SocketException e) {
            if (isFresh) {
                throw e;
            }
            // The server had ended the idle connection meanwhile.
            return once(method, sending);
        }
    }

    /** Request line and headers, without the empty line. */
    public static String head(String method, String target, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: x\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.toString();
    }

    private Answer once(String method, Sending sending) throws IOException {
        open();
        IOException broken = null;
        try {
            OutputStream out = socket.getOutputStream();
            sending.to(out);
            out.flush();
        } catch (IOException e) {
            broken = e;
        }
        try {
            return read(method);
        } catch (IOException e) {
            // What may still come would be taken for the next answer.
            close();
            if (broken != null) {
                e.addSuppressed(broken);
            }
            throw e;
        }
    }

    private void open() throws IOException {
        if (socket == null) {
            socket = new Socket(server.getHost(), server.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) DEADLINE.toMillis());
            in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        }
    }

    private Answer read(String method) throws IOException {
        String first = line();
        while (first.startsWith("HTTP/1.1 100")) {
            headers();
            first = line();
        }
        int status = Integer.parseInt(first.split(" ", 3)[1]);
        Map<String, String> headers = headers();
        byte[] body = body(method, status, headers);
        Answer answer = new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
        if (headers.getOrDefault("connection", "").equalsIgnoreCase("close")) {
            close();
        }
        return answer;
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            String[] parts = line.split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
        }
        return headers;
    }

    private byte[] body(String method, int status, Map<String, String> headers) throws IOException {
        if (method.equals("HEAD") || status == 204 || status == 304) {
            return new byte[0];
        }
        if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            return chunks();
        }
        if (headers.containsKey("content-length")) {
            return exactly(Integer.parseInt(headers.get("content-length")));
        }
        return in.readAllBytes();
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (int length = Integer.parseInt(line(), 16); length > 0; length = Integer.parseInt(line(), 16)) {
            whole.write(exactly(length));
            line();
        }
        line();
        return whole.toByteArray();
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("after " + bytes.length + " of " + length + " octets");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("inside of a line: " + line);
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** Whether the server ends the connection, within the deadline. */
    public boolean isEnded() throws IOException {
        if (socket == null) {
            return true;
        }
        try {
            return in.read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
