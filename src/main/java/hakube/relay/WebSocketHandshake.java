package hakube.relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How a WebSocket begins (RFC 6455, 4). The client's key goes to the far side and its proof comes back, so that nobody between them has
 * to touch what follows. Extensions are not offered: what passes can then be measured.
 *
 * @param protocols that the client offers, in its order
 */
public record WebSocketHandshake(String key, List<String> protocols) {

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String PREFIX = "sec-websocket-";
    private static final int KEY_OCTETS = 16;

    /** Whether a request asks for one: {@code Connection} has the word upgrade, {@code Upgrade} is websocket. */
    public static boolean isAskedFor(String method, List<Field> fields) {
        return method.equals("GET")
                && Field.isIn(fields, "upgrade")
                && Field.values(fields, "upgrade").stream().anyMatch("websocket"::equalsIgnoreCase)
                && Field.values(fields, "connection").stream()
                        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("upgrade"));
    }

    /** Whether a request asks for one in a way that is understood: version 13, with a key. */
    public static boolean canBeMet(String method, List<Field> fields) {
        return isAskedFor(method, fields) && of(fields).isPresent();
    }

    /** Whether the header belongs to the handshake, which each side has for itself. */
    public static boolean has(Field field) {
        return field.name().regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    /** Of a request that asks for one; empty when it does so in a way that nobody understands. */
    static Optional<WebSocketHandshake> of(List<Field> fields) {
        List<String> keys = Field.values(fields, "sec-websocket-key");
        List<String> protocols = protocols(fields);
        boolean isUnderstood = keys.size() == 1
                && isKey(keys.getFirst())
                && Field.values(fields, "sec-websocket-version").equals(List.of("13"))
                && protocols.stream().allMatch(Tokens::isToken);
        return isUnderstood ? Optional.of(new WebSocketHandshake(keys.getFirst(), protocols)) : Optional.empty();
    }

    /**
     * Asks the far side. How long that may take is for the caller to see to.
     *
     * @return what the client gets
     * @throws FarFailure it does not agree
     */
    HeadWriter with(FarConnection far, Errand errand) throws IOException {
        List<Field> headers = new ArrayList<>(errand.headers());
        headers.add(new Field("Connection", "Upgrade"));
        headers.add(new Field("Upgrade", "websocket"));
        headers.add(new Field("Sec-WebSocket-Version", "13"));
        headers.add(new Field("Sec-WebSocket-Key", key));
        if (!protocols.isEmpty()) {
            headers.add(new Field("Sec-WebSocket-Protocol", String.join(", ", protocols)));
        }
        HeadWriter request = Exchange.head(errand.with(headers), "GET", Outgoing.none());
        far.write(request.bytes(), 0, request.length());
        AnswerHead answer = far.readHead();
        return accepted(answer);
    }

    /** One of our own, which offers no protocol. */
    static WebSocketHandshake fresh() {
        byte[] key = new byte[KEY_OCTETS];
        ThreadLocalRandom.current().nextBytes(key);
        return new WebSocketHandshake(Base64.getEncoder().encodeToString(key), List.of());
    }

    /** What the client gets when it is us who agree. */
    HeadWriter agreed() {
        return agreed(List.of());
    }

    private HeadWriter accepted(AnswerHead answer) throws FarFailure {
        List<String> chosen = Field.values(answer.fields(), "sec-websocket-protocol");
        boolean isAgreed = answer.status() == 101
                && WebSocketHandshake.isUpgrade(answer)
                && proof().equals(answer.first("sec-websocket-accept"))
                && answer.first("sec-websocket-extensions") == null
                && chosen.size() <= 1
                && protocols.containsAll(chosen);
        if (!isAgreed) {
            throw new FarFailure("the far side refuses the WebSocket with status " + answer.status());
        }
        return agreed(chosen);
    }

    private HeadWriter agreed(List<String> chosen) {
        HeadWriter head = new HeadWriter()
                .first("HTTP/1.1 101 Switching Protocols")
                .field("Upgrade", "websocket")
                .field("Connection", "Upgrade")
                .field("Sec-WebSocket-Accept", proof());
        chosen.forEach(protocol -> head.field("Sec-WebSocket-Protocol", protocol));
        return head.end();
    }

    private static boolean isUpgrade(AnswerHead answer) {
        return "websocket".equalsIgnoreCase(answer.first("upgrade"));
    }

    private String proof() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-1", e);
        }
    }

    private static List<String> protocols(List<Field> fields) {
        return Field.values(fields, "sec-websocket-protocol").stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(protocol -> !protocol.isEmpty())
                .toList();
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_OCTETS;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
