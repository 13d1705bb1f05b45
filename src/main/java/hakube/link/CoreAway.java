package hakube.link;

import java.io.IOException;

/** Core gave no answer: it is not running, not reachable, too slow, or it does not let the Supervisor in. */
public final class CoreAway extends IOException {
    private static final long serialVersionUID = 1L;

    public CoreAway(String message) {
        super(message);
    }

    CoreAway(String message, Throwable cause) {
        super(message, cause);
    }
}
