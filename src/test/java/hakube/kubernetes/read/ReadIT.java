package hakube.kubernetes.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.kubernetes.Cluster;
import hakube.kubernetes.CustomKind;
import hakube.kubernetes.Kind;
import hakube.kubernetes.RealCluster;
import hakube.kubernetes.Sample;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReadIT {

    private static Space space;
    private static RealCluster real;

    @BeforeAll
    static void connect() throws Exception {
        space = ControlPlane.namespace("read");
        real = RealCluster.of(space);
    }

    @AfterAll
    static void leave() throws Exception {
        real.close();
        space.close();
    }

    private final Cluster cluster = real.port();

    @Test
    void readsPastTheCopy() {
        cluster.apply(Kind.CONFIG_MAP, Sample.configMap("there", "one"));

        assertEquals(
                "one",
                cluster.read(Kind.CONFIG_MAP, "there").orElseThrow().getData().get("key"));
        assertTrue(cluster.watched(Kind.CONFIG_MAP).find("elsewhere").isEmpty());
    }

    @Test
    void absentObjectIsEmpty() {
        assertTrue(cluster.read(Kind.CONFIG_MAP, "absent").isEmpty());
    }

    @Test
    void listHasAllPagesAndOnlyWhatIsSelected() throws Exception {
        int many = 510;
        try (ExecutorService writers = Executors.newFixedThreadPool(8)) {
            List<Future<?>> writes = IntStream.range(0, many)
                    .<Future<?>>mapToObj(number -> writers.submit(() -> {
                        var configMap = Sample.configMap("many-" + number, "one");
                        configMap.getMetadata().putLabelsItem("of", "many");
                        return cluster.apply(Kind.CONFIG_MAP, configMap);
                    }))
                    .toList();
            for (Future<?> write : writes) {
                write.get();
            }
        }
        cluster.apply(Kind.CONFIG_MAP, Sample.configMap("not-of-many", "one"));

        List<?> found = cluster.list(Kind.CONFIG_MAP, "of=many");

        assertEquals(many, found.stream().distinct().count());
    }

    @Test
    void versionIsWhatTheServerSays() {
        Cluster.ServerVersion version = cluster.version();

        assertTrue(version.isAtLeast(1, 29), version.toString());
        assertTrue(version.text().startsWith("v" + version.major() + "." + version.minor() + "."), version.text());
    }

    @Test
    void apiThatIsNotServedIsEmpty() {
        CustomKind kind = new CustomKind("nobody.example.com", "v1", "Nothing", "nothings");

        // The administrator: a Role that lacks the group would be refused first.
        try (RealCluster admin = RealCluster.of(space, space.adminKubeconfig())) {
            assertEquals(Optional.empty(), admin.port().listCustom(kind, ""));
            assertEquals(
                    Optional.empty(), admin.port().applyCustom(kind, Map.of("metadata", Map.of("name", "nothing"))));
            admin.port().deleteCustom(kind, "nothing");
        }
    }
}
