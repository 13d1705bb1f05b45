package hakube.kubernetes.refused;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.kubernetes.RealCluster;
import hakube.testing.ControlPlane;
import hakube.testing.FreePort;
import hakube.testing.Space;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that cannot be reached is named, and so is why. */
class UnreachableIT {

    /** The deadline of a call and what a busy machine adds; a second try would take longer. */
    private static final Duration CALL = Duration.ofSeconds(16);

    private static Space space;

    @TempDir
    private Path folder;

    @BeforeAll
    static void makeSpace() throws Exception {
        space = ControlPlane.namespace("unreachable");
    }

    @AfterAll
    static void leave() throws Exception {
        space.close();
    }

    @Test
    void wrongToken() throws Exception {
        String message = failureWith(kubeconfig("token: .*", "token: not-a-token"));

        assertTrue(message.contains(address()), message);
        assertTrue(message.contains("does not accept the Supervisor's token"), message);
        assertTrue(message.contains("Unauthorized"), message);
        assertFalse(message.contains("not-a-token"), message);
    }

    @Test
    void certificateOfAnotherAuthority() throws Exception {
        Path other =
                ControlPlane.shared().adminKubeconfig().resolveSibling("pki").resolve("kubelet-client.crt");
        String encoded = Base64.getEncoder().encodeToString(Files.readAllBytes(other));

        String message =
                failureWith(kubeconfig("certificate-authority-data: .*", "certificate-authority-data: " + encoded));

        assertTrue(message.contains(address()), message);
        assertTrue(message.contains("certification path"), message);
    }

    @Test
    void portThatNobodyListensOn() throws Exception {
        String nobody = "https://127.0.0.1:" + FreePort.find();

        String message = failureWith(kubeconfig("server: .*", "server: " + nobody));

        assertTrue(message.contains(nobody), message);
        assertTrue(message.contains("Failed to connect"), message);
    }

    @Test
    void addressThatAcceptsAndSaysNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address = "https://127.0.0.1:" + silent.getLocalPort();

            String message = failureWith(kubeconfig("server: .*", "server: " + address));

            assertTrue(message.contains(address), message);
            assertTrue(message.contains("nothing came within 10 s"), message);
        }
    }

    @Test
    void nameWithoutAnAddress() throws Exception {
        String message = failureWith(kubeconfig("server: .*", "server: https://no-such-host.invalid:6443"));

        assertTrue(message.contains("https://no-such-host.invalid:6443"), message);
        assertTrue(message.contains("its name has no address"), message);
    }

    @Test
    void kubeconfigThatIsMissingOrIsNone() throws Exception {
        Path missing = folder.resolve("missing");
        assertTrue(failureWith(missing).contains(missing.toString()));

        Path broken = Files.writeString(folder.resolve("broken"), "clusters: [");
        assertTrue(failureWith(broken).contains(broken.toString()));

        Path empty = Files.writeString(folder.resolve("empty"), "");
        assertTrue(failureWith(empty).contains(empty.toString()));
    }

    private String failureWith(Path kubeconfig) {
        try (RealCluster real = RealCluster.of(space, kubeconfig)) {
            long began = System.nanoTime();
            ApiFailure failure =
                    assertThrows(ApiFailure.Unavailable.class, () -> real.port().version());
            Duration took = Duration.ofNanos(System.nanoTime() - began);

            assertEquals("cluster_unavailable_error", failure.errorKey().orElseThrow());
            assertTrue(took.compareTo(CALL) < 0, took.toString());
            return failure.getMessage();
        }
    }

    private Path kubeconfig(String line, String changed) throws Exception {
        String text = Files.readString(space.supervisorKubeconfig());
        return Files.writeString(folder.resolve("changed"), text.replaceFirst(line, changed));
    }

    private static String address() {
        return ControlPlane.shared().client().getBasePath();
    }
}
