package hakube.front;

import hakube.relay.Errand;
import java.util.Optional;

/** Knows which requests a relay can carry at once. Asked by the thread that all connections wait for, so it waits for nothing. */
public interface Shortcut {

    /**
     * What to do with a request.
     *
     * @param request without a body
     * @param peer address of whoever is connected
     * @return with neither a layer nor a limit of time; empty for a request that the server shall serve, or refuse
     */
    Optional<Errand> errand(RequestHead request, String peer);
}
