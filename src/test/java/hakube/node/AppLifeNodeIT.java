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
                "lifebroker",
                List.of("6.5.2", "6.5.3"),
                "watchdog: tcp://[HOST]:1883\n",
                "mosquitto_pub -h 127.0.0.1 -t life -m alive -r && mosquitto_sub -h 127.0.0.1 -t life -C 1 -W 5",
                "grep -q ' /ssl ' /proc/mounts && grep -q ' /share ' /proc/mounts && grep -q '\"logins\"' /data/options.json"),
        WEB(
                "lifeweb",
                List.of("1", "content"),
                """
                image: localhost/hakube/nginx
                ingress: true
                ingress_port: 8099
                watchdog: http://[HOST]:[PORT:8099]/
                """,
                "wget -q -O - http://127.0.0.1:8099/",
                "grep -q ' /data ' /proc/mounts");

        private final String name;
        private final List<String> versions;
        private final String manifest;
        private final String life;
        private final String surroundings;

        /**
         * @param manifest of the broker, what it has besides the demo's
         * @param life what says {@code alive} in its container
         * @param surroundings what ends with 0 there when it has what its manifest asks for
         */
        LiveApp(String name, List<String> versions, String manifest, String life, String surroundings) {
            this.name = name;
            this.versions = versions;
            this.manifest = manifest;
            this.life = life;
            this.surroundings = surroundings;
        }

        NodeApp app() {
            return new NodeApp(node, name);
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
            app().offer(version, (this == BROKER ? demo() : "") + manifest);
        }

        /** The demo's manifest but for what {@link NodeApp} writes, and without ports on the outside: there is the demo. */
        private static String demo() throws IOException {
            return Files.readString(Path.of(Program.script("demo/mosquitto/config.yaml")))
                    .replaceAll("(?m)^(?:name|version|slug|description|init|boot): .*\\R", "")
                    .replaceAll("(?m)^arch:\\R(?:  - .*\\R)+", "")
                    .replaceAll("(?m)^(  [0-9]+/(?:tcp|udp)): [0-9]+$", "$1: null");
        }

        /** Whether a person sees so, where there is something to see. */
        boolean isSeen() throws IOException {
            return this != WEB || new Browser(node).open(app(), "/").body().equals("alive");
        }

        void fill() throws IOException {
            app().site("root /data/www;");
            app().data("www/index.html", "alive");
        }
    }

    @BeforeAll
    static void reach() throws IOException {
        node = RealNode.shared();
    }

    @ParameterizedTest
    @EnumSource
    void isRestartedTakenBackUpdatedAndBroughtBack(LiveApp live) throws IOException {
        String first = live.version(0);
        String second = live.version(1);
        NodeApp app = live.app();
        live.offer(first);
        live.fill();
        app.install();
        try {
            app.ask("start", "");
            app.ask("options", "{\"watchdog\": true}");
            awaitLife(live);
            inside(live, live.surroundings);

            kill(app);
            awaitLife(live);
            assertEquals("started", app.info("state"));

            live.offer(MISSING);
            IOException refusal = assertThrows(IOException.class, () -> app.ask("update", "{}"));
            assertTrue(refusal.getMessage().contains(MISSING), refusal.getMessage());
            assertTrue(refusal.getMessage().contains("image"), refusal.getMessage());
            assertEquals(first, app.info("version"));
            assertEquals("started", app.info("state"));
            awaitLife(live);

            live.offer(second);
            app.ask("update", "{}");
            assertEquals(second, app.info("version"));
            awaitLife(live);

            JsonObject last = node.data("/addons/" + app.slug() + "/revisions")
                    .getAsJsonArray("revisions")
                    .get(0)
                    .getAsJsonObject();
            assertEquals(first, last.get("version").getAsString());
            assertTrue(last.get("digest").getAsString().contains("sha256:"), last.toString());
            app.ask("revisions/" + last.get("revision").getAsInt(), "");
            assertEquals(first, app.info("version"));
            awaitLife(live);
        } finally {
            app.remove();
        }
    }

    /** Ends the first process of the app's container as the kernel does when there is no memory; returns when there is another one. */
    private static void kill(NodeApp app) throws IOException {
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
    private static String container(NodeApp app) throws IOException {
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

    private static void awaitLife(LiveApp live) {
        NodeApp app = live.app();
        Eventually.holds("a sign of life of " + app.slug(), PATIENCE, () -> {
            try {
                return inside(live, live.life).strip().equals("alive") && live.isSeen();
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    /** What a command in the app's container says; fails when it does. */
    private static String inside(LiveApp live, String command) throws IOException {
        return node.kubectl("exec", live.app().deployment(), "-c", "addon", "--", "sh", "-c", command);
    }
}
