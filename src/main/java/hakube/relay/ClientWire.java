package hakube.relay;

import io.helidon.common.GenericType;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.media.type.MediaType;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http.spi.Sink;
import io.helidon.webserver.http.spi.SinkProvider;
import io.helidon.webserver.http.spi.SinkProviderContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * The client's connection as it is, below the server's own idea of an answer: what a relay sends is the far side's answer, not one of
 * the server's. Helidon 4.2.6 shows it to providers of sinks alone, so it is asked for as one.
 */
final class ClientWire implements Sink<Object>, Octets.Source {

    private static final GenericType<ClientWire> TYPE = GenericType.create(ClientWire.class);

    private final HelidonSocket socket;
    private final DataWriter writer;

    /** What has come already is there; null once that was read. */
    private DataReader reader;

    /** Knows the request, which is not needed any more once there is an answer. */
    private Runnable sent;

    /** What has come and was not read whole; null: nothing. */
    private byte[] piece;

    private int position;

    private ClientWire(ConnectionContext connection, Runnable sent) {
        this.socket = connection.serverSocket();
        this.writer = connection.dataWriter();
        this.reader = connection.dataReader();
        this.sent = sent;
    }

    static ClientWire of(ServerResponse response) {
        return response.sink(TYPE);
    }

    /** Of a client whose request the server has not seen. */
    static ClientWire of(ConnectionContext connection) {
        return new ClientWire(connection, () -> {});
    }

    /** @throws ClientGone nobody is there any more */
    void write(byte[] bytes, int offset, int length) throws ClientGone {
        try {
            // Helidon 4.2.6 takes the end for the length where a buffer does not begin at 0.
            byte[] part = offset == 0 ? bytes : Arrays.copyOfRange(bytes, offset, offset + length);
            writer.writeNow(BufferData.create(part, 0, length));
        } catch (UncheckedIOException failure) {
            throw new ClientGone(failure);
        }
    }

    /** Reads what comes next after the request. */
    @Override
    public int read(byte[] into, int offset, int length) {
        await();
        if (piece == null) {
            return -1;
        }
        int count = Math.min(piece.length - position, length);
        System.arraycopy(piece, position, into, offset, count);
        position += count;
        if (position == piece.length) {
            piece = null;
        }
        return count;
    }

    /** Past the server's reader, since a stack that waits for days should be small. */
    @Override
    public boolean await() {
        if (piece != null) {
            return true;
        }
        position = 0;
        try {
            int known = reader == null ? 0 : reader.available();
            byte[] ahead = known > 0 ? reader.readBytes(known) : null;
            reader = null;
            piece = ahead == null ? socket.get() : ahead;
        } catch (UncheckedIOException end) {
            // The next read tells.
        }
        return true;
    }

    HelidonSocket socket() {
        return socket;
    }

    /** Breaks the connection, from any thread. */
    void cut() {
        try {
            socket().close();
        } catch (UncheckedIOException e) {
            // It is broken.
        }
    }

    /** The server shall make no answer: this one was written here, or will be. */
    void answered() {
        sent.run();
        sent = () -> {};
    }

    @Override
    public Sink<Object> emit(Object event) {
        throw new UnsupportedOperationException("A wire, not a stream of events");
    }

    @Override
    public void close() {}

    /** Whether the request is the client's last one on its connection. */
    static boolean isLast(ServerRequest request) {
        return request.headers()
                .first(HeaderNames.CONNECTION)
                .filter("close"::equalsIgnoreCase)
                .isPresent();
    }

    /** The client went away; there is nobody to tell. */
    static final class ClientGone extends IOException {

        private static final long serialVersionUID = 1;

        ClientGone(Throwable cause) {
            super("the client went away", cause);
        }
    }

    /** Found by the server ({@code META-INF/services}). */
    public static final class Provider implements SinkProvider<Object> {

        @Override
        public boolean supports(GenericType<? extends Sink<?>> type, ServerRequest request) {
            return type.equals(TYPE);
        }

        @Override
        @SuppressWarnings("unchecked") // asked for this type alone
        public <X extends Sink<Object>> X create(SinkProviderContext context) {
            return (X) new ClientWire(context.connectionContext(), context.closeRunnable());
        }

        @Override
        @Deprecated
        @SuppressWarnings("removal") // has to be there until Helidon 5
        public <X extends Sink<Object>> X create(
                ServerResponse response, BiConsumer<Object, MediaType> consumer, Runnable closing) {
            throw new UnsupportedOperationException("The other one is used");
        }
    }
}
