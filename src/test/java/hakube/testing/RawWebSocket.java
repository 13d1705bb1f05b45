package hakube.testing;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** A WebSocket frame by frame, from either side, for those that a proper client would not send. */
public final class RawWebSocket implements Closeable {

    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;
    public static final int FINAL = 0x80;

    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final byte[] MASK = {1, 2, 3, 4};
    private static final int DEADLINE_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final boolean isClient;
    private final String head;

    /** @param first opcode, and {@link #FINAL} */
    public record Frame(int first, byte[] content) {

        public String text() {
            return new String(content, StandardCharsets.UTF_8);
        }

        public int opcode() {
            return first & 0xf;
        }

        /** Of a close frame, 0 for none. */
        public int code() {
            return content.length < 2 ? 0 : ByteBuffer.wrap(content).getShort() & 0xffff;
        }
    }

    private RawWebSocket(Socket socket, InputStream in, OutputStream out, boolean isClient, String head) {
        this.socket = socket;
        this.in = new DataInputStream(in);
        this.out = out;
        this.isClient = isClient;
        this.head = head;
    }

    /** Asks for one; {@link #head} tells whether there is one. */
    public static RawWebSocket connect(URI server, String target, String... headers) throws IOException {
        Socket socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(DEADLINE_MILLIS);
        StringBuilder request = new StringBuilder(RawHttp.head("GET", target, headers));
        request.append("Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\nSec-WebSocket-Version: 13\r\n")
                .append("Sec-WebSocket-Key: ")
                .append(KEY)
                .append("\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
        socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
        InputStream in = new BufferedInputStream(socket.getInputStream(), 1024);
        return new RawWebSocket(socket, in, socket.getOutputStream(), true, head(in));
    }

    /** Agrees to one. */
    public static RawWebSocket accept(LoopbackApp.Request request, LoopbackApp.Wire wire, String... headers)
            throws IOException {
        StringBuilder answer = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Accept: "
                + proof(request.first("Sec-WebSocket-Key").orElseThrow()) + "\r\n");
        for (String header : headers) {
            answer.append(header).append("\r\n");
        }
        wire.say(answer + "\r\n");
        return new RawWebSocket(wire.socket(), wire.in(), wire.out(), false, "");
    }

    /** What the server answered, up to the empty line. */
    public String head() {
        return head;
    }

    /** Sends one. */
    public RawWebSocket send(int first, byte[] content) throws IOException {
        out.write(frame(first, content));
        out.flush();
        return this;
    }

    public RawWebSocket send(String text) throws IOException {
        return send(FINAL | TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends exactly that. */
    public RawWebSocket sendRaw(byte... octets) throws IOException {
        out.write(octets);
        out.flush();
        return this;
    }

    /** The octets of a frame, masked when this is a client. */
    public byte[] frame(int first, byte[] content) {
        ByteBuffer frame = ByteBuffer.allocate(14 + content.length);
        int mask = isClient ? 0x80 : 0;
        frame.put((byte) first);
        if (content.length < 126) {
            frame.put((byte) (mask | content.length));
        } else if (content.length < 1 << 16) {
            frame.put((byte) (mask | 126)).putShort((short) content.length);
        } else {
            frame.put((byte) (mask | 127)).putLong(content.length);
        }
        if (isClient) {
            frame.put(MASK);
        }
        for (int i = 0; i < content.length; i++) {
            frame.put((byte) (isClient ? content[i] ^ MASK[i & 3] : content[i]));
        }
        return Arrays.copyOf(frame.array(), frame.position());
    }

    /** The next one; a connection that ends before is an {@link EOFException}. */
    public Frame receive() throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        boolean isMasked = second >= 0x80;
        if (isMasked == isClient) {
            throw new IOException("a frame of the wrong side");
        }
        long length = second & 0x7f;
        length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
        byte[] mask = isMasked ? in.readNBytes(4) : new byte[4];
        byte[] content = in.readNBytes((int) length);
        if (content.length < length) {
            throw new EOFException();
        }
        for (int i = 0; i < content.length; i++) {
            content[i] ^= mask[i & 3];
        }
        return new Frame(first, content);
    }

    /** Whether the other side has ended the connection, after all that it sent. */
    public boolean isOver() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    public Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException(head.toString());
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static String proof(String key) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1")
                            .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                                    .getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
