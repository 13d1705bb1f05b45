package hakube.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hakube.relay.AnswerHead;
import hakube.relay.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IngressHeadersTest {

    private static final Optional<IngressUser> NOBODY = Optional.empty();

    @Test
    void whatABrowserSendsPasses() {
        List<String> sent = List.of(
                "Host: home.example:8123",
                "Origin: http://home.example",
                "Cookie: ingress_session=ab; other=1",
                "Authorization: Bearer x",
                "Accept-Encoding: gzip",
                "Content-Type: text/plain",
                "Content-Encoding: gzip",
                "X-Hass-Source: core.ingress",
                "X-Forwarded-Host: home.example",
                "X-Forwarded-Proto: https",
                "X-Twice: 1",
                "X-Twice: 2");
        List<String> expected = new ArrayList<>(sent);
        expected.add("X-Ingress-Path: /api/hassio_ingress/tok");
        expected.add("X-Forwarded-For: 10.0.0.9");
        assertEquals(expected, toApp(NOBODY, sent));
    }

    /** Nobody but the Supervisor says who a user is and where the app lives, in whatever spelling. */
    @Test
    void whatOnlyTheSupervisorMaySayIsDropped() {
        assertEquals(
                List.of("X-Ingress-Path: /api/hassio_ingress/tok", "X-Forwarded-For: 10.0.0.9"),
                toApp(
                        NOBODY,
                        List.of(
                                "X-Remote-User-Id: admin",
                                "x-remote-user-name: admin",
                                "X-REMOTE-USER-DISPLAY-NAME: admin",
                                "X_Remote_User_Id: admin",
                                "X-Remote_User-Name: admin",
                                "X-Ingress-Path: /evil",
                                "X_Ingress_Path: /evil",
                                "X-Supervisor-Token: a",
                                "X-Hassio-Key: b",
                                "X-Hakube-Link: c",
                                "X_Forwarded_For: 1.1.1.1")));
    }

    @Test
    void whatConcernsOneConnectionIsDropped() {
        assertEquals(
                List.of("X-Ingress-Path: /api/hassio_ingress/tok", "X-Forwarded-For: 10.0.0.9"),
                toApp(
                        NOBODY,
                        List.of(
                                "Connection: keep-alive, X-Named, Host",
                                "Keep-Alive: timeout=5",
                                "Host: dropped.by.name",
                                "X-Named: 1",
                                "TE: trailers",
                                "Trailer: X",
                                "Upgrade: h2c",
                                "Proxy-Authorization: x",
                                "Proxy-Connection: x",
                                "Transfer-Encoding: chunked",
                                "Content-Length: 5",
                                "Expect: 100-continue",
                                "Sec-WebSocket-Key: x",
                                "Sec-WebSocket-Protocol: x")));
    }

    @Test
    void theSessionSaysWhoItIs() {
        IngressUser user = new IngressUser("id", Optional.of("jo"), Optional.of("Jö\r\nX-Evil: 1"));
        List<String> headers = toApp(Optional.of(user), List.of("X-Remote-User-Id: admin"));
        assertEquals(
                List.of(
                        "X-Remote-User-Id: id",
                        "X-Remote-User-Name: jo",
                        "X-Remote-User-Display-Name: "
                                + new String(
                                        "Jö  X-Evil: 1".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)),
                headers.subList(2, headers.size()));
    }

    @Test
    void aUserWithoutNamesHasAnIdOnly() {
        List<String> headers = toApp(Optional.of(new IngressUser("id", Optional.empty(), Optional.empty())), List.of());
        assertEquals(List.of("X-Remote-User-Id: id"), headers.subList(2, headers.size()));
    }

    @Test
    void thePeerFollowsThoseBefore() {
        List<String> headers = toApp(NOBODY, List.of("X-Forwarded-For: 1.1.1.1", "x-forwarded-for: 2.2.2.2"));
        assertEquals("X-Forwarded-For: 1.1.1.1, 2.2.2.2, 10.0.0.9", headers.getLast());
    }

    @Test
    void anAnswerLosesWhatConcernsItsConnection() {
        AnswerHead answer = new AnswerHead(
                1,
                200,
                "OK",
                fields(List.of(
                        "Connection: close, X-Hop",
                        "X-Hop: 1",
                        "Content-Length: 5",
                        "Transfer-Encoding: chunked",
                        "Upgrade: h2c",
                        "Set-Cookie: a=1",
                        "Set-Cookie: b=2",
                        "Content-Encoding: gzip",
                        "WWW-Authenticate: Basic")));
        assertEquals(
                List.of("Set-Cookie: a=1", "Set-Cookie: b=2", "Content-Encoding: gzip", "WWW-Authenticate: Basic"),
                lines(IngressHeaders.toBrowser(answer)));
    }

    @Test
    void theRelaysTokenGoesToARelayAlone() {
        List<Field> sent = fields(List.of("x-hakube-link: forged"));
        List<String> relayed = lines(IngressHeaders.toApp(sent, "tok", NOBODY, "10.0.0.9", Optional.of("secret")));
        assertEquals("X-Hakube-Link: secret", relayed.getLast());
        assertFalse(relayed.toString().contains("forged"));
        assertFalse(toApp(NOBODY, List.of("x-hakube-link: forged")).toString().contains("hakube"));
    }

    private static List<String> toApp(Optional<IngressUser> user, List<String> sent) {
        return lines(IngressHeaders.toApp(fields(sent), "tok", user, "10.0.0.9", Optional.empty()));
    }

    private static List<Field> fields(List<String> lines) {
        return lines.stream()
                .map(line -> line.split(": ", 2))
                .map(parts -> new Field(parts[0], Arrays.asList(parts).getLast()))
                .toList();
    }

    private static List<String> lines(List<Field> fields) {
        return fields.stream().map(field -> field.name() + ": " + field.value()).toList();
    }
}
