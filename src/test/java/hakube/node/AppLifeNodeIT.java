package hakube.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import hakube.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The life of apps whose processes are real: killed and restarted by the watchdog, updated to an image that is not there and taken back,
 * updated to one that is there, and brought back to the version before.
 */
class AppLifeNodeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String MISSING = "9.9.9";

    private static RealNode node;

    /** What there is to know of an app before the Supervisor knows it. */
    private enum LiveApp {
        BROKER(
                "broker",
                List.of("6.5.2", "6.5.3"),
                """
                image: localhost/hakube/mosquitto
                services: ["mqtt:provide"]
                discovery: [mqtt]
                auth_api: true
                ports: {1883/tcp: null, 7007/tcp: null}
                """,
                "mosquitto_pub -h 127.0.0.1 -t life -m alive -r && mosquitto_sub -h 127.0.0.1 -t life -C 1 -W 5"),
        WEB("web", List.of("1", "content"), """
                image: localhost/hakube/nginx
                ingress: true
                ingress_port: 8099
                watchdog: http://[HOST]:[PORT:8099]/
                """, "wget -q -O - http://127.0.0.1:8099/");

        private static final String SITE = """
                user root;
                http {
                    access_log off;
                    client_body_temp_path /tmp/body;
                    proxy_temp_path /tmp/proxy;
                    fastcgi_temp_path /tmp/fastcgi;
                    uwsgi_temp_path /tmp/uwsgi;
                    scgi_temp_path /tmp/scgi;
                    server {
                        listen 8099;
                        root /data/www;
                    }
                }
                """;

        private final String name;
        private final List<String> versions;
        private final String manifest;
        private final String life;

        LiveApp(String name, List<String> versions, String manifest, String life) {
            this.name = name;
            this.versions = versions;
            this.manifest = manifest;
            this.life = life;
        }

        String slug() {
            return "local_life_" + name;
        }

        String deployment() {
            return "deployment/local-life-" + name;
        }

        /** Both name the same content. */
        String version(int which) throws IOException {
            String version = versions.get(which);
            if (!version.equals("content")) {
                return version;
            }
            String tag = node.script("images", "tag", "nginx").strip();
            return tag.substring(tag.lastIndexOf(':') + 1);
        }

        void offer(String version) throws IOException {
            write("addons/local/life_" + name + "/config.yaml", """
                    name: Life of a %1$s
                    version: "%2$s"
                    slug: life_%1$s
                    description: Is killed and lives on
                    arch: [amd64, aarch64]
                    init: false
                    boot: manual
                    """.formatted(name, version) + manifest);
            node.ask("POST", "/store/reload", "");
        }

        void fill() throws IOException {
            write("addons/data/" + slug() + "/life.conf", SITE);
            write("addons/data/" + slug() + "/www/index.html", "alive");
        }
    }

    @BeforeAll
    static void reach() throws IOException {
        node = RealNode.shared();
    }

    @ParameterizedTest
    @EnumSource
    void isRestartedTakenBackUpdatedAndBroughtBack(LiveApp app) throws IOException {
        String first = app.version(0);
        String second = app.version(1);
        app.offer(first);
        app.fill();
        node.ask("POST", "/store/addons/" + app.slug() + "/install", "");
        try {
            node.ask("POST", "/addons/" + app.slug() + "/start", "");
            node.ask("POST", "/addons/" + app.slug() + "/options", "{\"watchdog\": true}");
            awaitLife(app);

            kill(app);
            awaitLife(app);
            assertEquals("started", info(app, "state"));

            app.offer(MISSING);
            IOException refusal =
                    assertThrows(IOException.class, () -> node.ask("POST", "/addons/" + app.slug() + "/update", "{}"));
            assertTrue(refusal.getMessage().contains(MISSING), refusal.getMessage());
            assertTrue(refusal.getMessage().contains("image"), refusal.getMessage());
            assertEquals(first, info(app, "version"));
            assertEquals("started", info(app, "state"));
            awaitLife(app);

            app.offer(second);
            node.ask("POST", "/addons/" + app.slug() + "/update", "{}");
            assertEquals(second, info(app, "version"));
            awaitLife(app);

            JsonObject last = node.data("/addons/" + app.slug() + "/revisions")
                    .getAsJsonArray("revisions")
                    .get(0)
                    .getAsJsonObject();
            assertEquals(first, last.get("version").getAsString());
            assertTrue(last.get("digest").getAsString().contains("sha256:"), last.toString());
            node.ask(
                    "POST",
                    "/addons/" + app.slug() + "/revisions/"
                            + last.get("revision").getAsInt(),
                    "");
            assertEquals(first, info(app, "version"));
            awaitLife(app);
        } finally {
            node.ask("POST", "/addons/" + app.slug() + "/uninstall", "{\"remove_config\": true}");
            Files.delete(node.share().resolve("addons/local/life_" + app.name + "/config.yaml"));
            node.ask("POST", "/store/reload", "");
        }
    }

    /** Ends the first process of the app's container as the kernel does when there is no memory; returns when there is another one. */
    private static void kill(LiveApp app) throws IOException {
        String before = container(app);
        String process = node.script("node", "ctr", "--state", node.state().toString(), "tasks", "ls")
                .lines()
                .filter(line -> line.startsWith(before))
                .map(line -> line.split("\\s+")[1])
                .findFirst()
                .orElseThrow(() -> new IOException("containerd does not know " + before));
        node.script("node", "enter", "--state", node.state().toString(), "kill", "-9", process);
        Eventually.holds("another process of " + app.slug(), PATIENCE, () -> {
            try {
                String now = container(app);
                return !now.isEmpty() && !now.equals(before);
            } catch (IOException betweenTwoPods) {
                return false;
            }
        });
        assertNotEquals(before, container(app));
    }

    /** Of the container that runs, its id; empty when none does. */
    private static String container(LiveApp app) throws IOException {
        String ids = node.kubectl(
                "get",
                "pods",
                "-l",
                "io.hass.slug=" + app.slug(),
                "-o",
                "jsonpath={.items[*].status.containerStatuses[?(@.state.running)].containerID}"
                        + "{\"|\"}{.items[*].status.containerStatuses[?(@.name==\"addon\")].containerID}");
        String[] parts = ids.split("\\|", -1);
        String id = parts[1].strip();
        return !id.isEmpty() && !id.contains(" ") && parts[0].contains(id) ? id.replace("containerd://", "") : "";
    }

    private static void awaitLife(LiveApp app) {
        Eventually.holds("a sign of life of " + app.slug(), PATIENCE, () -> {
            try {
                return node.kubectl("exec", app.deployment(), "-c", "addon", "--", "sh", "-c", app.life)
                        .strip()
                        .equals("alive");
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    private static String info(LiveApp app, String key) throws IOException {
        return node.data("/addons/" + app.slug() + "/info").get(key).getAsString();
    }

    private static void write(String file, String text) throws IOException {
        Path path = node.share().resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
