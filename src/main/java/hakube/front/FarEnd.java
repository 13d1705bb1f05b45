package hakube.front;

import hakube.relay.Errand;
import hakube.relay.Patience;
import hakube.relay.SmallAnswer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/** A connection to an app, which answers one request or rests. */
final class FarEnd implements Party {

    private static final long CONNECT = Patience.CONNECT.toNanos();
    private static final long REST = Patience.REST.toNanos();
    private static final long SENDING = Patience.SENDING.toNanos();

    private final EventLoop loop;
    private final InetSocketAddress address;
    private final SocketChannel channel;
    private final SelectionKey key;

    /** Null while it rests. */
    private NearEnd near;

    private Errand errand;
    private String method;

    /** Of the request. */
    private ByteBuffer unsent = EventLoop.NOTHING;

    /** What has come of the answer, where that was not all of it. */
    private byte[] come = EventLoop.EMPTY;

    private int count;
    private boolean isUsed;
    private long since;

    /** @param channel registered with the loop for its connecting, unless that is done */
    FarEnd(EventLoop loop, InetSocketAddress address, SocketChannel channel, SelectionKey key) {
        this.loop = loop;
        this.address = address;
        this.channel = channel;
        this.key = key;
    }

    InetSocketAddress address() {
        return address;
    }

    void ask(NearEnd client, Errand what, String how, ByteBuffer request) {
        near = client;
        errand = what;
        method = how;
        unsent = request;
        since = System.nanoTime();
        if (channel.isConnected()) {
            try {
                send();
            } catch (IOException failure) {
                broke(failure);
            }
        }
    }

    @Override
    public void ready(SelectionKey ready) throws IOException {
        if (ready.isConnectable()) {
            channel.finishConnect();
            key.interestOps(SelectionKey.OP_READ);
            send();
        } else if (ready.isWritable()) {
            send();
        } else if (ready.isReadable()) {
            read();
        }
    }

    private void send() throws IOException {
        channel.write(unsent);
        boolean isDone = !unsent.hasRemaining();
        if (isDone == ((key.interestOps() & SelectionKey.OP_WRITE) != 0)) {
            since = System.nanoTime();
            key.interestOps(isDone ? SelectionKey.OP_READ : SelectionKey.OP_WRITE);
        }
    }

    private void read() throws IOException {
        boolean isFirst = count == 0;
        byte[] bytes = isFirst ? loop.buffer() : come;
        int more = channel.read(ByteBuffer.wrap(bytes, count, bytes.length - count));
        if (near == null || more < 0) {
            // At rest nothing is to come but its end.
            broke(null);
            return;
        }
        count += more;
        switch (SmallAnswer.of(bytes, count, errand, method, loop.answer())) {
            case SmallAnswer.Coming ignored when isFirst -> come = loop.keepBuffer();
            case SmallAnswer.Coming ignored -> {}
            case SmallAnswer.Other ignored -> handOn(bytes);
            case SmallAnswer.Whole whole -> answered(whole);
        }
    }

    private void answered(SmallAnswer.Whole whole) {
        NearEnd client = near;
        rest();
        if (whole.leavesConnection()) {
            loop.fars().rest(this);
        } else {
            loop.end(channel, key);
        }
        client.answer(whole.octets());
    }

    private void rest() {
        near = null;
        errand = null;
        giveBack();
        count = 0;
        isUsed = true;
        since = System.nanoTime();
    }

    /** All that has to be waited for, or is told as a failure. */
    private void handOn(byte[] bytes) {
        NearEnd client = near;
        near = null;
        key.cancel();
        client.goOn(errand, method, channel, Arrays.copyOf(bytes, count));
        giveBack();
    }

    private void giveBack() {
        if (come.length > 0) {
            loop.giveBack(come);
            come = EventLoop.EMPTY;
        }
    }

    @Override
    public void broke(Exception failure) {
        NearEnd client = near;
        if (client == null) {
            drop();
        } else if (!channel.isConnected()) {
            drop();
            client.refuse(errand, failure.getMessage());
        } else if (isUsed && count == 0) {
            // Its end and the request have met on the way (RFC 9112, 9.3.1), and the request may be sent twice.
            drop();
            client.again();
        } else {
            handOn(count == 0 ? loop.buffer() : come);
        }
    }

    @Override
    public void look(long now) {
        long waited = now - since;
        if (near == null) {
            if (waited > REST) {
                drop();
            }
        } else if (!channel.isConnected() && waited > CONNECT) {
            broke(new IOException("nothing answers there"));
        } else if (unsent.hasRemaining() && channel.isConnected() && waited > SENDING) {
            NearEnd client = near;
            drop();
            client.refuse(errand, "it takes no request");
        }
    }

    /** Ends it; nobody is told. */
    void drop() {
        near = null;
        giveBack();
        loop.fars().forget(this);
        loop.end(channel, key);
    }
}
