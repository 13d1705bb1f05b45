package hakube.kubernetes.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.RealCluster;
import hakube.kubernetes.Sample;
import hakube.testing.ControlPlane;
import hakube.testing.Eventually;
import hakube.testing.Rights;
import hakube.testing.Rights.Right;
import hakube.testing.Space;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Commands and standard input up to the kubelet, which simulated nodes do not have. */
class StreamsIT {

    private static final Duration USUAL = Duration.ofSeconds(20);

    private Space space;
    private RealCluster real;
    private Cluster cluster;

    @BeforeEach
    void runAPod() throws Exception {
        space = ControlPlane.namespace("streams");
        real = RealCluster.of(space);
        cluster = real.port();
        cluster.create(Kind.POD, Sample.pod("there"), false);
        Eventually.holds("the pod runs", USUAL, () -> cluster.read(Kind.POD, "there")
                .orElseThrow()
                .getStatus()
                .getPhase()
                .equals("Running"));
    }

    @AfterEach
    void leave() throws Exception {
        real.close();
        space.close();
    }

    @Test
    void commandGetsPastAuthorisationToTheNode() {
        ApiFailure failure = assertThrows(ApiFailure.Unavailable.class, () -> exec("there", "addon"));
        assertTrue(failure.getMessage().startsWith("The cluster cannot do it at present: "), failure.getMessage());
        assertTrue(failure.getMessage().contains("error sending request"), failure.getMessage());
    }

    /** The API server closes with input of ours unread, so that its last word can be lost to the reset that follows. */
    @Test
    void inputGetsPastAuthorisationToTheNode() {
        ApiFailure failure = assertThrows(ApiFailure.Unavailable.class, () -> write("there", "addon"));
        String told = failure.getMessage();
        assertTrue(told.contains("error sending request") || told.endsWith(" broke off pods/attach"), told);
    }

    @Test
    void podThatIsNotThereIsNotFound() {
        for (Executable call : List.<Executable>of(() -> exec("gone", "addon"), () -> write("gone", "addon"))) {
            ApiFailure failure = assertThrows(ApiFailure.NotFound.class, call);
            assertTrue(failure.getMessage().contains("\"gone\" not found"), failure.getMessage());
        }
    }

    @Test
    void containerThatThePodDoesNotHaveIsNamed() {
        for (Executable call : List.<Executable>of(() -> exec("there", "nobody"), () -> write("there", "nobody"))) {
            ApiFailure failure = assertThrows(ApiFailure.BadRequest.class, call);
            assertTrue(failure.getMessage().contains("nobody"), failure.getMessage());
        }
    }

    @Test
    void withoutTheRightItIsNamed() throws Exception {
        Rights.withhold(space, new Right("", "pods/exec", "get"));
        Rights.withhold(space, new Right("", "pods/attach", "get"));

        assertEquals(
                Map.of("verb", "get", "resource", "pods/exec"),
                assertThrows(ApiFailure.MissingPermission.class, () -> exec("there", "addon"))
                        .extraFields());
        assertEquals(
                Map.of("verb", "get", "resource", "pods/attach"),
                assertThrows(ApiFailure.MissingPermission.class, () -> write("there", "addon"))
                        .extraFields());
    }

    private void exec(String pod, String container) {
        cluster.exec(pod, container, List.of("true"), USUAL);
    }

    private void write(String pod, String container) {
        cluster.writeStdin(pod, container, new byte[] {'\n'});
    }
}
