package hakube.relay;

import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.time.Duration;

/** One request and its answer. */
final class Exchange implements AutoCloseable {

    /** Of a body, what goes out in one piece with the head. */
    private static final int FIRST_PIECE = 16 * 1024;

    private static final int MOST_INTERIM = 16;

    private final FarConnections connections;
    private final Buffers buffers;
    private final Lookout.Watch watch;
    private final AnswerSender sender;
    private final Errand errand;
    private final String method;
    private final Outgoing outgoing;
    private FarConnection far;
    private Upload upload;

    Exchange(
            FarConnections connections,
            Buffers buffers,
            Lookout.Watch watch,
            ClientWire client,
            Errand errand,
            String method,
            Outgoing outgoing) {
        this.connections = connections;
        this.buffers = buffers;
        this.watch = watch;
        this.sender = new AnswerSender(client, buffers, watch);
        this.errand = errand;
        this.method = method;
        this.outgoing = outgoing;
    }

    /**
     * The head of the request.
     *
     * @throws IllegalArgumentException it has something that a head cannot have
     */
    static HeadWriter head(Errand errand, String method, Outgoing outgoing) {
        if (!Tokens.isToken(method) || errand.target().indexOf(' ') >= 0) {
            throw new IllegalArgumentException("no request");
        }
        HeadWriter head = new HeadWriter().first(method + ' ' + errand.target() + " HTTP/1.1");
        errand.headers().forEach(head::field);
        if (outgoing.isChunked()) {
            head.field("Transfer-Encoding", "chunked");
        } else if (!outgoing.isEmpty() || expectsBody(method)) {
            head.field("Content-Length", Long.toString(outgoing.length()));
        }
        return head.end();
    }

    /** @throws IOException the far side failed, or the client went */
    void run(HeadWriter request, boolean isLast) throws IOException {
        answer(ask(request), isLast);
    }

    /**
     * Goes on where another has asked.
     *
     * @param asked of which the answer comes, or has begun to
     * @throws IOException as {@link #run}
     */
    void goOn(FarConnection asked) throws IOException {
        far = asked;
        watch.over(far);
        watch.requestIsRead();
        answer(awaitHead(), false);
    }

    private void answer(AnswerHead answer, boolean isLast) throws IOException {
        FarBody body = FarBody.of(answer, method, far);
        if (answer.status() == 101) {
            throw new FarFailure("the answer changes the protocol, which nobody asked for");
        }
        sender.send(answer, errand.answer().apply(answer), body, method, isLast);
        boolean isReusable = answer.keepsAlive() && body.leavesConnection() && (upload == null || upload.wasSent());
        // Whoever waits for the client's end must not close it under its next user.
        if (isReusable && watch.release()) {
            connections.rest(far);
            far = null;
        }
    }

    /** Whether the client has got something of an answer. */
    boolean hasBegun() {
        return sender.hasBegun();
    }

    /** Whether the client's body was at fault. */
    boolean isClientsFault() {
        return upload != null && upload.isClientsFault();
    }

    /** Whether the client's body was read to its end, now or within that time; it is sent no further. */
    boolean endsUpload(Duration patience) {
        if (upload == null) {
            return true;
        }
        upload.drop();
        return upload.awaitEnd(patience);
    }

    @Override
    public void close() {
        if (far != null) {
            far.close();
        }
    }

    /** Whether its absence is told, as it is expected. */
    private static boolean expectsBody(String method) {
        return switch (method) {
            case "POST", "PUT", "PATCH" -> true;
            default -> false;
        };
    }

    /** May be sent twice when a connection at rest turns out to have ended (RFC 9110, 9.2.2). */
    private static boolean isRepeatable(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE" -> true;
            default -> false;
        };
    }

    private AnswerHead ask(HeadWriter request) throws IOException {
        boolean isRepeatable = outgoing.isEmpty() && isRepeatable(method);
        far = isRepeatable
                ? connections.any(errand.far(), errand.layer())
                : connections.fresh(errand.far(), errand.layer());
        try {
            return askOnce(request);
        } catch (IOException failure) {
            // What was cut from here is not asked again: its time is over, or nobody is there any more.
            if (!isRepeatable || !far.isUsed() || !far.isSilent() || !watch.release()) {
                throw failure;
            }
            far.close();
            far = connections.fresh(errand.far(), errand.layer());
            return askOnce(request);
        }
    }

    private AnswerHead askOnce(HeadWriter request) throws IOException {
        watch.over(far);
        if (outgoing.isEmpty()) {
            write(request);
            watch.requestIsRead();
        } else {
            sendFirst(request);
        }
        return awaitHead();
    }

    private AnswerHead awaitHead() throws IOException {
        watch.waits();
        try {
            return finalHead();
        } finally {
            watch.waitsNoMore();
        }
    }

    private AnswerHead finalHead() throws IOException {
        AnswerHead head = far.readHead();
        for (int interim = 0; head.isInterim(); interim++) {
            if (interim == MOST_INTERIM) {
                throw new FarFailure("the answer does not come");
            }
            head = far.readHead();
        }
        return head;
    }

    /** Sends the head with the beginning of the body, and begins with the rest. */
    private void sendFirst(HeadWriter request) throws IOException {
        boolean isWhole = outgoing.isChunked() ? addChunk(request) : addPiece(request);
        write(request);
        if (isWhole) {
            watch.requestIsRead();
        } else {
            upload = Upload.start(outgoing, far, watch, buffers);
        }
    }

    private boolean addChunk(HeadWriter request) throws IOException {
        int at = request.reserve(FIRST_PIECE + Chunks.FRAME);
        int count = outgoing.source().read(request.bytes(), at + Chunks.HEAD, FIRST_PIECE);
        if (count < 0) {
            request.octets(Chunks.last(), 0, Chunks.last().length);
        } else {
            request.filled(Chunks.frame(request.bytes(), at, count));
        }
        return count < 0;
    }

    /** A small body as a whole; of a large one what is there. */
    private boolean addPiece(HeadWriter request) throws IOException {
        long left = outgoing.length();
        int room = (int) Math.min(left, FIRST_PIECE);
        do {
            int at = request.reserve(room);
            int count = outgoing.source().read(request.bytes(), at, room);
            if (count < 0) {
                throw new CloseConnectionException("The body is shorter than its length");
            }
            request.filled(count);
            left -= count;
            room -= count;
        } while (left > 0 && left == room);
        // A stream knows that it is at its end when it was asked once more.
        return left == 0 && outgoing.source().read(request.bytes(), 0, 1) < 0;
    }

    private void write(HeadWriter request) throws IOException {
        watch.write(far, request.bytes(), 0, request.length());
    }
}
