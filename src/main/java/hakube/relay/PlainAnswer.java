package hakube.relay;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The relay's own answers: a status and its name as text, such as {@code 502: Bad Gateway}, for which frontends wait. */
public final class PlainAnswer {

    private static final String TYPE = "text/plain; charset=utf-8";

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
        response.status(status).header(HeaderNames.CONTENT_TYPE, TYPE).send(text(status));
    }

    /** Answers on a connection that the server does not look after any more, and that ends then. */
    static void refuse(ClientWire client, Status status) {
        HeadWriter answer = head(status).field("Connection", "close");
        byte[] octets = octets(answer, status);
        try {
            client.write(octets, 0, octets.length);
        } catch (ClientWire.ClientGone gone) {
            // There is nobody to tell.
        }
    }

    /** All of it, as it goes over the wire; the connection stays. */
    public static byte[] octets(Status status) {
        return octets(head(status), status);
    }

    private static HeadWriter head(Status status) {
        return new HeadWriter()
                .first("HTTP/1.1 " + status.code() + ' ' + status.reasonPhrase())
                .field("Content-Type", TYPE)
                .field("Content-Length", Integer.toString(text(status).length()));
    }

    private static byte[] octets(HeadWriter head, Status status) {
        byte[] text = text(status).getBytes(StandardCharsets.US_ASCII);
        head.end().octets(text, 0, text.length);
        return Arrays.copyOf(head.bytes(), head.length());
    }

    private static String text(Status status) {
        return status.code() + ": " + status.reasonPhrase();
    }
}
