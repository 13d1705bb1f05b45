package hakube.front;

import hakube.relay.HttpRelay;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.io.IOException;

/** A real server with the front before it, as the Supervisor's own. */
public final class FrontedServer implements AutoCloseable {

    private final WebServer server;
    private final EventLoop loop;
    private final int port;

    private FrontedServer(WebServer server, EventLoop loop, int port) {
        this.server = server;
        this.loop = loop;
        this.port = port;
    }

    public static FrontedServer start(WebServerConfig.Builder config, Shortcut shortcut, HttpRelay relay)
            throws IOException {
        ListeningSocket socket = ListeningSocket.inPlaceOf(config);
        WebServer server = config.build().start();
        return new FrontedServer(server, socket.start(server.port(), shortcut, relay), socket.port());
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        loop.stop();
        server.stop();
    }
}
