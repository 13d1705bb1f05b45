package hakube.front;

import hakube.relay.HttpRelay;
import hakube.relay.KeepAlive;
import io.helidon.common.tls.Tls;
import io.helidon.microprofile.server.ServerCdiExtension;
import io.helidon.webserver.WebServerConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Puts the front before Helidon's server, and ends it.
 *
 * <p>It stays away where the configuration asks for what only the server does: TLS, the proxy protocol, and limits to the number of connections
 * and requests. So it does with another Helidon, which is said in the log.
 */
@Singleton
class Front {

    private static final Logger LOG = Logger.getLogger(Front.class.getName());

    private final Shortcut shortcut;
    private final HttpRelay relay;
    private Optional<HelidonServer> server = Optional.empty();
    private Optional<ListeningSocket> socket = Optional.empty();
    private Optional<EventLoop> loop = Optional.empty();

    @Inject
    Front(Shortcut shortcut, HttpRelay relay) {
        this.shortcut = shortcut;
        this.relay = relay;
    }

    /** Before the server starts. */
    void open(
            @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) @Initialized(ApplicationScoped.class) Object ready,
            BeanManager beans)
            throws IOException {
        Optional<WebServerConfig.Builder> config = Optional.empty();
        try {
            HelidonServer found = HelidonServer.of(beans.getExtension(ServerCdiExtension.class));
            config = Optional.of(found.config());
            server = Optional.of(found);
        } catch (ReflectiveOperationException | RuntimeException change) {
            LOG.log(
                    Level.WARNING,
                    "Uploads and ingress will be slow, and clients that are gone stay for long: this Helidon keeps its listening socket to itself",
                    change);
        }
        if (config.filter(Front::needsServersOwn).isPresent()) {
            config.get().putListenerSocketOption(StandardSocketOptions.SO_RCVBUF, ListeningSocket.AHEAD);
            KeepAlive.OPTIONS.forEach(config.get()::putListenerSocketOption);
        } else if (config.isPresent()) {
            socket = Optional.of(ListeningSocket.inPlaceOf(config.get()));
        }
    }

    private static boolean needsServersOwn(WebServerConfig.Builder config) {
        return config.tls().filter(Tls::enabled).isPresent()
                || config.enableProxyProtocol()
                || config.maxTcpConnections() > 0
                || config.maxConcurrentRequests() > 0
                || config.concurrencyLimit().isPresent();
    }

    /** When the server has started. */
    void start(
            @Observes @Priority(Interceptor.Priority.PLATFORM_AFTER + 200) @Initialized(ApplicationScoped.class)
                    Object ready)
            throws IOException, ReflectiveOperationException {
        if (socket.isPresent()) {
            HelidonServer before = server.orElseThrow();
            loop = Optional.of(socket.get().start(before.ownPort(), shortcut, relay));
            before.tellPort(socket.get().port());
        }
    }

    /** Before the server stops. */
    void stop(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) @BeforeDestroyed(ApplicationScoped.class)
                    Object over)
            throws IOException {
        if (loop.isPresent()) {
            loop.get().stop();
        } else if (socket.isPresent()) {
            socket.get().close();
        }
    }
}
