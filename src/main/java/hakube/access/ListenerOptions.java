package hakube.access;

import hakube.relay.KeepAlive;
import io.helidon.microprofile.server.ServerCdiExtension;
import io.helidon.webserver.WebServerConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.lang.reflect.Method;
import java.net.StandardSocketOptions;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What all connections of clients have from their listening socket: how much a client may send ahead of who reads it, and when one that is
 * silent and gone is given up ({@link KeepAlive}). Helidon 4.2.6 gives that socket a buffer of 4096 octets, and Linux takes them for the
 * most that any of its connections will ever have, whatever is set later: an upload came in pieces of that size. Only the server's own
 * builder can change that, and the MicroProfile extension keeps it to itself.
 */
@Singleton
class ListenerOptions {

    private static final Logger LOG = Logger.getLogger(ListenerOptions.class.getName());

    private static final int OCTETS = 256 * 1024;

    void set(
            @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) @Initialized(ApplicationScoped.class) Object ready,
            BeanManager beans) {
        try {
            Method builder = ServerCdiExtension.class.getDeclaredMethod("serverBuilder");
            builder.setAccessible(true);
            WebServerConfig.Builder server =
                    (WebServerConfig.Builder) builder.invoke(beans.getExtension(ServerCdiExtension.class));
            server.putListenerSocketOption(StandardSocketOptions.SO_RCVBUF, OCTETS);
            KeepAlive.OPTIONS.forEach(server::putListenerSocketOption);
        } catch (ReflectiveOperationException | RuntimeException change) {
            LOG.log(
                    Level.WARNING,
                    "Uploads will be slow, and clients that are gone stay for long: this Helidon keeps its listening socket to itself",
                    change);
        }
    }
}
