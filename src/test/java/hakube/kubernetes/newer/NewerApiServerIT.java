package hakube.kubernetes.newer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.EveryKind;
import hakube.kubernetes.Kind;
import hakube.kubernetes.RealCluster;
import hakube.testing.ApiProxy;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import io.kubernetes.client.common.KubernetesObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every object that is served here has, in each of its parts, a field that the client's models do not know. */
class NewerApiServerIT {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String FIELD = "fieldOfTomorrow";
    /** Good as a label, as a quantity and as base64: maps get it, too. */
    private static final String VALUE = "7777";

    @TempDir
    private static Path folder;

    private static Space space;
    private static ApiProxy proxy;
    private static RealCluster real;
    private static RealCluster elsewhere;

    @BeforeAll
    static void connect() throws Exception {
        space = ControlPlane.namespace("newer");
        elsewhere = RealCluster.of(space, space.adminKubeconfig());
        for (Kind<?> kind : Kind.WATCHED) {
            EveryKind.create(elsewhere.port(), kind, "listed");
        }
        proxy = ApiProxy.before(space.supervisorKubeconfig(), folder);
        proxy.rewrite(NewerApiServerIT::ofTomorrow);
        real = RealCluster.of(space, proxy.kubeconfig()).watching();
    }

    @AfterAll
    static void leave() throws Exception {
        real.close();
        elsewhere.close();
        proxy.close();
        space.close();
    }

    static List<Kind<? extends KubernetesObject>> watched() {
        return Kind.WATCHED;
    }

    @ParameterizedTest
    @MethodSource("watched")
    void watchedKindIsListedReadAndFollowed(Kind<? extends KubernetesObject> kind) throws Exception {
        Cluster cluster = real.port();
        KubernetesObject listed = cluster.watched(kind).find("listed").orElseThrow();
        KubernetesObject read = cluster.read(kind, "listed").orElseThrow();
        EveryKind.create(elsewhere.port(), kind, "followed");
        KubernetesObject followed =
                cluster.watched(kind).await(SOON, copy -> copy.find("followed")).orElseThrow();

        assertTrue(isOfTomorrow(listed) && isOfTomorrow(read) && isOfTomorrow(followed), "the field was not served");
        assertEquals(space.name(), followed.getMetadata().getNamespace());
    }

    /** Maps take any key, so the labels show that the field was there. */
    private static boolean isOfTomorrow(KubernetesObject object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return VALUE.equals(labels.get(FIELD));
    }

    private static String ofTomorrow(String line) {
        JsonElement json = JsonParser.parseString(line);
        enrich(json);
        return json.toString();
    }

    private static void enrich(JsonElement json) {
        if (json instanceof JsonArray list) {
            list.forEach(NewerApiServerIT::enrich);
        } else if (json instanceof JsonObject object) {
            object.asMap().values().forEach(NewerApiServerIT::enrich);
            object.addProperty(FIELD, VALUE);
        }
    }
}
