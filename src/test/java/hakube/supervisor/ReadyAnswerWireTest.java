package hakube.supervisor;

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
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Kept answers as they are on the wire. */
@HelidonTest
@AddBean(ReadyAnswersTest.House.class)
@AddBean(ReadyAnswersTest.Made.class)
@AddConfig(key = "management.port", value = "0")
class ReadyAnswerWireTest {

    /** One that asks for nothing but what it is told to. */
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final WebTarget target;

    @Inject
    ReadyAnswerWireTest(WebTarget target, State state) {
        this.target = target;
        state.enter(SupervisorState.RUNNING);
    }

    @Test
    void headersAreThoseOfAnAnswerThatWasMade() {
        HttpHeaders made = raw("/core/info", "?made").headers();
        ReadyAnswersTest.assertMostAreKept(() -> {
            HttpHeaders kept = raw("/core/info", "").headers();
            assertEquals(made.map().keySet(), kept.map().keySet());
            for (String same : List.of("content-type", "content-length")) {
                assertEquals(made.allValues(same), kept.allValues(same));
            }
            Duration age = Duration.between(
                    DateTimeFormatter.RFC_1123_DATE_TIME.parse(
                            kept.firstValue("date").orElseThrow(), Instant::from),
                    Instant.now());
            assertTrue(age.compareTo(Duration.ofSeconds(30)) < 0, "date " + age + " ago");
        });
    }

    @Test
    void whoEndsTheConnectionGetsAnAnswerThatSaysSo() throws IOException {
        for (int again = 0; again < 3; again++) {
            try (Socket socket =
                    new Socket(target.getUri().getHost(), target.getUri().getPort())) {
                socket.setSoTimeout(30_000);
                String request = "GET /supervisor/ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                assertTrue(answer.endsWith("\r\n\r\n{\"result\":\"ok\",\"data\":{}}"), answer);
                assertTrue(answer.toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n"), answer);
            }
        }
    }

    private HttpResponse<String> raw(String path, String query) {
        HttpRequest request = HttpRequest.newBuilder(target.getUri().resolve(path + query))
                .header("X-Supervisor-Token", ReadyAnswersTest.CORE)
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
