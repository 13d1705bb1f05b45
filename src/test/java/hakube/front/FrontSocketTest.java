package hakube.front;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.testing.CallersHouse;
import hakube.testing.LiveThreads;
import io.helidon.microprofile.server.ServerCdiExtension;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever asks the server for the API's port is told the front's. */
@CallersHouse.Served
class FrontSocketTest {

    private final WebTarget target;
    private final BeanManager beans;

    @Inject
    FrontSocketTest(WebTarget target, BeanManager beans, State state) {
        this.target = target;
        this.beans = beans;
        state.enter(SupervisorState.RUNNING);
    }

    @Test
    void itsPortIsTheApis() throws IOException {
        ServerCdiExtension server = beans.getExtension(ServerCdiExtension.class);
        assertEquals(List.of("front"), LiveThreads.named("front"));
        assertEquals(server.port("@default"), server.port());
        assertEquals(server.port(), target.getUri().getPort());
        assertEquals(200, target.path("/supervisor/ping").request().get().getStatus());
    }
}
