package hakube.api;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HttpMediaType;
import io.helidon.microprofile.server.ServerCdiExtension;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * {@code /openapi} of the management socket: OpenAPI 3.0 in JSON, made from the table of routes when the project is built. A
 * document that is made at each start, from annotations that know less, would cost a tenth of the start.
 */
@Singleton
class OpenApiRoute {

    private static final String DOCUMENT = "openapi.json";

    void register(
            @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) @Initialized(ApplicationScoped.class) Object ready,
            BeanManager beans) {
        beans.getExtension(ServerCdiExtension.class)
                .serverNamedRoutingBuilder("management")
                .get("/openapi", OpenApiRoute::send);
    }

    private static void send(ServerRequest request, ServerResponse response) throws IOException {
        response.headers().contentType(HttpMediaType.create(MediaTypes.APPLICATION_JSON));
        try (InputStream document = OpenApiRoute.class.getResourceAsStream(DOCUMENT);
                OutputStream out = response.outputStream()) {
            document.transferTo(out);
        }
    }
}
