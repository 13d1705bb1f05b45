package hakube.supervisor;

import io.helidon.microprofile.server.ServerCdiExtension;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/** Puts the ready answers behind the gate and behind what is relayed, of which none is one of ours. */
@Singleton
class ReadyAnswersRegistration {

    void register(
            @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE + 2) @Initialized(ApplicationScoped.class)
                    Object ready,
            BeanManager beans,
            ReadyAnswers answers) {
        beans.getExtension(ServerCdiExtension.class).serverRoutingBuilder().addFilter(answers);
    }
}
