package hakube.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.testing.Space;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** What somebody would do by hand with an app's objects: the control group of a start. */
final class Kubectl {

    private static final List<String> SERVERS_OWN = List.of(
            "uid",
            "resourceVersion",
            "creationTimestamp",
            "managedFields",
            "generation",
            "ownerReferences",
            "namespace");

    private final String program;
    private final Space space;

    Kubectl(Space space) throws IOException {
        String script = Path.of(System.getProperty("basedir", "")).toAbsolutePath() + "/k8s/local/lib/binaries";
        this.program = run("", List.of(script, "kubectl")).strip() + "/kubectl";
        this.space = space;
    }

    /** Standard output. A failure carries what the program said. */
    String run(String input, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(program, "--kubeconfig", space.adminKubeconfig().toString()));
        command.addAll(List.of(arguments));
        return run(input, command);
    }

    /** An app's Secret, Service and Deployment, as somebody would have written them, with 0 replicas. */
    JsonArray objects(String name) throws IOException {
        JsonArray objects = JsonParser.parseString(run(
                        "", "get", "-o", "json", "secret/" + name + "-env", "service/" + name, "deployment/" + name))
                .getAsJsonObject()
                .getAsJsonArray("items");
        for (JsonElement element : objects) {
            JsonObject object = element.getAsJsonObject();
            object.remove("status");
            SERVERS_OWN.forEach(object.getAsJsonObject("metadata")::remove);
            part(object, "metadata", "annotations")
                    .ifPresent(annotations -> annotations.remove("deployment.kubernetes.io/revision"));
            part(object, "spec").ifPresent(spec -> {
                spec.remove("clusterIP");
                spec.remove("clusterIPs");
                if (spec.has("replicas")) {
                    spec.addProperty("replicas", 0);
                }
            });
        }
        return objects;
    }

    /** The same objects with another token, since a start by the Supervisor always has one. */
    static String withToken(JsonArray objects, String token) {
        JsonArray changed = objects.deepCopy();
        for (JsonElement element : changed) {
            JsonObject object = element.getAsJsonObject();
            String secret = Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.US_ASCII));
            part(object, "data").ifPresent(data -> data.keySet().forEach(key -> data.addProperty(key, secret)));
            part(object, "spec", "template", "metadata", "annotations")
                    .ifPresent(annotations -> annotations.addProperty("io.hass.token-hash", token.substring(0, 12)));
        }
        JsonObject list = new JsonObject();
        list.addProperty("apiVersion", "v1");
        list.addProperty("kind", "List");
        list.add("items", changed);
        return list.toString();
    }

    private static Optional<JsonObject> part(JsonObject object, String... path) {
        JsonObject at = object;
        for (String name : path) {
            if (at == null) {
                return Optional.empty();
            }
            at = at.getAsJsonObject(name);
        }
        return Optional.ofNullable(at);
    }

    private static String run(String input, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var in = process.outputWriter()) {
            in.write(input);
        }
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + words);
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IOException(interruption);
        }
        return words;
    }
}
