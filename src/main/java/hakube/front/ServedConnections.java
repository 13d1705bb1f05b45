package hakube.front;

import io.helidon.webserver.ListenerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Connections that have a thread each. */
final class ServedConnections {

    private static final Logger LOG = Logger.getLogger(ServedConnections.class.getName());

    private final ServerSide server;
    private final Consumer<SocketChannel> back;
    private final Set<ServedConnection> served = ConcurrentHashMap.newKeySet();
    private volatile boolean isEnding;

    /** @param back takes those for which another is to wait, by their own threads; it closes what it does not want */
    ServedConnections(ServerSide server, Consumer<SocketChannel> back) {
        this.server = server;
        this.back = back;
    }

    /**
     * Serves one.
     *
     * @param channel that no selector knows
     * @param ahead what was read of it
     */
    void start(SocketChannel channel, byte[] ahead, ServedConnection.Service service) {
        Thread.ofVirtual().start(() -> serve(channel, ahead, service));
    }

    private void serve(SocketChannel channel, byte[] ahead, ServedConnection.Service service) {
        boolean goesBack = false;
        try {
            channel.configureBlocking(true);
            ServedConnection connection = new ServedConnection(server, channel, ahead);
            served.add(connection);
            try {
                if (isEnding) {
                    connection.close(false);
                }
                goesBack = connection.run(service);
                if (goesBack) {
                    back.accept(channel);
                }
            } finally {
                served.remove(connection);
            }
        } catch (IOException | UncheckedIOException gone) {
            LOG.log(Level.FINEST, "A connection has ended", gone);
        } finally {
            if (!goesBack) {
                EventLoop.close(channel);
            }
        }
    }

    boolean isEmpty() {
        return served.isEmpty();
    }

    /** Asks those for their end that have waited for a request for too long. */
    void endIdle() {
        ListenerConfig config = server.listener().config();
        served.stream()
                .filter(connection -> connection.idleTime().compareTo(config.idleConnectionTimeout()) > 0)
                .forEach(connection -> connection.close(false));
    }

    /** Asks all for their end, and those that come; with an interruption not even their requests are awaited. */
    void end(boolean interrupt) {
        isEnding = true;
        served.forEach(connection -> connection.close(interrupt));
    }

    /** Breaks all. */
    void cut() {
        served.forEach(ServedConnection::cut);
    }
}
