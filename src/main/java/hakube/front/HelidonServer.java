package hakube.front;

import io.helidon.common.context.Context;
import io.helidon.common.tls.Tls;
import io.helidon.microprofile.server.ServerCdiExtension;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/**
 * What Helidon's MicroProfile extension keeps to itself: the server's own builder, before the start, and which port it tells as the API's, after
 * it. Helidon 4.2.6 opens its listening socket itself and has no place for another one.
 *
 * @param port by which the API is found
 * @param server by which ports are found by name
 */
record HelidonServer(ServerCdiExtension extension, Method builder, Field port, Field server) {

    /** @throws ReflectiveOperationException another Helidon, which has them no more */
    static HelidonServer of(ServerCdiExtension extension) throws ReflectiveOperationException {
        HelidonServer found = new HelidonServer(
                extension,
                ServerCdiExtension.class.getDeclaredMethod("serverBuilder"),
                ServerCdiExtension.class.getDeclaredField("port"),
                ServerCdiExtension.class.getDeclaredField("webserver"));
        found.builder.setAccessible(true);
        found.port.setAccessible(true);
        found.server.setAccessible(true);
        return found;
    }

    /** Before the start. */
    WebServerConfig.Builder config() throws ReflectiveOperationException {
        return (WebServerConfig.Builder) builder.invoke(extension);
    }

    /** What it listens on itself, after the start. */
    int ownPort() {
        return extension.port();
    }

    /** From now on that is what it tells everybody. */
    void tellPort(int number) throws ReflectiveOperationException {
        port.setInt(extension, number);
        server.set(extension, new ElsewhereListening((WebServer) server.get(extension), number));
    }

    /**
     * The server, but for the port of the API.
     *
     * @param api its port
     */
    private record ElsewhereListening(WebServer server, int api) implements WebServer {

        @Override
        public int port(String socketName) {
            return socketName.equals(DEFAULT_SOCKET_NAME) ? api : server.port(socketName);
        }

        @Override
        public WebServer start() {
            server.start();
            return this;
        }

        @Override
        public WebServer stop() {
            server.stop();
            return this;
        }

        @Override
        public boolean isRunning() {
            return server.isRunning();
        }

        @Override
        public Context context() {
            return server.context();
        }

        @Override
        public boolean hasTls(String socketName) {
            return server.hasTls(socketName);
        }

        @Override
        public void reloadTls(String socketName, Tls tls) {
            server.reloadTls(socketName, tls);
        }

        @Override
        public WebServerConfig prototype() {
            return server.prototype();
        }
    }
}
