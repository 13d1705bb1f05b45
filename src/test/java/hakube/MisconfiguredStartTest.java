package hakube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process itself, as a container runs it: what it says, and with which code it ends. */
class MisconfiguredStartTest {

    private static final int DEADLINE_SECONDS = 120;

    @TempDir
    Path folder;

    private Path kubeconfig;

    /** How a process ended. */
    private record End(int code, String output, String error) {}

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        kubeconfig = folder.resolve("kubeconfig");
    }

    @Test
    void faultsEndTheProcessWith78AndOneMessageBeforeTheClusterIsTouched() throws IOException, InterruptedException {
        try (ServerSocket apiServer = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Files.writeString(kubeconfig, kubeconfig(apiServer.getLocalPort()));
            End end = run(Map.of(
                    "SUPERVISOR_RUNTIME", "docker",
                    "SUPERVISOR_SHARE", folder.toString(),
                    "SUPERVISOR_MACHINE", "HASSIO_TOKEN=hunter2 !",
                    "SUPERVISOR_K8S_STORAGE_MODE", "shared_pvc",
                    "SUPERVISOR_K8S_SHARED_PVC_CLAIM", "ha-shared-rwx",
                    "SUPERVISOR_K8S_SHARED_PVC_STORAGE_CLASS", "shared-rwx",
                    "SUPERVISOR_K8S_INTERNAL_GATEWAY_ADDRESS", "nowhere"));

            assertEquals("""
                    The configuration has 4 faults. Nothing was started or changed.
                      SUPERVISOR_RUNTIME holds "docker" (SOURCE): only the Kubernetes runtime is built here, Docker is not
                          allowed: `kubernetes`
                          example: SUPERVISOR_RUNTIME=kubernetes
                      SUPERVISOR_MACHINE holds "HASSIO_TOKEN=*** !" (SOURCE): not of the allowed form
                          allowed: a machine name that Home Assistant knows; another one is accepted with a warning
                          example: SUPERVISOR_MACHINE=generic-x86-64
                      SUPERVISOR_K8S_SHARED_PVC_SIZE is not set
                          allowed: a Kubernetes quantity above 0
                          example: SUPERVISOR_K8S_SHARED_PVC_SIZE=50Gi
                      SUPERVISOR_K8S_INTERNAL_GATEWAY_ADDRESS holds "nowhere" (SOURCE): `nowhere` is no IPv4 or IPv6 address
                          allowed: an IPv4 or IPv6 address
                          example: SUPERVISOR_K8S_INTERNAL_GATEWAY_ADDRESS=192.168.100.130
                    Set them in the environment of the Supervisor; see docs/configuration.md.
                    """.replace("SOURCE", "Environment Variables"), end.error());
            assertEquals("", end.output());
            assertEquals(78, end.code());
            assertEquals(List.of("test"), callersOf(apiServer));
        }
    }

    @Test
    void theSourcesAreAskedInTheDocumentedOrder() throws IOException, InterruptedException {
        Files.writeString(kubeconfig, kubeconfig(1));
        Path mount = Files.createDirectories(folder.resolve("mount"));
        Files.writeString(folder.resolve("config/microprofile-config.properties"), """
                supervisor.share=file
                supervisor.machine=file !
                supervisor.log.level=file
                SUPERVISOR_NAME=file !
                server.port=file
                """);
        for (String variable :
                List.of("SUPERVISOR_MACHINE", "SUPERVISOR_LOG_LEVEL", "SUPERVISOR_NAME", "supervisor.runtime")) {
            Files.writeString(mount.resolve(variable), "mount !");
        }
        End end = run(
                Map.of(
                        "HAKUBE_CONFIG_DIR", mount.toString(),
                        "SUPERVISOR_LOG_LEVEL", "environment !",
                        "SUPERVISOR_NAME", "environment !"),
                "-Dsupervisor.name=property !");

        assertEquals(
                List.of(
                        "SUPERVISOR_RUNTIME holds \"mount !\" (" + mount + ")",
                        "SUPERVISOR_NAME holds \"property !\" (System Properties)",
                        "SUPERVISOR_SHARE holds \"file\" (config/microprofile-config.properties)",
                        "SUPERVISOR_MACHINE holds \"mount !\" (" + mount + ")",
                        "SUPERVISOR_LOG_LEVEL holds \"environment !\" (Environment Variables)",
                        "SERVER_PORT holds \"file\" (config/microprofile-config.properties)"),
                end.error()
                        .lines()
                        .filter(line -> line.contains(" holds "))
                        .map(line -> line.strip().replaceAll("\\): .*", ")"))
                        .toList());
        assertEquals(78, end.code());
    }

    @Test
    void aFolderThatIsNotThereEndsTheProcessTheSameWay() throws IOException, InterruptedException {
        End end = run(Map.of("HAKUBE_CONFIG_DIR", "/no/such/folder"));

        assertEquals("""
                The configuration cannot be read. Nothing was started or changed.
                  HAKUBE_CONFIG_DIR holds "/no/such/folder": there is no such directory. Allowed: readable directories parted by \
                `:`, with one file of UTF-8 text a setting, for example HAKUBE_CONFIG_DIR=/etc/hakube
                """, end.error());
        assertEquals("", end.output());
        assertEquals(78, end.code());
    }

    /** Letters beyond ASCII in a path are no letters to a process with such an environment. */
    @Test
    void underABareLocaleAPathIsAFaultLikeAnyOther() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("config/microprofile-config.properties"), "supervisor.share=/dätä\n");
        End end = run(Map.of("LC_ALL", "C"));

        assertTrue(
                end.error().contains("  SUPERVISOR_SHARE holds \"")
                        && end.error().contains(": not a path\n"),
                end.error());
        assertEquals(78, end.code());
    }

    private End run(Map<String, String> variables, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "hakube.Main"));
        Path output = folder.resolve("output");
        Path error = folder.resolve("error");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(error.toFile());
        builder.environment().clear();
        builder.environment().putAll(new TreeMap<>(variables));
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS), "the process goes on");
        } finally {
            process.destroyForcibly();
        }
        return new End(process.exitValue(), Files.readString(output), Files.readString(error));
    }

    /** Who called the socket up to now: the last one is this test, which shows that callers are seen. */
    private static List<String> callersOf(ServerSocket socket) throws IOException {
        try (Socket caller = new Socket(socket.getInetAddress(), socket.getLocalPort())) {
            List<String> callers = new ArrayList<>();
            while (!callers.contains("test")) {
                try (Socket accepted = socket.accept()) {
                    callers.add(accepted.getPort() == caller.getLocalPort() ? "test" : "the process");
                }
            }
            return callers;
        }
    }

    private static String kubeconfig(int port) {
        return """
                apiVersion: v1
                kind: Config
                current-context: here
                clusters: [{name: here, cluster: {server: "http://127.0.0.1:%d"}}]
                contexts: [{name: here, context: {cluster: here, user: me}}]
                users: [{name: me, user: {token: t}}]
                """.formatted(port);
    }
}
