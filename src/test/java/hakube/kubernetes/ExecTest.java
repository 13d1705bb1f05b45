package hakube.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands in containers, as they should go. */
class ExecTest {

    private static final String EXIT_5 =
            "{\"status\":\"Failure\",\"message\":\"command terminated with non-zero exit code\",\"reason\":\"NonZeroExitCode\","
                    + "\"details\":{\"causes\":[{\"reason\":\"ExitCode\",\"message\":\"5\"}]}}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {ChannelSocket.V5, ChannelSocket.V4})
    void givesExitCodeAndBothOutputs(String protocol) throws Exception {
        try (Talked talked = new Talked(folder, Talked.USUAL, client -> {
            client.accept(protocol);
            client.send(1, "");
            client.send(1, "one, ");
            client.send(2, "trouble");
            client.send(1, "two\n");
            client.send(3, EXIT_5);
            client.awaitGone();
        })) {
            assertEquals(new Cluster.Execution(5, "one, two\n", "trouble"), talked.exec());
            talked.awaitFarEnd();
        }
    }

    @Test
    void asksForTheCommandAsItIsAndOffersBothProtocols() throws Exception {
        StringBuilder asked = new StringBuilder();
        try (Talked talked = new Talked(folder, Talked.USUAL, client -> {
            asked.append(client.head());
            client.accept(ChannelSocket.V5);
            client.send(3, Talked.SUCCESS);
            client.sendClose();
        })) {
            assertEquals(0, talked.exec(Talked.USUAL, "echo", "a b", "&x=1", "").exitCode());
            talked.awaitFarEnd();
        }
        String head = asked.toString();
        assertEquals(
                "GET /api/v1/namespaces/home/pods/a-pod/exec?command=echo&command=a+b&command=%26x%3D1&command="
                        + "&container=addon&stderr=true&stdin=false&stdout=true&tty=false HTTP/1.1",
                head.lines().findFirst().orElseThrow());
        assertTrue(head.contains("Sec-WebSocket-Protocol: v5.channel.k8s.io, v4.channel.k8s.io\r\n"), head);
        assertTrue(head.contains("authorization: Bearer a-token\r\n"), head);
    }

    @Test
    void keepsTheBeginningOfAFloodAndReadsOnToTheExitCode() throws Exception {
        byte[] piece = "0123456789abcdef".repeat(2048).getBytes(StandardCharsets.US_ASCII);
        try (Talked talked = new Talked(folder, Talked.USUAL, client -> {
            client.accept(ChannelSocket.V5);
            for (int round = 0; round < 256; round++) {
                client.send(1, piece);
                client.send(2, piece);
            }
            client.send(3, EXIT_5);
            client.awaitGone();
        })) {
            Cluster.Execution flood = talked.exec();

            assertEquals(5, flood.exitCode());
            assertEquals("0123456789abcdef".repeat(4096), flood.output());
            assertEquals("0123456789abcdef".repeat(4096), flood.errors());
        }
    }

    @Test
    void takesAStatusThatComesInPieces() throws Exception {
        try (Talked talked = new Talked(folder, Talked.USUAL, client -> {
            client.accept(ChannelSocket.V4);
            client.send(3, "");
            client.send(3, EXIT_5.substring(0, 40));
            client.send(3, EXIT_5.substring(40));
            client.awaitGone();
        })) {
            assertEquals(5, talked.exec().exitCode());
        }
    }

    @Test
    void namesThatLeadElsewhereAreRefusedBeforeAnythingIsAsked() throws Exception {
        try (Talked talked = new Talked(folder, Talked.USUAL, client -> client.answer(500, ""))) {
            assertThrows(ApiFailure.BadRequest.class, () -> talked.execIn("../secrets"));
        }
    }
}
