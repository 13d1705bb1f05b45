package hakube.relay;

import io.helidon.http.DateTime;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.nio.charset.StandardCharsets;

/**
 * An answer of status 200, with its head and the time at which it was made: sent again and again as it lies here. Helidon 4.2.6
 * writes each head anew, and copies the body behind it.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record WholeAnswer(byte[] octets) {

    /** With that body, made now. */
    public static WholeAnswer of(String type, byte[] body) {
        String date = new String(DateTime.http1Bytes(), StandardCharsets.US_ASCII).strip();
        HeadWriter answer = new HeadWriter(new byte[256 + body.length])
                .first("HTTP/1.1 200 OK")
                .field("Date", date)
                .field("Connection", "keep-alive")
                .field("Content-Type", type)
                .field("Content-Length", Integer.toString(body.length))
                .end()
                .octets(body, 0, body.length);
        byte[] octets = new byte[answer.length()];
        System.arraycopy(answer.bytes(), 0, octets, 0, octets.length);
        return new WholeAnswer(octets);
    }

    /**
     * Whether it can be the answer to that request as it is: nobody has put a header to it, and the connection goes on as connections of
     * HTTP/1.1 do.
     */
    public static boolean fits(RoutingRequest request, RoutingResponse response) {
        return request.prologue().protocolVersion().equals("1.1")
                && response.headers().size() == 0
                && request.headers()
                        .first(HeaderNames.CONNECTION)
                        .filter(value -> !value.equalsIgnoreCase("keep-alive"))
                        .isEmpty();
    }

    /**
     * Sends it.
     *
     * @throws CloseConnectionException the client went away
     */
    public void send(RoutingResponse response) {
        ClientWire client = ClientWire.of(response);
        try {
            client.write(octets, 0, octets.length);
        } catch (ClientWire.ClientGone gone) {
            throw new CloseConnectionException("The client went away", gone);
        }
        client.answered();
    }
}
