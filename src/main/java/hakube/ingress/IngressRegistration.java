package hakube.ingress;

import io.helidon.microprofile.server.ServerCdiExtension;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/** Puts the relay behind the gate, which lets everybody through to it: filters run in the order in which they were added. */
@Singleton
class IngressRegistration {

    void register(
            @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE + 1) @Initialized(ApplicationScoped.class)
                    Object ready,
            BeanManager beans,
            IngressRelay relay) {
        beans.getExtension(ServerCdiExtension.class).serverRoutingBuilder().addFilter(relay);
    }
}
