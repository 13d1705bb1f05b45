package hakube.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection's answer as it comes in: by length, or in chunks. */
final class Exchange {

    private static final int HEAD = 4096;

    private final int length;
    private final ByteBuffer buffer;
    private long start;
    /** Position of what is read next: first the body, then of each chunk its length line. */
    private int next;

    private boolean isChunked;
    private int body;

    Exchange(int length) {
        this.length = length;
        // Chunks have a frame each, of a few bytes.
        this.buffer = ByteBuffer.allocate(HEAD + length * 2);
    }

    void begin() {
        buffer.clear();
        next = 0;
        body = 0;
        start = System.nanoTime();
    }

    long micros() {
        return (System.nanoTime() - start) / 1000;
    }

    /** Reads what is there. Fails when the answer is another one than expected. */
    boolean isWholeAfter(SocketChannel channel) throws IOException {
        if (channel.read(buffer) < 0) {
            throw new IOException("the server closed the connection");
        }
        if (next == 0 && !readHead()) {
            return false;
        }
        return isChunked ? isLastChunkIn() : isBodyIn();
    }

    private boolean readHead() throws IOException {
        int end = find("\r\n\r\n", 0);
        if (end < 0) {
            return false;
        }
        String head = text(0, end).toLowerCase(Locale.ROOT);
        if (!head.startsWith("http/1.1 200 ")) {
            throw new IOException("not 200: " + text(0, buffer.position()));
        }
        isChunked = head.contains("\r\ntransfer-encoding: chunked");
        if (!isChunked && !(head + "\r\n").contains("\r\ncontent-length: " + length + "\r\n")) {
            throw new IOException("not " + length + " bytes: " + head);
        }
        next = end + 4;
        return true;
    }

    private boolean isBodyIn() {
        return buffer.position() - next == length;
    }

    private boolean isLastChunkIn() throws IOException {
        while (true) {
            int end = find("\r\n", next);
            if (end < 0) {
                return false;
            }
            int size = Integer.parseInt(text(next, end), 16);
            int after = end + 2 + size + 2;
            if (buffer.position() < after) {
                return false;
            }
            next = after;
            body += size;
            if (size == 0) {
                if (body != length) {
                    throw new IOException(body + " bytes instead of " + length);
                }
                return true;
            }
        }
    }

    private int find(String what, int from) {
        byte[] bytes = buffer.array();
        for (int at = from; at + what.length() <= buffer.position(); at++) {
            int same = 0;
            while (same < what.length() && bytes[at + same] == what.charAt(same)) {
                same++;
            }
            if (same == what.length()) {
                return at;
            }
        }
        return -1;
    }

    private String text(int from, int to) {
        return new String(buffer.array(), from, to - from, StandardCharsets.ISO_8859_1);
    }
}
