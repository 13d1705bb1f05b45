package hakube.access;

import io.helidon.webserver.ConnectionContext;

/** A connection that whoever has accepted it may take back between two requests. */
public interface LentConnection extends ConnectionContext {

    /**
     * What was read of it has been used, and more is wanted.
     *
     * @throws io.helidon.webserver.CloseConnectionException it is taken back
     */
    void isAwaited();
}
