package hakube.relay;

import java.io.IOException;
import java.util.List;

/** Says who may speak with whom by a WebSocket whose sides must not see each other's log-in. */
public interface Mediator extends AutoCloseable {

    /** A side, before messages pass. */
    interface Talk {

        /** @throws IOException what comes is no text, or nothing comes in time */
        String hear() throws IOException;

        void say(String text) throws IOException;
    }

    /** The client is not let in now, but may be later. */
    final class Busy extends IOException {

        private static final long serialVersionUID = 1;

        public Busy(String message) {
            super(message);
        }
    }

    /**
     * Lets the client in, or not; within ten seconds.
     *
     * @return where to go on
     * @throws Busy it may try again later: the connection closes with 1013
     * @throws IOException it is not let in: the connection closes
     */
    Errand admit(Talk client) throws IOException;

    /** @throws IOException the far side does not let us in: the connection closes */
    void logIn(Talk far) throws IOException;

    /** What the client gets instead, when this message of it must not pass; empty when it may. */
    List<String> objections(String text);

    /** It is over, or never began. */
    @Override
    default void close() {}
}
