package hakube.relay;

import java.io.IOException;
import java.util.List;

/**
 * Sends a far side's answer on. What has come goes out at once; a small answer of known length in one piece with its head. While
 * nothing comes, next to no memory is held.
 */
final class AnswerSender {

    /** Below this length an answer is no stream (upstream {@code supervisor/api/ingress.py}, 2026-08). */
    private static final long STREAM = 4_194_000;

    private static final String OCTETS = "application/octet-stream";

    private final ClientWire client;
    private final Buffers buffers;
    private final Lookout.Watch watch;
    /** Null while nothing comes. */
    private byte[] large;

    private boolean hasBegun;

    AnswerSender(ClientWire client, Buffers buffers, Lookout.Watch watch) {
        this.client = client;
        this.buffers = buffers;
        this.watch = watch;
    }

    /** Whether the client has got something already, so that no other answer can be given. */
    boolean hasBegun() {
        return hasBegun;
    }

    /**
     * Sends all of it.
     *
     * @param isLast whether the connection ends afterwards
     * @throws IllegalArgumentException a header cannot be sent; nothing was
     */
    void send(AnswerHead head, List<Field> headers, FarBody body, String method, boolean isLast) throws IOException {
        large = buffers.take();
        try {
            HeadWriter out = new HeadWriter(large);
            out.first("HTTP/1.1 " + head.status() + ' ' + head.reason());
            headers.forEach(out::field);
            if (isLast) {
                out.field("Connection", "close");
            }
            if (head.isBare(method)) {
                write(out.end());
            } else {
                frame(out, headers, body.length());
                if (body.length() >= 0 && body.length() <= large.length - out.length()) {
                    whole(out, body);
                } else {
                    write(out);
                    stream(body);
                }
            }
        } finally {
            shrink();
        }
    }

    /** Says where the body ends, whose length may be {@link Framing#UNKNOWN}, and ends the head. */
    static void frame(HeadWriter out, List<Field> headers, long length) {
        if (!Field.isIn(headers, "content-type")) {
            out.field("Content-Type", OCTETS);
        }
        if (length < 0) {
            out.field("Transfer-Encoding", "chunked");
        } else {
            out.field("Content-Length", Long.toString(length));
        }
        if ((length < 0 || length >= STREAM) && !Field.isIn(headers, "x-accel-buffering")) {
            out.field("X-Accel-Buffering", "no");
        }
        out.end();
    }

    private void whole(HeadWriter out, FarBody body) throws IOException {
        int left = (int) body.length();
        while (left > 0) {
            int at = out.reserve(left);
            int count = body.read(out.bytes(), at, left);
            out.filled(count);
            left -= count;
        }
        write(out);
    }

    private void stream(FarBody body) throws IOException {
        boolean isChunked = body.length() < 0;
        byte[] small = new byte[Buffers.SMALL];
        int count = piece(body, small, isChunked);
        while (count >= 0) {
            // A read that fills half of the small buffer and more is one of many.
            boolean isFlowing = count >= Buffers.SMALL / 2;
            if (isFlowing && large == null) {
                large = buffers.take();
            } else if (!isFlowing) {
                shrink();
            }
            count = piece(body, isFlowing ? large : small, isChunked);
        }
        if (isChunked) {
            watch.tell(client, Chunks.last(), 0, Chunks.last().length);
        }
    }

    private void shrink() {
        if (large != null) {
            buffers.giveBack(large);
            large = null;
        }
    }

    private int piece(FarBody body, byte[] buffer, boolean isChunked) throws IOException {
        int before = isChunked ? Chunks.HEAD : 0;
        int count = await(body, buffer, before, buffer.length - (isChunked ? Chunks.FRAME : 0));
        if (count > 0) {
            watch.tell(client, buffer, 0, isChunked ? Chunks.frame(buffer, 0, count) : count);
        }
        return count;
    }

    private int await(FarBody body, byte[] buffer, int offset, int room) throws IOException {
        watch.waits();
        try {
            return body.read(buffer, offset, room);
        } finally {
            watch.waitsNoMore();
        }
    }

    private void write(HeadWriter out) throws IOException {
        hasBegun = true;
        watch.tell(client, out.bytes(), 0, out.length());
    }
}
