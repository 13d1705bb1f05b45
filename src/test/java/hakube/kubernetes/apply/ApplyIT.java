package hakube.kubernetes.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.RealCluster;
import hakube.kubernetes.Sample;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ApplyIT {

    private static Space space;
    private static RealCluster real;

    @BeforeAll
    static void connect() throws Exception {
        space = ControlPlane.namespace("apply");
        real = RealCluster.of(space);
    }

    @AfterAll
    static void leave() throws Exception {
        real.close();
        space.close();
    }

    private final Cluster cluster = real.port();

    @Test
    void makesTheObjectAndReturnsItAsStored() {
        V1ConfigMap stored = cluster.apply(Kind.CONFIG_MAP, Sample.configMap("made", "one"));

        assertEquals(space.name(), stored.getMetadata().getNamespace());
        assertNotNull(stored.getMetadata().getResourceVersion());
        assertEquals("one", data("made").get("key"));
    }

    @Test
    void takesAwayWhatIsNoLongerWanted() {
        cluster.apply(Kind.CONFIG_MAP, Sample.configMap("shrinks", "one").putDataItem("more", "two"));

        cluster.apply(Kind.CONFIG_MAP, Sample.configMap("shrinks", "one"));

        assertEquals(Map.of("key", "one"), data("shrinks"));
    }

    @Test
    void whatWasReadCanBeAppliedAgain() {
        V1ConfigMap stored = cluster.apply(Kind.CONFIG_MAP, Sample.configMap("again", "one"));

        cluster.apply(Kind.CONFIG_MAP, stored.putDataItem("key", "two"));

        assertEquals("two", data("again").get("key"));
    }

    @Test
    void forcesFieldsThatAnotherManagerHolds() throws Exception {
        new CoreV1Api(space.client())
                .createNamespacedConfigMap(
                        space.name(), Sample.configMap("contested", "theirs").putDataItem("other", "theirs"))
                .fieldManager("somebody")
                .execute();

        cluster.apply(Kind.CONFIG_MAP, Sample.configMap("contested", "ours"));

        assertEquals(Map.of("key", "ours", "other", "theirs"), data("contested"));
    }

    @Test
    void neverResetsTheCountThatWasScaled() {
        cluster.apply(Kind.DEPLOYMENT, Sample.deployment("counted"));
        cluster.scale(Kind.DEPLOYMENT, "counted", 1);

        var withoutCount = Sample.deployment("counted");
        withoutCount.getSpec().replicas(null).minReadySeconds(1);
        cluster.apply(Kind.DEPLOYMENT, withoutCount);

        var stored = cluster.read(Kind.DEPLOYMENT, "counted").orElseThrow();
        assertEquals(1, stored.getSpec().getReplicas());
        assertEquals(1, stored.getSpec().getMinReadySeconds());
    }

    @Test
    void dryRunSaysWhatWouldBeAndStoresNothing() {
        var would = cluster.applyDryRun(Kind.DEPLOYMENT, Sample.deployment("would-be"));

        assertEquals("RollingUpdate", would.getSpec().getStrategy().getType());
        assertTrue(cluster.read(Kind.DEPLOYMENT, "would-be").isEmpty());
    }

    @Test
    void everyCharacterOfATextArrives() {
        String text =
                "tab\t quote\" back\\slash nel\u0085 del\u007f line\u2028 smile\uD83D\uDE00 end\u0001\n# not: a comment";
        V1Secret secret = new V1Secret()
                .metadata(Sample.metadata("texts"))
                .putDataItem("bytes", new byte[] {0, -1, 10})
                .putStringDataItem("text", text);

        cluster.apply(Kind.SECRET, secret);

        Map<String, byte[]> stored =
                cluster.read(Kind.SECRET, "texts").orElseThrow().getData();
        assertEquals(text, new String(stored.get("text"), StandardCharsets.UTF_8));
        assertEquals("[0, -1, 10]", Arrays.toString(stored.get("bytes")));
    }

    private Map<String, String> data(String name) {
        return cluster.read(Kind.CONFIG_MAP, name).orElseThrow().getData();
    }
}
