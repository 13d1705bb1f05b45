package hakube.front;

import hakube.access.LentConnection;
import hakube.relay.Errand;
import hakube.relay.HttpRelay;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.socket.PlainSocket;
import io.helidon.common.socket.SocketWriter;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A client's connection that a thread of its own serves: Helidon, as it does with those that it accepts itself, or the relay where an answer
 * has to be waited for.
 */
public final class ServedConnection implements LentConnection {

    /** That of the thread that serves a request. */
    private static final ScopedValue<ServedConnection> CURRENT = ScopedValue.newInstance();

    private static final Logger LOG = Logger.getLogger(ServedConnection.class.getName());

    private final ServerSide server;
    private final SocketChannel channel;
    private final Thread thread = Thread.currentThread();
    private final PlainSocket socket;
    private final DataReader reader;
    private final SocketWriter writer;
    private volatile ServerConnection served;
    private volatile boolean isClosed;
    private boolean mayGoBack;

    /** What the connection's thread does, and whether it is to be waited for again. */
    interface Service {
        boolean serve(ServedConnection connection) throws InterruptedException;
    }

    /**
     * By the thread that serves it.
     *
     * @param channel in blocking mode
     * @param ahead what was read of it already
     */
    ServedConnection(ServerSide server, SocketChannel channel, byte[] ahead) {
        this.server = server;
        this.channel = channel;
        String id = "0x" + HexFormat.of().toHexDigits(System.identityHashCode(channel));
        ListenerConfig config = server.listener().config();
        socket = PlainSocket.server(channel.socket(), id, "api");
        AtomicReference<byte[]> first = new AtomicReference<>(ahead.length == 0 ? null : ahead);
        reader = new DataReader(() -> {
            byte[] known = first.getAndSet(null);
            return known == null ? socket.get() : known;
        });
        if (ahead.length > 0) {
            // So it counts as read, for whoever reads past this.
            reader.ensureAvailable();
        }
        writer = SocketWriter.create(
                server.listener().executor(), socket, config.writeQueueLength(), config.smartAsyncWrites());
    }

    /**
     * Says that this thread has answered a request without a body, and that the next one of its connection is likely to need no thread: so another
     * waits for it.
     */
    public static void mayGoBack() {
        if (CURRENT.isBound()) {
            CURRENT.get().mayGoBack = true;
        }
    }

    @Override
    public void isAwaited() {
        if (mayGoBack) {
            throw new GoesBack();
        }
    }

    /** @return whether another is to wait for the next request; else the connection has ended */
    boolean serve() throws InterruptedException {
        served = server.selector().connection(this);
        if (isClosed) {
            return false;
        }
        try {
            ScopedValue.where(CURRENT, this).call(() -> {
                served.handle(server.requests());
                return false;
            });
        } catch (GoesBack goesBack) {
            return true;
        }
        return false;
    }

    /** Carries an answer on, then serves what has come meanwhile. */
    boolean goOn(HttpRelay relay, Errand errand, String method, SocketChannel far, byte[] come)
            throws InterruptedException {
        if (!relay.goOn(this, errand, method, far, come)) {
            return false;
        }
        return reader.available() == 0 || serve();
    }

    /**
     * Runs that, whatever becomes of it.
     *
     * @return what it returned; false when it failed
     */
    boolean run(Service service) {
        thread.setName("[" + socketId() + ' ' + childSocketId() + "] WebServer socket");
        try {
            return service.serve(this) && !isClosed;
        } catch (CloseConnectionException end) {
            LOG.log(Level.FINEST, "A connection has ended", end);
        } catch (UncheckedIOException broken) {
            LOG.log(Level.FINE, "A connection broke", broken);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error unforeseen) {
            LOG.log(Level.WARNING, "A connection failed", unforeseen);
        } finally {
            // What waits to be written leaves with that.
            writer.close();
        }
        return false;
    }

    /** How long no request has been served; zero while one is. */
    Duration idleTime() {
        ServerConnection present = served;
        return present == null ? Duration.ZERO : present.idleTime();
    }

    /** Asks for its end, after the request that is being served unless that is interrupted. */
    void close(boolean interrupt) {
        isClosed = true;
        ServerConnection present = served;
        if (present != null) {
            present.close(interrupt);
        } else if (interrupt) {
            thread.interrupt();
        }
    }

    /** Breaks it. */
    void cut() {
        isClosed = true;
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.FINEST, "A connection was not closed", e);
        }
    }

    /** Where a thread would wait for a request that another can wait for. */
    private static final class GoesBack extends CloseConnectionException {

        private static final long serialVersionUID = 1;

        GoesBack() {
            super("Another waits for the next request");
        }

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }

    @Override
    public ListenerContext listenerContext() {
        return server.listener();
    }

    @Override
    public ExecutorService executor() {
        return server.listener().executor();
    }

    @Override
    public DataWriter dataWriter() {
        return writer;
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public Router router() {
        return server.router();
    }

    @Override
    public HelidonSocket serverSocket() {
        return socket;
    }

    @Override
    public PeerInfo remotePeer() {
        return socket.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return socket.localPeer();
    }

    @Override
    public boolean isSecure() {
        return false;
    }

    @Override
    public String socketId() {
        return socket.socketId();
    }

    @Override
    public String childSocketId() {
        return socket.childSocketId();
    }
}
