package hakube.ingress;

import hakube.access.IngressRoute;
import hakube.relay.AnswerHead;
import hakube.relay.CoreLinkConfig;
import hakube.relay.Field;
import hakube.relay.HopByHop;
import hakube.relay.WebSocketHandshake;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which headers pass, and which the Supervisor makes itself; pure (upstream {@code supervisor/api/ingress.py}, 2026-08). What an app
 * may believe comes from the session, never from the client.
 */
final class IngressHeaders {

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    /**
     * Never passed on, however they are written. {@code Expect} is answered here, and where a body ends is for each connection to say;
     * {@code Content-Encoding} passes, since the body does as it is.
     */
    private static final List<String> KEPT_BACK = List.of(
            "content-length",
            "transfer-encoding",
            "expect",
            "x-supervisor-token",
            "x-hassio-key",
            "x-hakube-link",
            "x-remote-user-id",
            "x-remote-user-name",
            "x-remote-user-display-name",
            "x-ingress-path",
            "x-forwarded-for");

    private IngressHeaders() {}

    /**
     * What the app gets.
     *
     * @param token of the app's ingress
     * @param peer address of whoever is connected
     * @param relayToken what the relay in the app's pod asks for, and takes off; empty where the app itself is dialled
     */
    static List<Field> toApp(
            List<Field> received, String token, Optional<IngressUser> user, String peer, Optional<String> relayToken) {
        HopByHop hops = HopByHop.of(received);
        List<Field> headers = new ArrayList<>(received.size() + 6);
        for (Field field : received) {
            if (!isKeptBack(field) && !hops.has(field) && !WebSocketHandshake.has(field)) {
                headers.add(field);
            }
        }
        headers.add(new Field("X-Ingress-Path", IngressRoute.ENTRY + token));
        headers.add(new Field(FORWARDED_FOR, forwardedFor(received, peer)));
        relayToken.ifPresent(secret -> headers.add(new Field(CoreLinkConfig.HEADER, secret)));
        user.ifPresent(known -> {
            headers.add(new Field("X-Remote-User-Id", octets(known.id())));
            known.username().ifPresent(name -> headers.add(new Field("X-Remote-User-Name", octets(name))));
            known.name().ifPresent(name -> headers.add(new Field("X-Remote-User-Display-Name", octets(name))));
        });
        return headers;
    }

    /** What the browser gets: all but what concerns the connection to the app. */
    static List<Field> toBrowser(AnswerHead answer) {
        HopByHop hops = HopByHop.of(answer.fields());
        List<Field> headers = new ArrayList<>(answer.fields().size());
        for (Field field : answer.fields()) {
            if (!field.is("content-length") && !hops.has(field)) {
                headers.add(field);
            }
        }
        return headers;
    }

    private static boolean isKeptBack(Field field) {
        for (String name : KEPT_BACK) {
            if (field.isTakenFor(name)) {
                return true;
            }
        }
        return false;
    }

    private static String forwardedFor(List<Field> received, String peer) {
        StringBuilder chain = new StringBuilder();
        for (Field field : received) {
            if (field.is(FORWARDED_FOR) && !field.value().isEmpty()) {
                chain.append(field.value()).append(", ");
            }
        }
        return chain.append(peer).toString();
    }

    /** A name in UTF-8, on one line. */
    private static String octets(String name) {
        String line = name.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
