package hakube.git;

import java.io.IOException;

/** Ends a fetch that costs more than it may. */
final class LimitExceeded extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean isTime;

    LimitExceeded(String message, boolean isTime) {
        super(message);
        this.isTime = isTime;
    }

    /** Whether it was the time and not the size. */
    boolean isTime() {
        return isTime;
    }
}
