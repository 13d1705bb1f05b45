package hakube.supervisor;

import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * A body that is sent many times. Helidon 4.2.6 copies what it sends in one piece with the head, for each answer: a large body
 * goes out in two, of which the second one, nearly all of it, is sent as it lies here.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ReadyBody(byte[] first, byte[] rest) {

    /** More than the server gathers before it sends. */
    private static final int FIRST = 8 * 1024;

    private static final int LARGE = 4 * FIRST;

    static ReadyBody of(byte[] body) {
        return body.length < LARGE
                ? new ReadyBody(body, new byte[0])
                : new ReadyBody(Arrays.copyOf(body, FIRST), Arrays.copyOfRange(body, FIRST, body.length));
    }

    /** @param response has its status and headers */
    void send(ServerResponse response) {
        if (rest.length == 0) {
            response.send(first);
            return;
        }
        response.contentLength((long) first.length + rest.length);
        try (OutputStream out = response.outputStream()) {
            out.write(first);
            out.write(rest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
