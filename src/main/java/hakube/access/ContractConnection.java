package hakube.access;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.context.Context;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.http.DirectHandlers;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** A connection as it was, but for its reader and for what it answers by itself. */
final class ContractConnection implements ConnectionContext {

    /** As the gate answers: {@code 400: Bad Request}, and no word about why. */
    private static final DirectHandler PLAIN = (request, event, status, headers, message) -> {
        Status told = isUnread(request, event) ? Status.BAD_REQUEST_400 : status;
        headers.set(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        return DirectHandler.TransportResponse.builder()
                .status(told)
                .headers(headers)
                .keepAlive(event.keepAlive())
                .entity(Refusal.text(told))
                .build();
    };

    private static final DirectHandlers ALL_PLAIN = allPlain();

    private final ConnectionContext plain;
    private final DataReader reader;
    private final ListenerContext listener;

    ContractConnection(ConnectionContext plain) {
        this.plain = plain;
        SocketPieces pieces = new SocketPieces(plain.dataReader(), plain.serverSocket());
        this.reader = plain instanceof LentConnection lent
                ? new PiecemealReader(() -> awaited(lent, pieces))
                : new PiecemealReader(pieces);
        this.listener = new Listener(plain.listenerContext());
    }

    private byte[] awaited(LentConnection lent, SocketPieces pieces) {
        if (reader.available() == 0) {
            lent.isAwaited();
        }
        return pieces.get();
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public ListenerContext listenerContext() {
        return listener;
    }

    @Override
    public ExecutorService executor() {
        return plain.executor();
    }

    @Override
    public DataWriter dataWriter() {
        return plain.dataWriter();
    }

    @Override
    public Router router() {
        return plain.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return plain.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
        return plain.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
        return plain.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return plain.localPeer();
    }

    @Override
    public boolean isSecure() {
        return plain.isSecure();
    }

    @Override
    public String socketId() {
        return plain.socketId();
    }

    @Override
    public String childSocketId() {
        return plain.childSocketId();
    }

    /**
     * What breaks before there is a request is none, such as one with a method of odd characters, which Helidon takes for a fault of its
     * own.
     */
    private static boolean isUnread(DirectHandler.TransportRequest request, DirectHandler.EventType event) {
        return event == DirectHandler.EventType.INTERNAL_ERROR
                && request.method().isEmpty();
    }

    private static DirectHandlers allPlain() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType event : DirectHandler.EventType.values()) {
            handlers.addHandler(event, PLAIN);
        }
        return handlers.build();
    }

    private record Listener(ListenerContext plain) implements ListenerContext {

        @Override
        public DirectHandlers directHandlers() {
            return ALL_PLAIN;
        }

        @Override
        public Context context() {
            return plain.context();
        }

        @Override
        public MediaContext mediaContext() {
            return plain.mediaContext();
        }

        @Override
        public ContentEncodingContext contentEncodingContext() {
            return new UndecodedBodies(plain.contentEncodingContext());
        }

        @Override
        public ListenerConfig config() {
            return plain.config();
        }

        @Override
        public ExecutorService executor() {
            return plain.executor();
        }
    }
}
