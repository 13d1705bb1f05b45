package hakube.logs;

import io.helidon.common.GenericType;
import io.helidon.common.media.type.MediaType;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http.spi.Sink;
import io.helidon.webserver.http.spi.SinkProvider;
import io.helidon.webserver.http.spi.SinkProviderContext;
import java.util.function.BiConsumer;

/**
 * The socket of the connection that a response goes to. Helidon 4.2.6 shows it to providers of sinks alone, so it is asked for
 * as one; nothing is ever emitted into it.
 */
record ClientSocket(HelidonSocket socket) implements Sink<Object> {

    private static final GenericType<ClientSocket> TYPE = GenericType.create(ClientSocket.class);

    static HelidonSocket of(ServerResponse response) {
        return response.sink(TYPE).socket();
    }

    @Override
    public Sink<Object> emit(Object event) {
        throw new UnsupportedOperationException("A socket to watch, not to write to");
    }

    @Override
    public void close() {}

    /** Found by the server ({@code META-INF/services}). */
    public static final class Provider implements SinkProvider<Object> {

        @Override
        public boolean supports(GenericType<? extends Sink<?>> type, ServerRequest request) {
            return type.equals(TYPE);
        }

        @Override
        @SuppressWarnings("unchecked") // asked for this type alone
        public <X extends Sink<Object>> X create(SinkProviderContext context) {
            return (X) new ClientSocket(context.connectionContext().serverSocket());
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
