package hakube.access;

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
 * How much a client may send ahead of who reads it. Helidon 4.2.6 gives its listening socket 4096 octets, and Linux takes them for the
 * most that any of its connections will ever have, whatever is set later: an upload came in pieces of that size. Only the server's own
 * builder can change that, and the MicroProfile extension keeps it to itself.
 */
@Singleton
class ReceiveBuffer {

    private static final Logger LOG = Logger.getLogger(ReceiveBuffer.class.getName());

    private static final int OCTETS = 256 * 1024;

    void enlarge(
            @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) @Initialized(ApplicationScoped.class) Object ready,
            BeanManager beans) {
        try {
            Method builder = ServerCdiExtension.class.getDeclaredMethod("serverBuilder");
            builder.setAccessible(true);
            ((WebServerConfig.Builder) builder.invoke(beans.getExtension(ServerCdiExtension.class)))
                    .putListenerSocketOption(StandardSocketOptions.SO_RCVBUF, OCTETS);
        } catch (ReflectiveOperationException | RuntimeException change) {
            LOG.log(Level.WARNING, "Uploads will be slow: this Helidon keeps its listening socket to itself", change);
        }
    }
}
