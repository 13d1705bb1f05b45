package hakube.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Where a token of the real node can be read. */
record Secrecy(RealNode node, String token) {

    /** All kinds of which the namespace has objects, but for Secrets. */
    private static final String KINDS = "pods,services,endpointslices,configmaps,deployments,replicasets,statefulsets,"
            + "controllerrevisions,jobs,events,networkpolicies,persistentvolumeclaims";

    /** The value of a Secret's key. */
    static String value(RealNode node, String secret, String key) throws IOException {
        JsonObject read = JsonParser.parseString(node.kubectl("get", "secret", secret, "-o", "json"))
                .getAsJsonObject();
        String encoded = read.getAsJsonObject("data").get(key).getAsString();
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.US_ASCII);
    }

    /** Fails when it stands in another Secret, in any other object, in a log of any container, or in a file of the share. */
    void isInNothingBut(String secret) throws IOException {
        assertEquals(List.of(secret), secrets());
        assertFalse(node.kubectl("get", KINDS, "-o", "yaml").contains(token), "the objects");
        assertFalse(node.kubectl("describe", "pods").contains(token), "the pods");
        for (String pod : node.kubectl("get", "pods", "-o", "jsonpath={.items[*].metadata.name}")
                .split(" ")) {
            assertFalse(
                    node.kubectl("logs", pod, "--all-containers", "--tail=-1").contains(token), "the logs of " + pod);
        }
        try (Stream<Path> files = Files.walk(node.share())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains(token), file.toString());
            }
        }
    }

    /** Fails when a process of the container has it in its environment or its command. */
    void isInNoProcessOf(String workload, String container) throws IOException {
        String processes = node.kubectl(
                "exec", workload, "-c", container, "--", "sh", "-c", "cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline");
        assertFalse(processes.isEmpty());
        assertFalse(processes.contains(token), container);
    }

    private List<String> secrets() throws IOException {
        JsonObject all = JsonParser.parseString(node.kubectl("get", "secrets", "-o", "json"))
                .getAsJsonObject();
        return StreamSupport.stream(all.getAsJsonArray("items").spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .filter(read -> read.has("data")
                        && read.getAsJsonObject("data").entrySet().stream()
                                .map(entry -> Base64.getDecoder()
                                        .decode(entry.getValue().getAsString()))
                                .anyMatch(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).contains(token)))
                .map(read -> read.getAsJsonObject("metadata").get("name").getAsString())
                .toList();
    }
}
