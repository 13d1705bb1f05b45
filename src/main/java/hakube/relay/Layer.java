package hakube.relay;

import java.io.IOException;
import java.net.Socket;

/**
 * What lies upon the bare connection to a far side: nothing, or TLS. Whoever has one keeps it: a connection serves another request only
 * where the same one, and not merely another of the same kind, is asked for.
 */
public interface Layer {

    /** The bare connection. */
    Layer NONE = plain -> plain;

    /**
     * Lays it upon a connection that was just made; reads of {@code plain} time out.
     *
     * @throws IOException the far side does not agree
     */
    Socket over(Socket plain) throws IOException;
}
