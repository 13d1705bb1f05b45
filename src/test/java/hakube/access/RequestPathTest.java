package hakube.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "addons/x/info",
                "http://x/addons/x/sys_options",
                "/addons/x%2fsecurity",
                "/addons/x%252fsecurity",
                "/addons/x%5csecurity",
                "/addons/x\\security",
                "/addons/x%255Csecurity",
                "/core/api%2fhassio/x",
                "/core/api/x%2fy",
                "/ingress%2ftoken/x",
                "/ingress/token%2fx/",
                "/v2%2fapps",
                "/a%0ab",
                "/a%09b",
                "/a%7f",
                "/a%250d",
                "/a/..",
                "/a/%2e%2e",
                "/a/..;x/b",
                "/core/api/..;/hassio/x"
            })
    void whatCouldBeReadInTwoWaysIsNone(String raw) {
        assertEquals(Optional.empty(), RequestPath.of(raw));
    }

    @ParameterizedTest
    @CsvSource({
        "/addons/local_x/info, /addons/local_x/info, /addons/local_x/info",
        "/%61ddons/local%5Fx/%69nfo, /addons/local_x/info, /addons/local_x/info",
        "/docker/registries/a%3A5000, /docker/registries/a:5000, /docker/registries/a%3A5000",
        "/a%20b, /a b, /a%20b",
        "/a%zz%2, /a%zz%2, /a%zz%2",
        "/%2561, /%61, /%2561"
    })
    void gateAndRoutesSeeTheSame(String raw, String judged, String routed) {
        assertEquals(Optional.of(new RequestPath(judged, routed)), RequestPath.of(raw));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/addons/",
                "//addons",
                "/addons//x/info",
                "/addons/./info",
                "/addons/%2e/info",
                "/addons/.",
                "/addons/x;y/info",
                "/addons/x/sys_options;y"
            })
    void aPathWithAnotherReadingIsNotPlain(String raw) {
        assertFalse(RequestPath.of(raw).orElseThrow().isPlain(), raw);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/addons", "/a..b/c", "/a.b", "/.a", "/addons/x%3By/info"})
    void anOrdinaryOneIs(String raw) {
        assertTrue(RequestPath.of(raw).orElseThrow().isPlain(), raw);
    }

    @Test
    void parametersDotsAndEmptySegmentsDoNotHideWhatIsClosed() {
        for (String raw : new String[] {
            "/core/api//hassio/x", "/core;a/api;b/./hassio_auth", "//core/api/hassio/x", "/core/./api/hassio/x"
        }) {
            assertTrue(Paths.isClosed(RequestPath.of(raw).orElseThrow().collapsed()), raw);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ingress/abc/",
                "/ingress/abc/x;y//z/",
                "/ingress/abc/a%2Fb",
                "/ingress/abc/a%5Cb",
                "/v2/ingress/abc/a%2Fb",
                "/api/hassio_ingress/abc/a%2Fb",
                "/core/api/",
                "/homeassistant/api/states/",
                "/v2/core/api/x;y"
            })
    void whatAppsAndCoreGetIsNotReadHere(String raw) {
        assertTrue(RequestPath.of(raw).orElseThrow().isRelayed(), raw);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ingress/session", "/core/apix/", "/core/info", "/v2/api/hassio_ingress/a/b"})
    void theirNeighboursAre(String raw) {
        assertFalse(RequestPath.of(raw).orElseThrow().isRelayed(), raw);
    }
}
