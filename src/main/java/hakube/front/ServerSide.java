package hakube.front;

import hakube.access.ConnectionSeeker;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Helidon's server, for connections that it has not accepted itself.
 *
 * @param selector makes them connections of HTTP/1.1
 */
record ServerSide(ListenerContext listener, Router router, ServerConnectionSelector selector, Limit requests) {

    /** Learns it from the first connection that the server's own socket accepts, which ends with that. */
    static final class Seeker implements ConnectionSeeker {

        private final CompletableFuture<ServerSide> found = new CompletableFuture<>();

        /** Comes when somebody has connected to the server. */
        CompletableFuture<ServerSide> found() {
            return found;
        }

        @Override
        public Optional<ServerConnection> take(ConnectionContext context, ServerConnectionSelector selector) {
            return found.isDone() ? Optional.empty() : Optional.of(new First(context, selector, found));
        }
    }

    private record First(
            ConnectionContext context, ServerConnectionSelector selector, CompletableFuture<ServerSide> found)
            implements ServerConnection {

        @Override
        public void handle(Limit requests) {
            found.complete(new ServerSide(context.listenerContext(), context.router(), selector, requests));
        }

        @Override
        public Duration idleTime() {
            return Duration.ZERO;
        }

        @Override
        public void close(boolean interrupt) {
            // It has ended.
        }
    }
}
