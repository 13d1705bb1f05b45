package hakube.relay;

import java.io.IOException;

/** The far side is not there, or does not speak HTTP; what was to be relayed did not reach it, or not in one piece. */
final class FarFailure extends IOException {

    private static final long serialVersionUID = 1;

    FarFailure(String message) {
        super(message);
    }

    FarFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
