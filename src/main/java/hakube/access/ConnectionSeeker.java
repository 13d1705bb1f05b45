package hakube.access;

import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Optional;

/**
 * Looks at the connections of a listener that holds it in its context: Helidon shows what a connection needs, its routes above all, to the
 * connections themselves alone.
 */
public interface ConnectionSeeker {

    /**
     * Takes a connection, or leaves it.
     *
     * @param selector makes connections of the contract's HTTP/1.1
     */
    Optional<ServerConnection> take(ConnectionContext context, ServerConnectionSelector selector);
}
