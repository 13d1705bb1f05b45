package hakube.front;

import java.io.IOException;
import java.nio.channels.SelectionKey;

/** One that the loop waits for. All is called by its thread alone. */
interface Party {

    /**
     * Does what can be done without waiting.
     *
     * @throws IOException the connection broke; {@link #broke} follows
     */
    void ready(SelectionKey key) throws IOException;

    /** Ends the connection, and whatever came of it. */
    void broke(Exception failure);

    /** Looks whether it has waited for too long. @param now of {@link System#nanoTime} */
    void look(long now);
}
