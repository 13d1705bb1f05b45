package hakube.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.testing.Eventually;
import hakube.testing.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image of the Containerfile, built by buildah on a base that is made on this machine. */
class ContainerfileNodeIT {
    private static final List<String> CAPABILITIES =
            List.of("CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_NET_BIND_SERVICE");

    @TempDir
    static Path folder;

    private static JsonObject config;
    private static List<Path> layers;
    private static Path root;

    @BeforeAll
    static void buildTheImage() throws IOException {
        // It brings runc.
        run(Program.script("node"), "check");
        String archive = run(Program.script("images"), "build", "supervisor").strip();
        Path image = Files.createDirectory(folder.resolve("image"));
        run("tar", "-xf", archive.substring("supervisor ".length()), "-C", image.toString());
        JsonObject manifest =
                json(image.resolve("manifest.json")).getAsJsonArray().get(0).getAsJsonObject();
        config = json(image.resolve(manifest.get("Config").getAsString()))
                .getAsJsonObject()
                .getAsJsonObject("config");
        layers = strings(manifest.getAsJsonArray("Layers")).map(image::resolve).toList();
        root = Files.createDirectory(folder.resolve("root"));
        for (Path layer : layers) {
            run("tar", "-xf", layer.toString(), "-C", root.toString());
        }
    }

    @Test
    void librariesJarAndCacheAreLayersOfTheirOwnOnTopOfTheBase() throws IOException {
        assertEquals(4, layers.size());
        assertTrue(files(layers.get(1)).allMatch(name -> name.startsWith("app/libs/")), "the libraries' layer");
        assertEquals(
                List.of("app/hakube.jar", "app/java.options"),
                files(layers.get(2)).sorted().toList());
        // What a builder mounts into a RUN leaves empty files in /etc.
        assertEquals(
                List.of("app/hakube.aot"),
                files(layers.get(3)).filter(name -> !name.startsWith("etc/")).toList());
    }

    @Test
    void processRunsAsRootFromTheJar() {
        assertEquals("0:0", config.get("User").getAsString());
        assertEquals("/tmp", config.get("WorkingDir").getAsString());
        List<String> words = strings(config.getAsJsonArray("Entrypoint")).toList();
        assertEquals("java", words.getFirst());
        assertEquals(List.of("-jar", "/app/hakube.jar"), words.subList(words.size() - 2, words.size()));
        assertTrue(words.contains("@/app/java.options"), words.toString());
    }

    @Test
    void thereIsNoShell() {
        for (String name : List.of("sh", "bash", "dash", "busybox")) {
            for (String place : List.of("bin", "usr/bin", "sbin", "usr/sbin")) {
                assertTrue(Files.notExists(root.resolve(place).resolve(name)), place + "/" + name);
            }
        }
    }

    /** As the pod of k8s/base: no file but in /data and /tmp can be written, four capabilities, no cluster that answers. */
    @Test
    void servesOnAReadOnlyRootWithFourCapabilitiesAndLeavesWithZero() throws Exception {
        Path bundle = Files.createDirectory(folder.resolve("bundle"));
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("kubeconfig"), """
                {clusters: [{name: none, cluster: {server: "https://127.0.0.1:9"}}],
                 users: [{name: none, user: {token: none}}],
                 contexts: [{name: none, context: {cluster: none, user: none, namespace: none}}],
                 current-context: none}
                """);
        int api = FreePort.find();
        int management = FreePort.find();
        describe(bundle, data, api, management);
        Process container = new ProcessBuilder(
                        "runc",
                        "--root",
                        folder.resolve("runc").toString(),
                        "run",
                        "--no-new-keyring",
                        "--bundle",
                        bundle.toString(),
                        "hakube-containerfile")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("words").toFile())
                .start();
        try {
            Eventually.holds(
                    "the process in the container",
                    Duration.ofSeconds(60),
                    () -> !container.isAlive() || says("The API listens on port " + api));
            assertEquals(200, status(management, "/health/started"), Files.readString(folder.resolve("words")));

            container.destroy();

            assertTrue(container.waitFor(20, TimeUnit.SECONDS), "the end after SIGTERM");
            assertEquals(0, container.exitValue(), Files.readString(folder.resolve("words")));
        } finally {
            container.destroyForcibly();
            new ProcessBuilder(
                            "runc", "--root", folder.resolve("runc").toString(), "delete", "-f", "hakube-containerfile")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }

    /** The run-time's own default, made as narrow as k8s/base; the network is this machine's, so that the test can ask. */
    private static void describe(Path bundle, Path data, int api, int management) throws IOException {
        run("runc", "spec", "--bundle", bundle.toString());
        JsonObject spec = json(bundle.resolve("config.json")).getAsJsonObject();
        JsonObject process = spec.getAsJsonObject("process");
        process.addProperty("terminal", false);
        process.addProperty("noNewPrivileges", true);
        process.add("cwd", config.get("WorkingDir"));
        process.add("args", mustUseItsCache(config.getAsJsonArray("Entrypoint")));
        process.remove("rlimits");
        JsonArray environment = config.getAsJsonArray("Env").deepCopy();
        try (Stream<String> lines = Files.lines(Path.of("k8s/base/supervisor.env"))) {
            lines.filter(line -> line.startsWith("SUPERVISOR_")).forEach(environment::add);
        }
        environment.add("SUPERVISOR_K8S_KUBECONFIG=/data/kubeconfig");
        environment.add("SERVER_PORT=" + api);
        environment.add("MANAGEMENT_PORT=" + management);
        process.add("env", environment);
        JsonArray capabilities = new JsonArray();
        CAPABILITIES.forEach(capabilities::add);
        for (String set : List.of("bounding", "effective", "permitted")) {
            process.getAsJsonObject("capabilities").add(set, capabilities);
        }
        JsonObject rootfs = new JsonObject();
        rootfs.addProperty("path", root.toString());
        rootfs.addProperty("readonly", true);
        spec.add("root", rootfs);
        JsonArray mounts = spec.getAsJsonArray("mounts");
        mounts.add(mount("/data", data.toString(), "bind", "bind", "rw"));
        mounts.add(mount("/tmp", "tmpfs", "tmpfs", "rw", "mode=1777"));
        JsonArray namespaces = new JsonArray();
        for (JsonElement namespace : spec.getAsJsonObject("linux").getAsJsonArray("namespaces")) {
            if (!namespace.getAsJsonObject().get("type").getAsString().equals("network")) {
                namespaces.add(namespace);
            }
        }
        spec.getAsJsonObject("linux").add("namespaces", namespaces);
        Files.writeString(bundle.resolve("config.json"), spec.toString());
    }

    /** Java starts without a cache that does not fit, but not with this option. */
    private static JsonArray mustUseItsCache(JsonArray entrypoint) {
        List<String> words = new ArrayList<>(strings(entrypoint).toList());
        words.add(words.indexOf("-XX:AOTCache=/app/hakube.aot") + 1, "-XX:AOTMode=on");
        JsonArray arguments = new JsonArray();
        words.forEach(arguments::add);
        return arguments;
    }

    private static JsonObject mount(String destination, String source, String type, String... options) {
        JsonObject mount = new JsonObject();
        mount.addProperty("destination", destination);
        mount.addProperty("source", source);
        mount.addProperty("type", type);
        JsonArray list = new JsonArray();
        List.of(options).forEach(list::add);
        mount.add("options", list);
        return mount;
    }

    private static boolean says(String words) {
        try {
            return Files.readString(folder.resolve("words")).contains(words);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The status of the answer, 0 when there is none. */
    private static int status(int port, String path) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException failure) {
            return 0;
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static Stream<String> files(Path layer) throws IOException {
        return run("tar", "-tf", layer.toString()).lines().filter(name -> !name.endsWith("/"));
    }

    private static JsonElement json(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file));
    }

    private static Stream<String> strings(JsonArray array) {
        List<String> values = new ArrayList<>();
        array.forEach(value -> values.add(value.getAsString()));
        return values.stream();
    }

    private static String run(String... command) throws IOException {
        return Program.words(Map.of(), List.of(command));
    }
}
