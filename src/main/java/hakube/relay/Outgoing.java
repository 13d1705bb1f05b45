package hakube.relay;

/**
 * The body that goes out with a request.
 *
 * @param length octets, 0 for none, {@link Framing#UNKNOWN} for one that goes in chunks
 */
record Outgoing(long length, Octets.Source source) {

    static Outgoing none() {
        return new Outgoing(0, (into, offset, length) -> -1);
    }

    static Outgoing of(RequestBody body, long length) {
        return new Outgoing(length, body::read);
    }

    static Outgoing chunked(RequestBody body) {
        return new Outgoing(Framing.UNKNOWN, body::read);
    }

    static Outgoing of(Spool spool) {
        return new Outgoing(spool.length(), spool::read);
    }

    boolean isEmpty() {
        return length == 0;
    }

    boolean isChunked() {
        return length == Framing.UNKNOWN;
    }
}
