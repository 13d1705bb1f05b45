package hakube.front;

import hakube.relay.Errand;
import hakube.relay.Patience;
import hakube.relay.PlainAnswer;
import hakube.relay.SmallAnswer;
import io.helidon.http.Status;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A client's connection, on which either the next request is awaited or an answer is on its way. */
final class NearEnd implements Party {

    private static final Logger LOG = Logger.getLogger(NearEnd.class.getName());
    private static final long TAKING = Patience.TAKING.toNanos();

    /** When the client has said its last word and may be gone. */
    private static final long ENDED = Patience.ANSWER.toNanos();

    private static final byte[] BAD_GATEWAY = PlainAnswer.octets(Status.BAD_GATEWAY_502);

    private final EventLoop loop;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final String peer;

    /** Null while no answer is awaited. */
    private FarEnd far;

    /** The request of which the answer is awaited, as it came. */
    private byte[] asked;

    /** What came before the answer to what came before it. */
    private byte[] ahead = EventLoop.EMPTY;

    /** Of the answer. */
    private ByteBuffer unsent = EventLoop.NOTHING;

    /** Since when it waits for what it waits for. */
    private long since = System.nanoTime();

    private boolean hasEnded;

    /** @param channel registered with the loop, for reading */
    NearEnd(EventLoop loop, SocketChannel channel, SelectionKey key) throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.key = key;
        this.peer = ((InetSocketAddress) channel.getRemoteAddress()).getHostString();
    }

    @Override
    public void ready(SelectionKey ready) throws IOException {
        if (ready.isWritable()) {
            send();
        } else if (ready.isReadable()) {
            read();
        }
    }

    private void read() throws IOException {
        byte[] bytes = loop.buffer();
        int count = channel.read(ByteBuffer.wrap(bytes));
        if (isBusy()) {
            // One that has said its last word may still want to hear the answer.
            hasEnded = count < 0;
            ahead = Arrays.copyOf(bytes, Math.max(count, 0));
            key.interestOpsAnd(~SelectionKey.OP_READ);
        } else if (count < 0) {
            close();
        } else {
            request(bytes, count);
        }
    }

    /** Whether an answer is on its way. */
    boolean isBusy() {
        return far != null || unsent.hasRemaining();
    }

    private void request(byte[] bytes, int count) {
        asked = Arrays.copyOf(bytes, count);
        Optional<RequestHead> head = RequestHead.of(bytes, count);
        Optional<Errand> errand = head.flatMap(request -> loop.shortcut().errand(request, peer));
        if (errand.isEmpty()) {
            again();
            return;
        }
        ByteBuffer request;
        try {
            request = SmallAnswer.request(errand.get(), head.get().method());
        } catch (IllegalArgumentException unsendable) {
            again();
            return;
        }
        ask(errand.get(), head.get().method(), request);
    }

    private void ask(Errand errand, String method, ByteBuffer request) {
        since = System.nanoTime();
        try {
            far = loop.fars().any(errand.far());
        } catch (IOException nobody) {
            refuse(errand, nobody.getMessage());
            return;
        }
        far.ask(this, errand, method, request);
    }

    /** Has the server serve what was asked. */
    void again() {
        far = null;
        byte[] all = Arrays.copyOf(asked, asked.length + ahead.length);
        System.arraycopy(ahead, 0, all, asked.length, ahead.length);
        loop.serve(channel, key, all, ServedConnection::serve);
    }

    /** Has a thread carry on the answer, and serve what comes then. */
    void goOn(Errand errand, String method, SocketChannel other, byte[] come) {
        far = null;
        loop.serve(channel, key, ahead, connection -> connection.goOn(loop.relay(), errand, method, other, come));
    }

    /** The answer is there. */
    void answer(ByteBuffer octets) {
        far = null;
        unsent = octets;
        try {
            send();
        } catch (IOException failure) {
            broke(failure);
        }
    }

    /** There will be no answer. */
    void refuse(Errand errand, String why) {
        LOG.warning(() -> "A relay to " + errand.far().getHostString() + ":"
                + errand.far().getPort() + " broke: " + why);
        answer(ByteBuffer.wrap(BAD_GATEWAY));
    }

    private void send() throws IOException {
        channel.write(unsent);
        if (!unsent.hasRemaining()) {
            answered();
        } else if ((key.interestOps() & SelectionKey.OP_WRITE) == 0) {
            // It lies in a buffer that others use.
            unsent = ByteBuffer.allocate(unsent.remaining()).put(unsent).flip();
            since = System.nanoTime();
            key.interestOpsOr(SelectionKey.OP_WRITE);
        }
    }

    private void answered() {
        unsent = EventLoop.NOTHING;
        asked = null;
        since = System.nanoTime();
        if (hasEnded) {
            close();
        } else if (ahead.length > 0) {
            loop.serve(channel, key, ahead, ServedConnection::serve);
        } else if (key.interestOps() != SelectionKey.OP_READ) {
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    @Override
    public void look(long now) {
        long waited = now - since;
        if (unsent.hasRemaining()) {
            endAfter(TAKING, waited);
        } else if (far == null) {
            endAfter(loop.idle(), waited);
        } else if (hasEnded) {
            endAfter(ENDED, waited);
        }
    }

    private void endAfter(long most, long waited) {
        if (waited > most) {
            close();
        }
    }

    @Override
    public void broke(Exception failure) {
        LOG.log(Level.FINEST, "A client's connection broke", failure);
        close();
    }

    void close() {
        if (far != null) {
            far.drop();
            far = null;
        }
        loop.end(channel, key);
    }
}
