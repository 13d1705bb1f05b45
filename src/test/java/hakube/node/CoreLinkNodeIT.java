package hakube.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The side-car of Core's pod on a real node, before a stand-in for Core. */
class CoreLinkNodeIT {

    private static final String CORE = "homeassistant-0";

    private static RealNode node;
    private static String token;

    @BeforeAll
    static void readTheToken() throws IOException {
        node = RealNode.shared();
        token = Secrecy.value(node, "homeassistant-link", "token");
    }

    @Test
    void theSideCarRunsBesideCoreAndSharesItsSocket() throws IOException {
        assertEquals(
                "core-link true",
                node.kubectl(
                        "get",
                        "pod",
                        CORE,
                        "-o",
                        "jsonpath={.status.initContainerStatuses[0].name} {.status.initContainerStatuses[0].ready}"));
        assertTrue(inside("core-link", "test -S /run/supervisor/core.sock && echo there")
                .contains("there"));
        assertTrue(inside("homeassistant", "test -S $SUPERVISOR_CORE_API_SOCKET && echo there")
                .contains("there"));
    }

    /** From a pod that is neither Core's nor the Supervisor's. */
    @Test
    void nobodyWithoutTheTokenGetsThrough() throws IOException {
        assertTrue(fromAnotherPod("X-Nothing: 1").contains("403 Forbidden"));
        assertTrue(
                fromAnotherPod("X-Hakube-Link: " + "0".repeat(token.length())).contains("403 Forbidden"));
        assertTrue(fromAnotherPod("Authorization: Bearer " + token).contains("403 Forbidden"));
        // It is the token that opens, nothing else about the Supervisor.
        assertTrue(fromAnotherPod("X-Hakube-Link: " + token).contains("RUNNING"));
    }

    @Test
    void theLinksTokenIsInItsSecretAlone() throws IOException {
        Secrecy secrecy = new Secrecy(node, token);

        secrecy.isInNothingBut("homeassistant-link");
        secrecy.isInNoProcessOf("pod/" + CORE, "homeassistant");
        secrecy.isInNoProcessOf("pod/" + CORE, "core-link");
        assertFalse(
                inside("homeassistant", "cat /etc/hakube/* 2>/dev/null; true").contains(token));
    }

    /** The side-car may set its user, and nothing else that root may. */
    @Test
    void theSideCarHasNoRightsOfRoot() throws IOException {
        String status = inside("core-link", "grep CapEff /proc/1/status");

        // CAP_SETGID and CAP_SETUID.
        assertTrue(status.strip().endsWith("00000000000000c0"), status);
    }

    private static String inside(String container, String command) throws IOException {
        return node.kubectl("exec", CORE, "-c", container, "--", "sh", "-c", command);
    }

    /** Status line and body; socat of the demo stays until the side-car has closed. */
    private static String fromAnotherPod(String header) throws IOException {
        String address = node.kubectl("get", "pod", CORE, "-o", "jsonpath={.status.podIP}");
        String command = "printf 'GET /api/core/state HTTP/1.0\\r\\n%s\\r\\n\\r\\n'"
                + " | timeout 10 socat -T5 STDIO,ignoreeof TCP:%s:8124";
        return node.kubectl(
                "exec",
                "deployment/local-mosquitto",
                "-c",
                "addon",
                "--",
                "sh",
                "-c",
                command.formatted(header, address));
    }
}
