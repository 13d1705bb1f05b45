package hakube.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import hakube.testing.ControlPlane;
import hakube.testing.LoopbackApp;
import hakube.testing.RawHttp;
import hakube.testing.RawWebSocket;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ingress of the process that users run: to a server on the address that the cluster gave the app's pod, and to nothing else. */
class IngressIT {

    private static final String WEB = """
            name: Web
            version: "1.0"
            slug: web
            description: For tests
            arch: [amd64, aarch64]
            image: localhost/web
            ingress: true
            ingress_port: 8099
            ingress_stream: true
            """;

    @TempDir
    private Path folder;

    @Test
    void aBrowserReachesTheAppsOwnPod() throws Exception {
        try (Space space = ControlPlane.namespace("ingress");
                SupervisorProcess supervisor = new SupervisorProcess(space, folder)) {
            space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
            supervisor.offer("web", WEB).startToRunning();
            supervisor.post("/store/addons/local_web/install").data();
            supervisor.post("/addons/local_web/start").data();
            JsonObject info = supervisor.get("/addons/local_web/info").data();
            String entry = info.get("ingress_entry").getAsString();
            String session = supervisor
                    .ask(
                            "POST",
                            "/ingress/session",
                            "",
                            space.secret("homeassistant-token", "token").orElseThrow())
                    .data()
                    .get("session")
                    .getAsString();
            String cookie = "Cookie: ingress_session=" + session;

            try (RawHttp client = new RawHttp(supervisor.api())) {
                // The pod runs, but nothing listens in it yet.
                assertEquals(
                        "502: Bad Gateway",
                        client.send("GET", entry + "/", cookie).body());
                try (LoopbackApp app = LoopbackApp.listen(info.get("ip_address").getAsString(), 8099)) {
                    app.on("/ws", (request, wire) -> {
                        RawWebSocket socket = RawWebSocket.accept(request, wire);
                        socket.send(socket.receive().text() + "!");
                        socket.receive();
                    });
                    String head = client.send("GET", entry + "/x?y", cookie).body();
                    assertTrue(head.startsWith("GET /x?y HTTP/1.1"), head);
                    assertTrue(head.contains("X-Ingress-Path: " + entry), head);
                    assertEquals(
                            200,
                            client.send(
                                            "POST",
                                            entry.replace("/api/hassio_ingress", "/ingress") + "/",
                                            new byte[20_000_000],
                                            cookie)
                                    .status());
                    try (RawWebSocket socket = RawWebSocket.connect(supervisor.api(), entry + "/ws", cookie)) {
                        assertEquals("hello!", socket.send("hello").receive().text());
                    }
                    supervisor.post("/addons/local_web/stop").data();
                    supervisor.await("the end of the pod", Duration.ofSeconds(60), () -> {
                        try {
                            return client.send("GET", entry + "/", cookie).status() == 502;
                        } catch (IOException e) {
                            return false;
                        }
                    });
                }
            }
            assertFalse(supervisor.logs().contains(session), "a session is a secret");
        }
    }
}
