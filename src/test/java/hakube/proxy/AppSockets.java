package hakube.proxy;

import static hakube.testing.RawWebSocket.CLOSE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.testing.LoopbackApp;
import hakube.testing.RawWebSocket;
import hakube.testing.RawWebSocket.Frame;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Queue;

/** Core's WebSocket as an app opens it at the Supervisor, and as a Core of a test has it. */
record AppSockets(URI server) {

    /** A Core that sends back what it gets. @param heads of its requests @param got what it was sent */
    static LoopbackApp.Script echo(Queue<List<String>> heads, Queue<String> got) {
        return (request, wire) -> {
            heads.add(request.head());
            RawWebSocket socket = RawWebSocket.accept(request, wire);
            socket.send("{\"type\":\"auth_ok\",\"ha_version\":\"2026.11.0\"}");
            for (Frame frame = socket.receive(); frame.opcode() != CLOSE; frame = socket.receive()) {
                got.add(frame.text());
                socket.send(frame.first(), frame.content());
            }
            wire.close();
        };
    }

    RawWebSocket loggedIn(String path, String key, String token) throws IOException {
        RawWebSocket app = opened(path);
        assertEquals(
                "{\"type\":\"auth_ok\",\"ha_version\":\"\"}",
                app.send(auth(key, token)).receive().text());
        return app;
    }

    RawWebSocket opened(String path) throws IOException {
        RawWebSocket app = RawWebSocket.connect(server, path);
        assertEquals(
                "{\"type\":\"auth_required\",\"ha_version\":\"\"}",
                app.receive().text());
        return app;
    }

    static String auth(String key, String token) {
        return "{\"type\":\"auth\",\"" + key + "\":\"" + token + "\"}";
    }
}
