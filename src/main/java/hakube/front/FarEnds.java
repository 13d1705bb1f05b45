package hakube.front;

import hakube.relay.KeepAlive;
import hakube.relay.Patience;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Connections to apps: new ones, and those at rest that may answer another request. */
final class FarEnds {

    private final EventLoop loop;
    private final Selector selector;
    private final Map<InetSocketAddress, Deque<FarEnd>> resting = new HashMap<>();
    private int atRest;

    FarEnds(EventLoop loop, Selector selector) {
        this.loop = loop;
        this.selector = selector;
    }

    /** The one that rests for the shortest time, or a new one. */
    FarEnd any(InetSocketAddress address) throws IOException {
        Deque<FarEnd> known = resting.get(address);
        if (known == null) {
            return fresh(address);
        }
        FarEnd taken = known.pop();
        left(address, known);
        return taken;
    }

    private FarEnd fresh(InetSocketAddress address) throws IOException {
        SocketChannel channel = SocketChannel.open();
        boolean isOpen = false;
        try {
            KeepAlive.set(channel);
            channel.configureBlocking(false);
            boolean isConnected = channel.connect(address);
            SelectionKey key = channel.register(selector, isConnected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
            FarEnd fresh = new FarEnd(loop, address, channel, key);
            key.attach(fresh);
            isOpen = true;
            return fresh;
        } finally {
            if (!isOpen) {
                channel.close();
            }
        }
    }

    /** Keeps one, unless there are enough. */
    void rest(FarEnd end) {
        if (atRest == Patience.MOST_AT_REST) {
            end.drop();
            return;
        }
        resting.computeIfAbsent(end.address(), address -> new ArrayDeque<>()).push(end);
        atRest++;
    }

    /** Also one that is not at rest. */
    void forget(FarEnd end) {
        Deque<FarEnd> known = resting.get(end.address());
        if (known != null && known.remove(end)) {
            left(end.address(), known);
        }
    }

    private void left(InetSocketAddress address, Deque<FarEnd> known) {
        atRest--;
        if (known.isEmpty()) {
            resting.remove(address);
        }
    }
}
