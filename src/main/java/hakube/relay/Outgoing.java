package hakube.relay;

import java.io.IOException;

/**
 * The body that goes out with a request.
 *
 * @param length octets, 0 for none, {@link #UNKNOWN} for one that goes in chunks
 */
record Outgoing(long length, Source source) {

    static final long UNKNOWN = -1;

    /** Where it comes from; as of a stream: at least one octet, -1 at the end. */
    interface Source {
        int read(byte[] into, int offset, int length) throws IOException;
    }

    static Outgoing none() {
        return new Outgoing(0, (into, offset, length) -> -1);
    }

    static Outgoing of(RequestBody body, long length) {
        return new Outgoing(length, body::read);
    }

    static Outgoing chunked(RequestBody body) {
        return new Outgoing(UNKNOWN, body::read);
    }

    static Outgoing of(Spool spool) {
        return new Outgoing(spool.length(), spool::read);
    }

    boolean isEmpty() {
        return length == 0;
    }

    boolean isChunked() {
        return length == UNKNOWN;
    }
}
