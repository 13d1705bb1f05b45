package hakube.access;

import io.helidon.microprofile.server.ServerCdiExtension;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/** Puts the gate, and what it hands on to, before the API socket's routes, ahead of JAX-RS; the management socket has none. */
@Singleton
class GateRegistration {

    void register(
            @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) @Initialized(ApplicationScoped.class) Object ready,
            BeanManager beans,
            Gate gate,
            SecondVersion secondVersion) {
        beans.getExtension(ServerCdiExtension.class)
                .serverRoutingBuilder()
                .addFilter(new LastRequest())
                .addFilter(new Framing())
                .addFilter(gate)
                .addFilter(secondVersion);
    }
}
