package hakube.kubernetes.ownwrites;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.RealCluster;
import hakube.kubernetes.Sample;
import hakube.kubernetes.Watched;
import hakube.testing.ApiProxy;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watches are kept silent here: what the copy has, it has from the answers to writes. */
class OwnWritesIT {

    @TempDir
    private static Path folder;

    private static Space space;
    private static ApiProxy proxy;
    private static RealCluster real;

    @BeforeAll
    static void connect() throws Exception {
        space = ControlPlane.namespace("own-writes");
        proxy = ApiProxy.before(space.supervisorKubeconfig(), folder);
        proxy.answer(ApiProxy.Asked::isWatch, ApiProxy.Reply.silence());
        real = RealCluster.of(space, proxy.kubeconfig()).watching();
    }

    @AfterAll
    static void leave() throws Exception {
        real.close();
        proxy.close();
        space.close();
    }

    private final Cluster cluster = real.port();
    private final Watched<V1ConfigMap> configMaps = cluster.watched(Kind.CONFIG_MAP);
    private final Watched<V1Deployment> deployments = cluster.watched(Kind.DEPLOYMENT);

    @Test
    void applyCreateSwapAndDeleteAreInTheCopyAtOnce() throws Exception {
        cluster.apply(Kind.CONFIG_MAP, Sample.configMap("applied", "one"));
        assertEquals("one", value("applied"));

        V1ConfigMap created = cluster.create(Kind.CONFIG_MAP, Sample.configMap("created", "two"), false);
        assertEquals("two", value("created"));

        cluster.swap(Kind.CONFIG_MAP, created.putDataItem("key", "three"));
        assertEquals("three", value("created"));

        cluster.delete(Kind.CONFIG_MAP, "created");
        assertTrue(configMaps.find("created").isEmpty());
    }

    @Test
    void dryRunsAreNot() throws Exception {
        cluster.applyDryRun(Kind.CONFIG_MAP, Sample.configMap("dry", "one"));
        cluster.create(Kind.CONFIG_MAP, Sample.configMap("dry", "one"), true);

        assertTrue(configMaps.find("dry").isEmpty());
    }

    @Test
    void annotationAndCountAreInTheCopyAtOnce() {
        cluster.apply(Kind.DEPLOYMENT, Sample.deployment("app"));

        cluster.annotate(Kind.DEPLOYMENT, "app", Map.of("note", "here"));
        assertEquals("here", app().getMetadata().getAnnotations().get("note"));

        cluster.scale(Kind.DEPLOYMENT, "app", 1);
        assertEquals(1, app().getSpec().getReplicas());

        cluster.scale(Kind.DEPLOYMENT, "app", 0);
        assertEquals(0, app().getSpec().getReplicas());
        assertEquals("here", app().getMetadata().getAnnotations().get("note"));
    }

    @Test
    void whatIsNotSelectedStaysOut() {
        V1ConfigMap unmanaged = Sample.configMap("unmanaged", "one");
        unmanaged.getMetadata().labels(Map.of());

        cluster.apply(Kind.CONFIG_MAP, unmanaged);

        assertTrue(configMaps.find("unmanaged").isEmpty());
    }

    private String value(String name) {
        return configMaps.find(name).orElseThrow().getData().get("key");
    }

    private V1Deployment app() {
        return deployments.find("app").orElseThrow();
    }
}
