package hakube.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.state.State;
import hakube.state.SupervisorState;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@HelidonTest
@AddBean(GateTest.House.class)
@AddConfig(key = "management.port", value = "0")
class LastRequestTest {

    private static final int MILLIS = 3000;

    private final int port;
    private final State state;

    @Inject
    LastRequestTest(WebTarget target, State state) {
        this.port = target.getUri().getPort();
        this.state = state;
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /supervisor/ping, 200 OK",
        "GET, /no/such/route, 401 Unauthorized",
        "POST, /supervisor/ping, 405 Method Not Allowed",
    })
    void aConnectionEndsWithItsLastAnswer(String method, String path, String status) throws IOException {
        state.enter(SupervisorState.RUNNING);

        String answer = untilTheEnd("%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".formatted(method, path));

        assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
    }

    @Test
    void aConnectionThatStaysServesTheNextRequest() throws IOException {
        state.enter(SupervisorState.RUNNING);
        String one = "GET /supervisor/ping HTTP/1.1\r\nHost: x\r\n";

        String answers = untilTheEnd(one + "\r\n" + one + "Connection: close\r\n\r\n");

        assertEquals(2, answers.split("\\{\"result\":\"ok\"", -1).length - 1, answers);
    }

    /** Fails with a time-out where the server keeps the connection. */
    private String untilTheEnd(String requests) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(MILLIS);
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
