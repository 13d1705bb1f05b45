package hakube.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.relay.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IngressPathTest {

    @ParameterizedTest
    @CsvSource({
        "/ingress/aZ-_09/, aZ-_09, /",
        "/ingress/tok/a%2Fb;c//d, tok, /a%2Fb;c//d",
        "/api/hassio_ingress/tok/x, tok, /x",
        "/v2/ingress/tok/x/, tok, /x/",
        "/ingress/tok//ingress/other/, tok, //ingress/other/"
    })
    void theRestOfThePathIsTheApps(String raw, String token, String rest) {
        assertEquals(Optional.of(new IngressPath(token, rest)), IngressPath.of(raw));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ingress/tok",
                "/ingress/session",
                "/ingress//x",
                "/ingress/t.k/x",
                "/ingress/t%61k/x",
                "/%69ngress/tok/x",
                "/v2/api/hassio_ingress/tok/",
                "/v2/v2/ingress/tok/",
                "/api/ingress/tok/",
                "/x/ingress/tok/",
                "/"
            })
    void everythingElseIsTheApis(String raw) {
        assertEquals(Optional.empty(), IngressPath.of(raw));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ingress_session=ab | ab",
                "a=b; ingress_session=ab;c=d | ab",
                "ingress_session=\"ab\" | ab",
                "ingress_session=a; ingress_session=b | a,b",
                "ingress_session= | ''",
                "xingress_session=ab; ingress_sessions=x; Ingress_Session=y; a=ingress_session=z | ",
                "; ;= | "
            })
    void theCookieIsFound(String cookies, String values) {
        assertEquals(
                values == null ? List.of() : Arrays.asList(values.split(",", -1)),
                SessionCookie.values(List.of(new Field("Accept", "ingress_session=no"), new Field("cookie", cookies))));
    }

    @Test
    void thereMayBeSeveralHeadersOfCookies() {
        assertEquals(
                List.of("a", "b"),
                SessionCookie.values(List.of(
                        new Field("Cookie", "ingress_session=a"), new Field("Cookie", "x=y; ingress_session=b"))));
    }
}
