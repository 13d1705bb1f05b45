package hakube.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RouteTableTest {

    @Test
    void whatAClusterCannotDoIsRefusedByName() {
        assertEquals(
                new RouteTable.Unserved.Refused("Rebooting the host", "host_power"),
                RouteTable.of("POST", "/host/reboot"));
        assertEquals(
                new RouteTable.Unserved.Refused("Managing board hardware", "boards"),
                RouteTable.of("GET", "/os/boards/anything"));
    }

    @Test
    void aKnownRouteWithoutItsPartIsNotReady() {
        assertEquals(new RouteTable.Unserved.NotReady(), RouteTable.of("GET", "/backups/abcd/info"));
        assertEquals(new RouteTable.Unserved.NotReady(), RouteTable.of("HEAD", "/backups"));
    }

    @Test
    void anotherMethodIsAnsweredWithThoseThatExist() {
        assertEquals(new RouteTable.Unserved.OtherMethod("GET,HEAD"), RouteTable.of("PATCH", "/backups"));
        assertEquals(new RouteTable.Unserved.OtherMethod("POST"), RouteTable.of("GET", "/host/reboot"));
    }

    @Test
    void aRouteForAnyMethodAndAnyDepthHasNoOtherMethod() {
        assertEquals(new RouteTable.Unserved.NotReady(), RouteTable.of("PATCH", "/ingress/abc/"));
        assertEquals(new RouteTable.Unserved.NotReady(), RouteTable.of("GET", "/ingress/abc/a/b.js"));
        assertEquals(new RouteTable.Unserved.NotReady(), RouteTable.of("GET", "/core/api/states/sun.sun"));
    }

    @Test
    void theSecondVersionHasRowsOfItsOwn() {
        assertEquals(
                new RouteTable.Unserved.Refused("Rebooting the host", "host_power"),
                RouteTable.of("POST", "/v2/host/reboot"));
        assertEquals(new RouteTable.Unserved.NotReady(), RouteTable.of("GET", "/v2/apps/local_a/info"));
        assertEquals(new RouteTable.Unserved.OtherMethod("GET,HEAD"), RouteTable.of("POST", "/v2/apps"));
    }

    @Test
    void anUnknownPathIsUnknown() {
        assertEquals(new RouteTable.Unserved.Unknown(), RouteTable.of("GET", "/backups/abcd/nothing"));
        assertEquals(new RouteTable.Unserved.Unknown(), RouteTable.of("GET", "/v2/addons"));
        assertEquals(new RouteTable.Unserved.Unknown(), RouteTable.of("GET", "/apps"));
    }
}
