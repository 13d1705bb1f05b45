package hakube.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input for the main process of a container. */
class StdinTest {

    /** Time enough to connect on a busy machine, which comes first. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void isHandedOnAndEndedAlone() throws Exception {
        StringBuilder asked = new StringBuilder();
        try (Talked talked = new Talked(folder, Talked.USUAL, client -> {
            asked.append(client.head());
            client.accept(ChannelSocket.V5);
            ChannelServer.Frame end = take(client);
            assertEquals(255, end.channel());
            assertEquals("\0", end.text());
            client.send(3, Talked.SUCCESS);
            client.awaitGone();
        })) {
            talked.write("line\n");
            talked.awaitFarEnd();
        }
        assertEquals("line\n", taken.toString(StandardCharsets.UTF_8));
        assertEquals(
                "GET /api/v1/namespaces/home/pods/a-pod/attach?container=addon&stderr=false&stdin=true&stdout=false"
                        + "&tty=false HTTP/1.1",
                asked.toString().lines().findFirst().orElseThrow());
    }

    @Test
    void endsWithTheConnectionInTheOlderProtocol() throws Exception {
        try (Talked talked = new Talked(folder, Talked.USUAL, client -> {
            client.accept(ChannelSocket.V4);
            client.send(3, "");
            assertEquals(ChannelServer.CLOSE, take(client).kind());
            client.sendClose();
        })) {
            talked.write("line\n");
            talked.awaitFarEnd();
        }
        assertEquals("line\n", taken.toString(StandardCharsets.UTF_8));
    }

    @Test
    void ofAMegabyteArrivesWholeAndInOrder() throws Exception {
        String large = "0123456789abcdef".repeat(65_536) + "\n";
        try (Talked talked = new Talked(folder, Talked.USUAL, client -> {
            client.accept(ChannelSocket.V5);
            take(client);
            client.send(3, Talked.SUCCESS);
            client.awaitGone();
        })) {
            talked.write(large);
            talked.awaitFarEnd();
        }
        assertEquals(large, taken.toString(StandardCharsets.UTF_8));
    }

    @Test
    void thatIsNotTakenIsGivenUpInTime() throws Exception {
        try (Talked talked = new Talked(folder, SHORT, client -> {
            client.accept(ChannelSocket.V5);
            take(client);
            client.awaitGone();
        })) {
            ApiFailure failure = assertThrows(ApiFailure.Unavailable.class, () -> talked.write("line\n"));

            assertEquals("The process has not taken its input within 2 s", failure.getMessage());
            talked.awaitFarEnd();
        }
    }

    @Test
    void thatNobodyReadsOffTheWireIsGivenUpInTime() throws Exception {
        try (Talked talked = new Talked(folder, SHORT, client -> {
            client.accept(ChannelSocket.V5);
            Thread.currentThread().join();
        })) {
            assertThrows(ApiFailure.Unavailable.class, () -> talked.write("x".repeat(PodStreams.LARGEST_INPUT)));
        }
    }

    @Test
    void forAContainerThatDoesNotRunIsNotFound() throws Exception {
        try (Talked talked = new Talked(folder, Talked.USUAL, client -> {
            client.accept(ChannelSocket.V5);
            client.send(
                    3,
                    "{\"status\":\"Failure\",\"code\":500,\"message\":\"unable to upgrade connection: container not found"
                            + " (\\\"addon\\\")\"}");
            client.sendClose();
        })) {
            ApiFailure failure = assertThrows(ApiFailure.NotFound.class, () -> talked.write("line\n"));

            assertTrue(failure.getMessage().contains("container not found (\"addon\")"), failure.getMessage());
        }
    }

    @Test
    void isNotWrittenForSureWhenTheConnectionEndsWithoutAWord() throws Exception {
        try (Talked talked = new Talked(folder, Talked.USUAL, client -> {
            client.accept(ChannelSocket.V5);
            take(client);
            client.sendClose();
        })) {
            ApiFailure failure = assertThrows(ApiFailure.Unavailable.class, () -> talked.write("line\n"));

            assertTrue(failure.getMessage().contains("without a word"), failure.getMessage());
        }
    }

    @Test
    void withoutTheRightNamesIt() throws Exception {
        try (Talked talked = new Talked(
                folder,
                Talked.USUAL,
                client -> client.answer(
                        403,
                        "{\"kind\":\"Status\",\"message\":\"pods \\\"a-pod\\\" is forbidden: User \\\"s\\\" cannot get resource"
                                + " \\\"pods/attach\\\" in API group \\\"\\\"\"}"))) {
            ApiFailure failure = assertThrows(ApiFailure.MissingPermission.class, () -> talked.write("line\n"));

            assertEquals("pods/attach", failure.extraFields().get("resource"));
            assertEquals("get", failure.extraFields().get("verb"));
        }
    }

    @Test
    void beyondTheLimitIsRefusedBeforeAnythingIsAsked() throws Exception {
        try (Talked talked = new Talked(folder, Talked.USUAL, client -> client.answer(500, ""))) {
            ApiFailure failure = assertThrows(
                    ApiFailure.BadRequest.class, () -> talked.write("x".repeat(PodStreams.LARGEST_INPUT + 1)));

            assertTrue(failure.getMessage().contains("4194305 bytes, at most 4194304"), failure.getMessage());
        }
    }

    /** Reads all input. @return the first frame that is none */
    private ChannelServer.Frame take(ChannelServer.Peer client) throws IOException {
        ChannelServer.Frame frame = client.receive();
        while (frame.kind() == ChannelServer.BINARY && frame.channel() == 0) {
            taken.write(frame.data(), 1, frame.data().length - 1);
            frame = client.receive();
        }
        return frame;
    }
}
