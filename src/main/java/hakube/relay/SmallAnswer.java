package hakube.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A far side's answer for whoever does not wait for it, but looks at all that has come whenever more has. Small ones of known length are
 * taken whole, as are those in chunks that have come to their end; all others are for {@link HttpRelay#goOn}.
 */
public sealed interface SmallAnswer {

    /** Octets of head and body together; as large as a buffer of the relay's. */
    int LARGEST = Buffers.LARGE;

    /** There is more to come. */
    record Coming() implements SmallAnswer {}

    /** It is none, or cannot be told from one that is. */
    record Other() implements SmallAnswer {}

    /**
     * All of it.
     *
     * @param octets what the client gets
     * @param leavesConnection whether the far side's connection serves another request
     */
    record Whole(ByteBuffer octets, boolean leavesConnection) implements SmallAnswer {}

    SmallAnswer COMING = new Coming();
    SmallAnswer OTHER = new Other();

    /**
     * The request's octets, for one without a body.
     *
     * @throws IllegalArgumentException it has something that a head cannot have
     */
    static ByteBuffer request(Errand errand, String method) {
        HeadWriter head = Exchange.head(errand, method, Outgoing.none());
        return ByteBuffer.wrap(head.bytes(), 0, head.length());
    }

    /**
     * Looks at what has come.
     *
     * @param come from the beginning on
     * @param count octets of it
     * @param method of the request
     * @param into where the client's octets are put, if they have room there
     */
    static SmallAnswer of(byte[] come, int count, Errand errand, String method, byte[] into) {
        int end = AnswerHead.end(come, 0, count);
        if (end < 0) {
            return count < LARGEST ? COMING : OTHER;
        }
        try {
            AnswerHead head = AnswerHead.parse(come, 0, end);
            if (head.status() < 200) {
                return OTHER;
            }
            if (isChunked(head, method)) {
                boolean isWhole = count <= LARGEST && Chunks.isWhole(come, end, count);
                return isWhole ? whole(head, come, end, count, Framing.UNKNOWN, errand, method, into) : OTHER;
            }
            long length = length(head, method);
            long limit = end + length;
            if (length < 0 || limit > LARGEST || count > limit) {
                return OTHER;
            }
            return count < limit ? COMING : whole(head, come, end, count, length, errand, method, into);
        } catch (IOException | IllegalArgumentException unfit) {
            return OTHER;
        }
    }

    private static SmallAnswer whole(
            AnswerHead head, byte[] come, int end, int count, long length, Errand errand, String method, byte[] into)
            throws IOException {
        List<Field> headers = errand.answer().apply(head);
        HeadWriter out = new HeadWriter(into).first("HTTP/1.1 " + head.status() + ' ' + head.reason());
        headers.forEach(out::field);
        if (head.isBare(method)) {
            out.end();
        } else {
            AnswerSender.frame(out, headers, length);
            out.octets(come, end, count - end);
        }
        return new Whole(ByteBuffer.wrap(out.bytes(), 0, out.length()), head.keepsAlive());
    }

    private static boolean isChunked(AnswerHead head, String method) {
        List<String> codings = Field.values(head.fields(), "transfer-encoding");
        return !head.isBare(method)
                && codings.size() == 1
                && codings.getFirst().equalsIgnoreCase("chunked")
                && !Field.isIn(head.fields(), "content-length");
    }

    /** Of the body, or {@link Framing#UNKNOWN}. */
    private static long length(AnswerHead head, String method) throws FarFailure {
        if (head.isBare(method)) {
            return 0;
        }
        List<String> lengths = Field.values(head.fields(), "content-length");
        return lengths.isEmpty() || Field.isIn(head.fields(), "transfer-encoding")
                ? Framing.UNKNOWN
                : Framing.length(lengths);
    }
}
