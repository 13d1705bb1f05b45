package hakube.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * What a relay is to do with a request. Holds secrets, so it shows neither the values of headers nor the query.
 *
 * @param far where to; an address, never a name
 * @param layer what lies upon the bare connection
 * @param target path and query as they go out
 * @param headers all that go out, but for those that tell where the body ends
 * @param streams whether a body may have any length, and none that is known before; else it has 16 MiB at most, and its length is told:
 *     simple servers know no chunks
 * @param limit for all of it, from the dialling to the end of the answer, for a request that is no WebSocket's; zero for none
 * @param answer the headers that go back, from the far side's answer; those that tell where the body ends are the relay's
 */
public record Errand(
        InetSocketAddress far,
        Layer layer,
        String target,
        List<Field> headers,
        boolean streams,
        Duration limit,
        Answer answer) {

    public Errand {
        if (far.isUnresolved()) {
            throw new IllegalArgumentException("a name is not dialled");
        }
        headers = List.copyOf(headers);
    }

    /** Without TLS and without a limit of time. */
    public Errand(InetSocketAddress far, String target, List<Field> headers, boolean streams, Answer answer) {
        this(far, Layer.NONE, target, headers, streams, Duration.ZERO, answer);
    }

    /** Makes the headers that go back. */
    public interface Answer {
        /** @throws IOException the answer must not go back at all: it is a 502 then */
        List<Field> apply(AnswerHead head) throws IOException;
    }

    /** The same to the same place, with other headers. */
    Errand with(List<Field> others) {
        return new Errand(far, layer, target, others, streams, limit, answer);
    }

    @Override
    public String toString() {
        int query = target.indexOf('?');
        return "an errand to " + far + " for " + (query < 0 ? target : target.substring(0, query)) + " with headers "
                + headers.stream().map(Field::name).toList();
    }
}
