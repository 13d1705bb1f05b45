package hakube.relay;

import io.helidon.webserver.CloseConnectionException;

/**
 * Says that a connection is not HTTP's any more. Thrown by whoever serves its last request, up to the connection itself, which runs what
 * follows: so a WebSocket, which may last for days, holds nothing of what served that request, neither its objects nor the stack above.
 */
public final class Takeover extends CloseConnectionException {

    private static final long serialVersionUID = 1;

    private final transient Runnable whatFollows;

    Takeover(Runnable whatFollows) {
        super("The connection is a WebSocket's from now on");
        this.whatFollows = whatFollows;
    }

    /** To be run where the connection was served; it returns when the connection is of no use any more. */
    public Runnable whatFollows() {
        return whatFollows;
    }

    /** It is no failure, and a trace would be kept for as long as the WebSocket. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
