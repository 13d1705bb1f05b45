package hakube.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
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

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/v2/info | default homeassistant backup manager admin",
                "/v2/discovery/x | default homeassistant backup manager admin",
                "/v2/apps/self/stats | default homeassistant backup manager admin",
                "/v2/apps/self/options/config | default homeassistant backup manager admin",
                "/v2/apps/x/info | default homeassistant backup manager admin",
                "/v2/homeassistant/x | homeassistant manager admin",
                "/v2/core/websocket | homeassistant manager admin",
                "/v2/backups/x/download | backup manager admin",
                "/v2/apps | manager admin",
                "/v2/apps/x/start | manager admin",
                "/v2/apps/self/update | manager admin",
                "/v2/reload_updates | manager admin",
                "/v2/supervisor/ping | manager admin",
                "/v2/store/apps/x | manager admin",
                "/v2/refresh_updates | admin",
                "/v2/available_updates | admin",
                "/v2/snapshots | admin",
                "/v2/apps/reload | admin",
                "/v2/addons/self/stats | admin",
                "/v2/addons | admin",
                "/v2/apps/x/security | admin",
                "/v2/os/datadisk/wipe/x | admin",
                "/v2/ingress/panels | admin",
                "/apps/x/start | admin",
            })
    void version2HasRulesOfItsOwn(String path, String roles) {
        assertEquals(roles, rolesThatReach(path));
    }

    @Test
    void noAppReachesSystemOptions() {
        assertEquals("", rolesThatReach("/v2/apps/x/sys_options"));
        assertFalse(Paths.allows(new Caller.Administrator(), "/v2/apps/x/sys_options"));
        assertTrue(Paths.allows(new Caller.Core(), "/v2/apps/x/sys_options"));
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
                "/v2",
                "/core/api/hassio/addons",
                "/core/api/hassio/",
                "/core/api/hassio_auth",
                "/v2/core/api/hassio_auth",
                "/v2/homeassistant/api/hassio/x",
                "/homeassistant/api/hassio_push/panel/x"
            })
    void theWayBackThroughCoreIsClosed(String path) {
        assertTrue(Paths.isClosed(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/core/api/hassio", "/core/api/hassios/x", "/core/hassio/x", "/v2/", "/v1/core/api/hassio/x"})
    void itsNeighboursAreNot(String path) {
        assertFalse(Paths.isClosed(path));
    }

    @Test
    void inVersion2OnlyIngressAndImagesAreOpen() {
        assertTrue(Paths.isOpen("/v2/ingress/abc-_1/x/y"));
        assertTrue(Paths.isOpen("/v2/store/apps/local_x/logo"));
        for (String path : List.of(
                "/v2/supervisor/ping",
                "/v2/core/api/states",
                "/v2/core/websocket",
                "/v2/api/hassio_ingress/abc/x",
                "/v2/apps/local_x/icon",
                "/v2/store/addons/local_x/icon",
                "/v2/app/entry.js")) {
            assertFalse(Paths.isOpen(path), path);
        }
    }

    @Test
    void imagesAndPingAreOpenAndTheirNeighboursAreNot() {
        assertTrue(Paths.isOpen("/api/hassio_ingress/abc-_1/"));
        assertTrue(Paths.isOpen("/store/addons/local_x/logo"));
        assertTrue(Paths.isOpen("/app/a/b.woff2"));
        assertFalse(Paths.isOpen("/app/a/b.html"));
        assertFalse(Paths.isOpen("/addons/a/b/icon"));
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
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }
}
