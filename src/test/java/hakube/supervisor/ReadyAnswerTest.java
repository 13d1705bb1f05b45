package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.relay.WholeAnswer;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadyAnswerTest {

    private static final long MADE = Long.MAX_VALUE - 5;
    private static final ReadyAnswer.Basis BASIS = new ReadyAnswer.Basis(1, null);
    private static final long LIFE = ReadyAnswer.LIFE.toNanos();

    private final ReadyAnswer answer =
            ReadyAnswer.of(BASIS, MADE, ReadyAnswer.LIFE, "{}".getBytes(StandardCharsets.US_ASCII));

    @Test
    void servesEverybodyWhileItIsFresh() {
        for (int caller = 0; caller < 3; caller++) {
            assertTrue(answer.serves(BASIS, MADE + LIFE - 1));
        }
    }

    @Test
    void afterItsTimeOneCallerMakesTheNextOne() {
        assertFalse(answer.serves(BASIS, MADE + LIFE));
        assertTrue(answer.serves(BASIS, MADE + LIFE));
        assertTrue(answer.serves(BASIS, MADE + LIFE + ReadyAnswer.PATIENCE.toNanos() - 1));
    }

    @Test
    void servesNobodyWhenTheNextOneDoesNotCome() {
        assertFalse(answer.serves(BASIS, MADE + LIFE));
        assertFalse(answer.serves(BASIS, MADE + LIFE + ReadyAnswer.PATIENCE.toNanos()));
    }

    @Test
    void servesNobodyAfterAChange() {
        assertFalse(answer.serves(new ReadyAnswer.Basis(2, null), MADE + 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32_767, 32_768, 400_000})
    void aBodyOfAnySizeArrivesWholeOnAConnectionThatIsKept(int size) throws IOException, InterruptedException {
        byte[] octets = new byte[size];
        new Random(size).nextBytes(octets);
        WholeAnswer whole = WholeAnswer.of("application/json", octets);
        WebServer server = WebServer.builder()
                .port(0)
                .routing(routes -> routes.addFilter((chain, request, response) -> whole.send(response)))
                .build()
                .start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
                    .timeout(Duration.ofSeconds(30))
                    .build();
            for (int again = 0; again < 3; again++) {
                HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
                assertArrayEquals(octets, response.body());
                assertEquals(
                        size,
                        response.headers().firstValueAsLong("content-length").orElse(-1));
            }
        } finally {
            server.stop();
        }
    }
}
