package hakube.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code k8s/local/run} with {@code KUBECONFIG} and {@code HAKUBE_IMAGE}, on a cluster that was there before. */
class OwnClusterNodeIT {

    private static final String OWN = "own-home";
    private static final String OWN_ADDRESS = "10.89.0.131";
    private static final Pattern API = Pattern.compile("(?m)^ +API +(http://127\\.0\\.0\\.1:\\d+)$");

    @TempDir
    private Path folder;

    private RealNode cluster;
    private Map<String, String> environment;

    @BeforeEach
    void takeTheRealNodeAsTheCluster() throws IOException {
        cluster = RealNode.shared();
        environment = new HashMap<>(Map.of(
                "KUBECONFIG",
                cluster.state().resolve("admin.kubeconfig").toString(),
                "HAKUBE_STATE",
                state().toString(),
                "HAKUBE_NAMESPACE",
                OWN,
                "HAKUBE_STORAGE_CLASS",
                "hakube-local",
                "HAKUBE_ADDRESS",
                OWN_ADDRESS,
                "HAKUBE_IMAGE",
                tag("supervisor"),
                "HAKUBE_DEMO_IMAGE",
                tag("mosquitto"),
                "SUPERVISOR_K8S_INTERNAL_L4_IMAGE",
                "localhost/hakube/nginx:1",
                "SUPERVISOR_CORE_IMAGE",
                "localhost/hakube/core",
                "SUPERVISOR_CORE_VERSION",
                "2026.11.0"));
        environment.put("SUPERVISOR_K8S_INTERNAL_GATEWAY_CLASS", "local");
    }

    @AfterEach
    void stop() throws IOException {
        if (Files.exists(state())) {
            words("stop");
        }
    }

    @Test
    void runsAsAPodBesideAnotherOneAndIsGoneAfterItsStop() throws IOException {
        Matcher api = API.matcher(words("run"));

        assertTrue(api.find(), "the words at the end");
        assertEquals("1", in(OWN, "statefulset", "supervisor", "{.status.readyReplicas}"));
        assertEquals("1", in(OWN, "statefulset", "homeassistant", "{.status.readyReplicas}"));
        // The proxy's pod comes a moment after the first port, and the script does not reach a cluster's address.
        Eventually.holds("the address of the add-on ports", Duration.ofSeconds(60), this::addressAnswers);
        assertEquals("over TCP", echoFromAPod("over TCP", "TCP"));
        assertEquals("over UDP", echoFromAPod("over UDP", "UDP"));
        assertTrue(
                Program.words(Map.of(), List.of("curl", "-sS", "-m", "10", api.group(1) + "/supervisor/ping"))
                        .contains("\"ok\""),
                "the API by way of the port that is forwarded");
        String before = in(OWN, "pods", "", "{.items[*].metadata.uid}");
        words("run");
        assertEquals(before, in(OWN, "pods", "", "{.items[*].metadata.uid}"), "a second run replaces nothing");

        words("stop");

        assertFalse(Files.exists(state()), "the state folder");
        assertEquals("", cluster.kubectl("get", "namespace", OWN, "--ignore-not-found"));
        assertEquals("1", in(RealNode.NAMESPACE, "statefulset", "homeassistant", "{.status.readyReplicas}"));
        assertEquals("beside it", Echo.tcp(RealNode.ADDRESS, 7007, "beside it"));
    }

    private boolean addressAnswers() {
        try {
            return echoFromAPod("there", "TCP").equals("there");
        } catch (IOException notYet) {
            return false;
        }
    }

    /** This machine has no route to that address. */
    private String echoFromAPod(String words, String protocol) throws IOException {
        String command = "echo " + words + " | timeout 5 socat -t2 - " + protocol + ":" + OWN_ADDRESS + ":7007";
        return cluster.kubectl(
                        "exec",
                        "--namespace",
                        OWN,
                        "deployment/local-mosquitto",
                        "-c",
                        "addon",
                        "--",
                        "sh",
                        "-c",
                        command)
                .strip();
    }

    private String in(String namespace, String kind, String name, String path) throws IOException {
        return name.isEmpty()
                ? cluster.kubectl("get", kind, "--namespace", namespace, "-o", "jsonpath=" + path)
                : cluster.kubectl("get", kind, name, "--namespace", namespace, "-o", "jsonpath=" + path);
    }

    private Path state() {
        return folder.resolve("state");
    }

    private static String tag(String image) throws IOException {
        return Program.words(Map.of(), List.of(Program.script("images"), "tag", image))
                .strip();
    }

    private String words(String script) throws IOException {
        return Program.words(environment, List.of(Program.script(script)));
    }
}
