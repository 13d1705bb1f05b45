package hakube.front;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.testing.CallersHouse;
import hakube.testing.LiveThreads;
import hakube.testing.RawHttp;
import io.helidon.microprofile.testing.AddConfig;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the configuration asks for what only the server does, such as a limit to connections, it keeps its own socket. */
@CallersHouse.Served
@AddConfig(key = "server.max-tcp-connections", value = "1")
class ServersOwnSocketTest {

    private final WebTarget target;

    @Inject
    ServersOwnSocketTest(WebTarget target, State state) {
        this.target = target;
        state.enter(SupervisorState.RUNNING);
    }

    @Test
    void theFrontStaysAway() throws IOException {
        assertEquals(List.of(), LiveThreads.named("front"));
        try (RawHttp client = new RawHttp(target.getUri())) {
            assertEquals(200, client.send("GET", "/supervisor/ping").status());
        }
    }
}
