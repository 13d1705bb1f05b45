package hakube.clients;

import static hakube.clients.JoinedCore.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import hakube.testing.LoopbackApp;
import hakube.testing.RawHttp;
import hakube.testing.RawWebSocket;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** An app's page as a person sees it: asked for at the real Core, which asks the Supervisor, which asks the app's own pod. */
@TestMethodOrder(OrderAnnotation.class)
class IngressThroughCoreIT {

    private static final byte[] MUCH = new byte[24_000_000];
    private static final byte[] PACKED = {
        0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 75, 76, 74, 6, 0, (byte) 0xc2, 65, 36, 53, 3, 0, 0, 0
    };

    @TempDir
    private static Path folder;

    private static JoinedCore joined;
    private static LoopbackApp app;
    private static RawHttp browser;
    private static URI core;
    private static String entry;
    private static String cookie;

    @BeforeAll
    static void join() throws Exception {
        joined = JoinedCore.in(
                folder,
                CoreHome.plain()
                        .unrecorded()
                        .with("web", "ingress: true\ningress_port: 8099\ningress_stream: true\npanel_title: Pages"));
        JsonObject info = joined.supervisor().get("/addons/local_web/info").data();
        app = LoopbackApp.listen(info.get("ip_address").getAsString(), 8099);
        core = URI.create("http://" + joined.pod().address() + ":8123");
        browser = new RawHttp(core);
        entry = info.get("ingress_entry").getAsString();
        cookie = "Cookie: ingress_session="
                + joined.core()
                        .command("supervisor/api", Map.of("endpoint", "/ingress/session", "method", "post"))
                        .getAsJsonObject()
                        .get("session")
                        .getAsString();
    }

    @AfterAll
    static void leave() throws Exception {
        try (JoinedCore first = joined;
                LoopbackApp second = app;
                RawHttp third = browser) {
            // Closed in the order in which they need each other, the last first.
        }
    }

    @Test
    void theAppIsToldWhoAsksAndNothingThatTheBrowserSaysOfThat() throws Exception {
        JsonObject user = joined.core().command("auth/current_user", Map.of()).getAsJsonObject();

        String head = browser.send(
                        "GET",
                        entry + "/some/page?with=a+query",
                        cookie,
                        "X-Remote-User-Name: nobody",
                        "X-Ingress-Path: /elsewhere")
                .body();

        assertTrue(head.startsWith("GET /some/page?with=a+query HTTP/1.1\n"), head);
        assertTrue(head.contains("X-Ingress-Path: " + entry + "\n"), head);
        assertTrue(head.contains("X-Hass-Source: core.ingress"), head);
        assertTrue(head.contains("X-Remote-User-Id: " + user.get("id").getAsString() + "\n"), head);
        assertTrue(head.contains("X-Remote-User-Name: test\n"), head);
        assertTrue(head.contains("X-Remote-User-Display-Name: Test"), head);
        assertFalse(head.contains("nobody"), head);
        assertFalse(head.contains("/elsewhere"), head);
    }

    @Test
    void withoutASessionThereIsNothing() throws Exception {
        assertEquals(401, browser.send("GET", entry + "/").status());
        assertEquals(
                401,
                browser.send("GET", entry + "/", "Cookie: ingress_session=" + "0".repeat(128))
                        .status());
    }

    @Test
    void aSessionIsKeptAliveByCore() throws Exception {
        String session = cookie.substring(cookie.indexOf('=') + 1);

        joined.core()
                .command(
                        "supervisor/api",
                        Map.of(
                                "endpoint",
                                "/ingress/validate_session",
                                "method",
                                "post",
                                "data",
                                Map.of("session", session)));

        assertEquals(200, browser.send("GET", entry + "/", cookie).status());
    }

    @Test
    void muchGoesBothWays() throws Exception {
        app.on("/much", (request, wire) -> {
            byte[] got = LoopbackApp.body(request, wire);
            wire.say("HTTP/1.1 200 OK\r\nContent-Length: " + got.length + "\r\n\r\n");
            wire.say(got);
        });
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = client.send(
                    page("/much").POST(BodyPublishers.ofByteArray(MUCH)).build(), BodyHandlers.ofByteArray());

            assertEquals(200, answer.statusCode());
            assertEquals(MUCH.length, answer.body().length);
        }
    }

    @Test
    void whatIsSaidArrivesBeforeTheEnd() throws Exception {
        var heard = new CountDownLatch(1);
        app.on("/events", (request, wire) -> {
            wire.say("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            wire.say("7\r\nfirst\n\n\r\n");
            awaited(heard);
            wire.say("8\r\nsecond\n\n\r\n0\r\n\r\n");
        });
        try (HttpClient client = HttpClient.newHttpClient();
                InputStream events = client.send(page("/events").build(), BodyHandlers.ofInputStream())
                        .body()) {
            assertEquals("first\n\n", new String(events.readNBytes(7), StandardCharsets.UTF_8));
            heard.countDown();
            assertEquals("second\n\n", new String(events.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Core unpacks what it can. */
    @Test
    void whatTheAppPackedArrivesWhole() throws Exception {
        app.on("/packed", (request, wire) -> {
            wire.say("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\nContent-Length: "
                    + PACKED.length + "\r\n\r\n");
            wire.say(PACKED);
        });
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = client.send(page("/packed").build(), BodyHandlers.ofByteArray());

            assertEquals(Optional.empty(), answer.headers().firstValue("Content-Encoding"));
            assertEquals("abc", new String(answer.body(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void aWebSocketPassesWithItsProtocol() throws Exception {
        app.on("/socket", (request, wire) -> {
            String wanted = request.first("Sec-WebSocket-Protocol").orElse("none");
            RawWebSocket socket = RawWebSocket.accept(request, wire, "Sec-WebSocket-Protocol: " + wanted);
            socket.send(socket.receive().text() + " over " + wanted);
            socket.receive();
        });
        CompletableFuture<String> heard = new CompletableFuture<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            WebSocket socket = client.newWebSocketBuilder()
                    .subprotocols("mqtt")
                    .header("Cookie", cookie.substring("Cookie: ".length()))
                    .buildAsync(
                            URI.create("ws://" + core.getAuthority() + entry + "/socket"), new WebSocket.Listener() {
                                @Override
                                public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean isLast) {
                                    heard.complete(text.toString());
                                    return null;
                                }
                            })
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertEquals("mqtt", socket.getSubprotocol());
            socket.sendText("hello", true);
            assertEquals("hello over mqtt", heard.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
            socket.abort();
        }
    }

    @Test
    void thePanelComesAndGoesAsItIsChosen() throws Exception {
        assertFalse(panels().has("local_web"));

        choosePanel(true);
        joined.core().await("the panel", LIMIT, () -> panels().has("local_web"));
        assertEquals("Pages", panels().getAsJsonObject("local_web").get("title").getAsString());

        choosePanel(false);
        joined.core().await("its end", LIMIT, () -> !panels().has("local_web"));
    }

    /** Last, as it ends the app. */
    @Test
    @Order(Integer.MAX_VALUE)
    void anAppThatIsAwayIsAGateThatIsBad() throws Exception {
        app.close();
        assertEquals(
                "502: Bad Gateway", browser.send("GET", entry + "/", cookie).body());

        joined.supervisor().post("/addons/local_web/stop").data();
        RawHttp.Answer answer = browser.send("GET", entry + "/", cookie);
        assertEquals(502, answer.status());
        assertEquals("502: Bad Gateway", answer.body());
    }

    private static HttpRequest.Builder page(String path) {
        return HttpRequest.newBuilder(core.resolve(entry + path))
                .header("Cookie", cookie.substring("Cookie: ".length()))
                .timeout(LIMIT);
    }

    private static void choosePanel(boolean isShown) throws IOException {
        joined.supervisor()
                .ask("POST", "/addons/local_web/options", "{\"ingress_panel\": " + isShown + "}")
                .data();
    }

    private static JsonObject panels() {
        try {
            return joined.core().command("get_panels", Map.of()).getAsJsonObject();
        } catch (IOException failure) {
            return new JsonObject();
        }
    }

    private static void awaited(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("nobody has heard the first event");
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
