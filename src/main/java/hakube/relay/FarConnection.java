package hakube.relay;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * A connection to the far side. What it holds in memory is one small buffer: bodies are read past it. One thread reads and one writes;
 * {@link #close} may come from any.
 */
final class FarConnection implements Closeable, Octets.Source {

    /** Most answers' heads fit, and so do many whole answers. */
    private static final int USUAL_HEAD = 4 * 1024;

    /** As much as any server of a web interface sends; more is refused. */
    private static final int LARGEST_HEAD = 64 * 1024;

    /** From one try to the next to write more to a quiet connection that is full. */
    private static final Duration FULL = Duration.ofMillis(2);

    /** Where so much comes, each so soon after the one before, the connection is busy. */
    private static final int MANY = 16;

    private static final Duration SOON = Duration.ofMillis(10);

    private final InetSocketAddress address;
    private final Layer layer;
    /** What closes at once; with a layer upon it a close could wait for a write. */
    private final SocketChannel plain;

    private final Socket socket;
    private final InputStream in;
    private byte[] buffer = new byte[USUAL_HEAD];
    private int position;
    private int limit;
    private boolean isUsed;
    private long idleSince;
    /** Milliseconds without a sign of the far side that make it a quiet one; 0: it never is. */
    private int patience;

    /** When something came last. */
    private long cameAt;

    /** How often something came soon after what came before, up to now. */
    private int quick;

    private volatile QuietConnections.Sleeper sleeper;

    private FarConnection(InetSocketAddress address, Layer layer, SocketChannel plain, Socket socket)
            throws IOException {
        this.address = address;
        this.layer = layer;
        this.plain = plain;
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    /**
     * Dials.
     *
     * @param patience milliseconds
     * @throws IOException nothing listens there, or not in time
     */
    static FarConnection open(InetSocketAddress address, Layer layer, int patience) throws IOException {
        // Straight to the app, whatever proxy the process has been given: a channel knows none.
        SocketChannel channel = SocketChannel.open();
        Socket socket = channel.socket();
        boolean isOpen = false;
        try {
            KeepAlive.set(channel);
            socket.connect(address, patience);
            socket.setSoTimeout(patience);
            Socket layered = layer.over(socket);
            socket.setSoTimeout(0);
            FarConnection connection = new FarConnection(address, layer, channel, layered);
            isOpen = true;
            return connection;
        } finally {
            if (!isOpen) {
                channel.close();
            }
        }
    }

    /**
     * One that another has dialled and asked.
     *
     * @param channel that no selector knows
     * @param come what of the answer was read already
     */
    static FarConnection asked(InetSocketAddress address, SocketChannel channel, byte[] come) throws IOException {
        channel.configureBlocking(true);
        FarConnection connection = new FarConnection(address, Layer.NONE, channel, channel.socket());
        connection.buffer = Arrays.copyOf(come, Math.max(come.length, USUAL_HEAD));
        connection.limit = come.length;
        return connection;
    }

    InetSocketAddress address() {
        return address;
    }

    Layer layer() {
        return layer;
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        if (isLayered()) {
            socket.getOutputStream().write(bytes, offset, length);
            return;
        }
        ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
        while (left.hasRemaining()) {
            if (plain.write(left) == 0) {
                LockSupport.parkNanos(FULL.toNanos());
            }
        }
    }

    /**
     * Reads the next head.
     *
     * @throws FarFailure it is none, or ends too early, or is too large
     */
    AnswerHead readHead() throws IOException {
        int scanned = position;
        while (true) {
            int end = AnswerHead.end(buffer, scanned, limit);
            if (end >= 0) {
                AnswerHead head = AnswerHead.parse(buffer, position, end - position);
                position = end;
                return head;
            }
            scanned = Math.max(position, limit - 3);
            int moved = position;
            makeRoom();
            scanned -= moved - position;
            int count = in.read(buffer, limit, buffer.length - limit);
            if (count < 0) {
                throw new FarFailure("the connection ended before the answer");
            }
            limit += count;
        }
    }

    /** Whether nothing has come yet of an answer: the request may never have been seen. */
    boolean isSilent() {
        return position == limit;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (position == limit) {
            return in.read(into, offset, length);
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(buffer, position, into, offset, count);
        position += count;
        return count < length && in.available() > 0
                ? count + Math.max(0, in.read(into, offset + count, length - count))
                : count;
    }

    @Override
    public boolean await() throws IOException {
        if (position < limit) {
            return true;
        }
        position = 0;
        limit = 0;
        // A limit of time has its price, which one that is busy does not pay.
        boolean isTimed = patience > 0 && quick < MANY;
        try {
            socket.setSoTimeout(isTimed ? patience : 0);
            limit = Math.max(0, in.read(buffer, 0, 1));
            long now = System.nanoTime();
            quick = now - cameAt < SOON.toNanos() ? Math.min(quick + 1, MANY) : 0;
            cameAt = now;
            return true;
        } catch (SocketTimeoutException quiet) {
            return false;
        } finally {
            socket.setSoTimeout(0);
        }
    }

    /** From now on {@link #await} says when nothing has come for that time, where another can wait instead of its thread. */
    void isQuietAfter(Duration time) {
        patience = isLayered() ? 0 : (int) time.toMillis();
    }

    /** Whether another can wait for what comes, and nothing has yet. */
    boolean isQuiet() {
        return patience > 0 && isSilent();
    }

    /** What another waits for; only of a connection that was found quiet. */
    SocketChannel channel() {
        return plain;
    }

    /** Who is to be told when it is closed. */
    void sleeps(QuietConnections.Sleeper who) {
        sleeper = who;
    }

    /** Reads one octet; -1 at the end. */
    int read() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(0, in.read(buffer, 0, buffer.length));
            if (limit == 0) {
                return -1;
            }
        }
        return buffer[position++] & 0xff;
    }

    /** From now on reads go past the buffer, once it is empty, and it takes no memory. */
    void shrink() {
        // Room for the octet with which a wait ends.
        buffer = Arrays.copyOfRange(buffer, position, Math.max(limit, position + 1));
        limit -= position;
        position = 0;
    }

    void rest(long now) {
        isUsed = true;
        idleSince = now;
    }

    long idleSince() {
        return idleSince;
    }

    /** Whether it has served a request before, so that the far side may be about to end it. */
    boolean isUsed() {
        return isUsed;
    }

    @Override
    public void close() {
        try {
            plain.close();
        } catch (IOException e) {
            // There is nothing left to lose.
        }
        QuietConnections.Sleeper waiting = sleeper;
        if (waiting != null) {
            waiting.rouse();
        }
    }

    private boolean isLayered() {
        return socket != plain.socket();
    }

    private void makeRoom() throws FarFailure {
        if (limit < buffer.length) {
            return;
        }
        if (position > 0) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            position = 0;
        } else if (buffer.length >= LARGEST_HEAD) {
            throw new FarFailure("the head of the answer is too large");
        } else {
            buffer = Arrays.copyOf(buffer, buffer.length * 4);
        }
    }
}
