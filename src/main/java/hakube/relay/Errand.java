package hakube.relay;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;

/**
 * What a relay is to do with a request.
 *
 * @param far where to; an address, never a name
 * @param target path and query as they go out
 * @param headers all that go out, but for those that tell where the body ends
 * @param streams whether a body may have any length, and none that is known before; else it has 16 MiB at most, and its length is told:
 *     simple servers know no chunks
 * @param answer the headers that go back, from the far side's answer; those that tell where the body ends are the relay's
 */
public record Errand(
        InetSocketAddress far,
        String target,
        List<Field> headers,
        boolean streams,
        Function<AnswerHead, List<Field>> answer) {

    public Errand {
        if (far.isUnresolved()) {
            throw new IllegalArgumentException("a name is not dialled");
        }
        headers = List.copyOf(headers);
    }
}
