package hakube.git;

import java.io.IOException;

/** An address that is not asked. */
final class Refused extends IOException {

    private static final long serialVersionUID = 1L;

    Refused(String message) {
        super(message);
    }
}
