package hakube.proxy;

import io.helidon.microprofile.server.ServerCdiExtension;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/** Puts the proxy behind the gate: filters run in the order in which they were added. */
@Singleton
class ProxyRegistration {

    void register(
            @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE + 1) @Initialized(ApplicationScoped.class)
                    Object ready,
            BeanManager beans,
            CoreProxy proxy) {
        beans.getExtension(ServerCdiExtension.class).serverRoutingBuilder().addFilter(proxy);
    }
}
