package hakube.front;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The listening socket. */
record Acceptor(EventLoop loop, ServerSocketChannel listening, SelectionKey key) implements Party {

    private static final Logger LOG = Logger.getLogger(Acceptor.class.getName());
    private static final int AT_ONCE = 64;

    @Override
    public void ready(SelectionKey ready) throws IOException {
        for (int taken = 0; taken < AT_ONCE; taken++) {
            SocketChannel channel = listening.accept();
            if (channel == null) {
                return;
            }
            loop.welcome(channel);
        }
    }

    /** Whoever knocks meanwhile waits: without that there would be no end of failures. */
    @Override
    public void broke(Exception failure) {
        LOG.log(Level.WARNING, "No connection can be accepted for a moment", failure);
        key.interestOps(0);
    }

    @Override
    public void look(long now) {
        if (loop.isStopping()) {
            loop.end(listening, key);
        } else {
            key.interestOps(SelectionKey.OP_ACCEPT);
        }
    }
}
