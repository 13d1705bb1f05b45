package hakube.clients;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Serves the stable update channel's file, with the version of Core that a test wants to be the newest. */
final class VersionServer implements AutoCloseable {

    private final HttpServer server;
    private volatile String core;

    private VersionServer(String core) throws IOException {
        this.core = core;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/stable.json", exchange -> {
            byte[] file = text().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file);
            exchange.close();
        });
        server.start();
    }

    static VersionServer serving(String core) throws IOException {
        return new VersionServer(core);
    }

    /** From now on this is the newest version of Core. */
    void serve(String newest) {
        core = newest;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private String text() {
        return """
                {
                  "channel": "stable",
                  "supervisor": "2026.11.1",
                  "homeassistant": {"default": "%1$s", "generic-x86-64": "%1$s"},
                  "images": {"core": "localhost/hakube/core"}
                }
                """.formatted(core);
    }
}
