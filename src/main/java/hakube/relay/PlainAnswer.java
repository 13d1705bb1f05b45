package hakube.relay;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** The relay's own answers: a status and its name as text, such as {@code 502: Bad Gateway}, for which frontends wait. */
public final class PlainAnswer {

    private PlainAnswer() {}

    /**
     * Answers a request of which nothing but the head was read.
     *
     * @throws CloseConnectionException when a body follows: what is left of it would be taken for another request
     */
    public static void send(ServerRequest request, ServerResponse response, Status status) {
        send(RequestBody.of(request), response, status);
    }

    static void send(RequestBody body, ServerResponse response, Status status) {
        if (body.isRead()) {
            write(response, status);
        } else {
            sendLast(body, response, status);
        }
    }

    /** Answers, and ends the connection. */
    static void sendLast(RequestBody body, ServerResponse response, Status status) {
        ClientWire client = ClientWire.of(response);
        response.header(HeaderValues.CONNECTION_CLOSE);
        write(response, status);
        body.drain(client);
        throw new CloseConnectionException("The rest of the request is not read");
    }

    static void write(ServerResponse response, Status status) {
        response.status(status)
                .header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .send(status.code() + ": " + status.reasonPhrase());
    }
}
