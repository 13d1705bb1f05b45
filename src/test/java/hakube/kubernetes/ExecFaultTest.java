package hakube.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import hakube.api.ApiFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands before an API server that does what it should not. Each ends in time and leaves nothing open. */
class ExecFaultTest {

    /** Time enough to connect on a busy machine, which comes first. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    @Test
    void serverThatNeverAnswersIsAway() throws Exception {
        assertTrue(unavailable(SHORT, ChannelServer.Peer::awaitGone)
                .matches("The cluster at http://127.0.0.1:\\d+ does not answer: no connection within 2 s"));
    }

    @Test
    void serverThatDropsTheConnectionIsAway() throws Exception {
        String message = unavailable(Talked.USUAL, ChannelServer.Peer::hangUp);
        assertTrue(message.contains("does not answer"), message);
    }

    @Test
    void commandThatDoesNotEndIsGivenUpAtTheDeadline() throws Exception {
        assertEquals("The command has not ended within 2 s", unavailable(SHORT, client -> {
            client.accept(ChannelSocket.V5);
            client.send(1, "working");
            client.awaitGone();
        }));
    }

    @Test
    void floodWithoutAnEndIsGivenUpAtTheDeadline() throws Exception {
        byte[] piece = new byte[32 * 1024];
        assertEquals("The command has not ended within 2 s", unavailable(SHORT, client -> {
            client.accept(ChannelSocket.V5);
            assertThrows(IOException.class, () -> {
                while (true) {
                    client.send(1, piece);
                }
            });
        }));
    }

    @Test
    void connectionThatBreaksBeforeTheEndIsTold() throws Exception {
        String message = unavailable(Talked.USUAL, client -> {
            client.accept(ChannelSocket.V5);
            client.send(1, "working");
            client.hangUp();
        });
        assertTrue(message.endsWith("broke off pods/exec"), message);
    }

    @Test
    void orderlyEndWithoutAStatusIsNoSuccess() throws Exception {
        String message = unavailable(Talked.USUAL, client -> {
            client.accept(ChannelSocket.V4);
            client.send(1, "working");
            client.sendClose();
            client.awaitGone();
        });
        assertTrue(message.contains("without a word on how it went"), message);
    }

    @ParameterizedTest
    @CsvSource({"base64.channel.k8s.io", "v3.channel.k8s.io", "''"})
    void otherSubProtocolIsNamed(String protocol) throws Exception {
        String message = unavailable(Talked.USUAL, client -> {
            client.accept(protocol);
            client.awaitGone();
        });
        assertTrue(message.contains("sub-protocol \"" + protocol + "\" was chosen"), message);
    }

    @Test
    void textWhereBytesBelongIsNamed() throws Exception {
        String message = unavailable(Talked.USUAL, client -> {
            client.accept(ChannelSocket.V5);
            client.sendText("1hello");
            client.awaitGone();
        });
        assertTrue(message.contains("a text message came"), message);
    }

    @Test
    void answerThatIsNoWebSocketIsNamed() throws Exception {
        String message = unavailable(Talked.USUAL, client -> client.answer(200, "{}"));

        assertTrue(message.contains("status 200 came where a WebSocket was asked for"), message);
    }

    @Test
    void refusalWithoutAnEndIsGivenUpInTime() throws Exception {
        unavailable(SHORT, client -> {
            client.answerEndlessly();
            client.awaitGone();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "400, BadRequest, container nobody is not valid for pod a-pod",
        "401, Unavailable, Unauthorized",
        "404, NotFound, pods \"\"a-pod\"\" not found",
        "429, Unavailable, slow down",
        "500, Unavailable, error dialing backend",
        "500, NotFound, container not found (\"\"addon\"\")",
        "503, Unavailable, starting"
    })
    void refusalBeforeTheWebSocket(int status, String kind, String message) throws Exception {
        String body = new Gson().toJson(Map.of("kind", "Status", "message", message));
        try (Talked talked = new Talked(folder, Talked.USUAL, client -> client.answer(status, body))) {
            ApiFailure failure = assertThrows(ApiFailure.class, talked::exec);

            assertEquals(kind, failure.getClass().getSimpleName());
            assertTrue(failure.getMessage().contains(message), failure.getMessage());
            assertFalse(failure.getMessage().contains("a-token"), failure.getMessage());
        }
    }

    @Test
    void missingRightIsNamed() throws Exception {
        String body = "{\"message\":\"pods \\\"a-pod\\\" is forbidden: User \\\"s\\\" cannot create resource"
                + " \\\"pods/exec\\\" in API group \\\"\\\"\"}";
        try (Talked talked = new Talked(folder, Talked.USUAL, client -> client.answer(403, body))) {
            ApiFailure failure = assertThrows(ApiFailure.MissingPermission.class, talked::exec);

            assertEquals(
                    List.of("create", "pods/exec"),
                    List.of(
                            failure.extraFields().get("verb"),
                            failure.extraFields().get("resource")));
        }
    }

    @Test
    void interruptionEndsTheWaitAndStaysKnown() throws Exception {
        CompletableFuture<Thread> waiting = new CompletableFuture<>();
        try (Talked talked = new Talked(folder, Talked.USUAL, client -> {
            client.accept(ChannelSocket.V5);
            // A client that is cut off in the middle of the upgrade counts as busy in OkHttp's pool until it is
            // collected.
            client.awaitReader();
            waiting.join().interrupt();
            client.awaitGone();
        })) {
            waiting.complete(Thread.currentThread());
            assertThrows(ApiFailure.Unavailable.class, talked::exec);
            assertTrue(Thread.interrupted());
            talked.awaitFarEnd();
        }
    }

    /** The message of the failure; the server sees the end of the connection. */
    private String unavailable(Duration deadline, ChannelServer.Talk talk) throws Exception {
        try (Talked talked = new Talked(folder, Talked.USUAL, talk)) {
            ApiFailure failure = assertThrows(ApiFailure.Unavailable.class, () -> talked.exec(deadline, "true"));
            assertEquals("cluster_unavailable_error", failure.errorKey().orElseThrow());
            talked.awaitFarEnd();
            return failure.getMessage();
        }
    }
}
