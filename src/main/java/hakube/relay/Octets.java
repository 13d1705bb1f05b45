package hakube.relay;

import java.io.IOException;

/** Octets on their way, as of a stream. */
final class Octets {

    private Octets() {}

    /** Where they come from. */
    interface Source {
        /** @return how many were read, at least one; -1 at the end */
        int read(byte[] into, int offset, int length) throws IOException;

        /**
         * Returns when a read would; nobody has to hold a buffer meanwhile.
         *
         * @return false when nothing has come for a while
         */
        default boolean await() throws IOException {
            return true;
        }
    }

    /** Where they go. */
    interface Sink {
        void write(byte[] bytes, int offset, int length) throws IOException;
    }
}
