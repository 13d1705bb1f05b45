package hakube.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/info | default homeassistant backup manager admin",
                "/services | default homeassistant backup manager admin",
                "/auth | default homeassistant backup manager admin",
                "/supervisor/info | default homeassistant backup manager admin",
                "/os/info | default homeassistant backup manager admin",
                "/addons/x/info | default homeassistant backup manager admin",
                "/addons/self/restart | default homeassistant backup manager admin",
                "/addons/self/logs | default homeassistant backup manager admin",
                "/addons/self/logs/follow | manager admin",
                "/core/restart | homeassistant manager admin",
                "/core/logs | homeassistant manager admin",
                "/backups | backup manager admin",
                "/backups/new/full | backup manager admin",
                "/addons | manager admin",
                "/addons/x/start | manager admin",
                "/store | manager admin",
                "/host/reboot | manager admin",
                "/auth/cache | manager admin",
                "/refresh_updates | manager admin",
                "/reload_updates | admin",
                "/ingress/panels | admin",
                "/auth/list | admin",
                "/addons/x/security | admin",
                "/os/datadisk/wipe | admin",
                "/discovery | default homeassistant backup manager admin",
            })
    void rolesReachExactlyTheirPaths(String path, String roles) {
        assertEquals(roles, rolesThatReach(path));
    }

    @Test
    void noAppReachesSystemOptions() {
        assertEquals("", rolesThatReach("/addons/x/sys_options"));
        assertFalse(Paths.allows(new Caller.Administrator(), "/addons/x/sys_options"));
        assertTrue(Paths.allows(new Caller.Core(), "/addons/x/sys_options"));
    }

    @Test
    void anAppWithoutTheFlagReachesOnlyWhatIsFree() {
        Caller.App app = new Caller.App("local_x", false, Caller.Role.ADMIN, false, false);
        assertTrue(Paths.allows(app, "/addons/self/info"));
        assertTrue(Paths.allows(app, "/info"));
        assertFalse(Paths.allows(app, "/supervisor/info"));
        assertFalse(Paths.allows(app, "/addons/self/security"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/core/api/hassio/addons",
                "/core/api/hassio_auth",
                "/v2/core/api/hassio_auth",
                "/homeassistant/api/hassio_push/panel/x"
            })
    void theWayBackThroughCoreIsClosed(String path) {
        assertTrue(Paths.isClosed(path));
    }

    @Test
    void imagesAndPingAreOpenAndTheirNeighboursAreNot() {
        assertTrue(Paths.isOpen("/supervisor/ping"));
        assertTrue(Paths.isOpen("/addons/local_x/icon"));
        assertTrue(Paths.isOpen("/ingress/abc-_1/x/y"));
        assertFalse(Paths.isOpen("/addons/local_x/changelog"));
        assertFalse(Paths.isOpen("/ingress/panels"));
        assertFalse(Paths.isOpen("/supervisor/info"));
    }

    private static String rolesThatReach(String path) {
        return Stream.of(Caller.Role.values())
                .filter(role -> Paths.allows(new Caller.App("local_y", true, role, false, false), path))
                .map(role -> role.name().toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a/../b",
                "/%2e%2e/b",
                "/%252e%252e/supervisor/options",
                "/%25252e%25252e/x",
                "/x?q=proc/self/environ",
                "/x?a=<script>alert(1)</script>",
                "/x?a=%3Cscript%3E",
                "/x?id=1 UNION SELECT name(1)",
                "/x?a=concat(1)",
                "/x?p=/a/b/"
            })
    void suspiciousPathsAreSeenHoweverTheyAreEncoded(String raw) {
        assertTrue(SuspiciousPath.matches(raw), raw);
    }

    @Test
    void ordinaryPathsAreNotSuspicious() {
        List<String> ordinary = List.of(
                "/addons/local_my.tool/info", "/core/logs?lines=100", "/ingress/t0ken/a..b/c", "/x?url=http://host/p");
        assertEquals(
                List.of(), ordinary.stream().filter(SuspiciousPath::matches).toList());
    }

    @Test
    void brokenEscapesAreLeftAlone() {
        assertEquals("/a%zz%2", SuspiciousPath.decode("/a%zz%2"));
        assertEquals("/a b", SuspiciousPath.decode("/a%20b"));
    }
}
