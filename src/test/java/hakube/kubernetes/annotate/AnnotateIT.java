package hakube.kubernetes.annotate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hakube.api.ApiFailure;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.RealCluster;
import hakube.kubernetes.Sample;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import io.kubernetes.client.openapi.models.V1Deployment;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AnnotateIT {

    private static Space space;
    private static RealCluster real;

    @BeforeAll
    static void connect() throws Exception {
        space = ControlPlane.namespace("annotate");
        real = RealCluster.of(space);
    }

    @AfterAll
    static void leave() throws Exception {
        real.close();
        space.close();
    }

    private final Cluster cluster = real.port();

    @Test
    void setsAndTakesAwayWithoutTouchingTheTemplate() {
        V1Deployment before = cluster.apply(Kind.DEPLOYMENT, Sample.deployment("noted"));
        cluster.annotate(Kind.DEPLOYMENT, "noted", Map.of("io.hass.exit-code", "137", "io.hass.other", "kept"));
        assertEquals("137", annotations("noted").get("io.hass.exit-code"));

        Map<String, String> away = new HashMap<>();
        away.put("io.hass.exit-code", null);
        cluster.annotate(Kind.DEPLOYMENT, "noted", away);

        assertEquals(null, annotations("noted").get("io.hass.exit-code"));
        assertEquals("kept", annotations("noted").get("io.hass.other"));
        V1Deployment after = cluster.read(Kind.DEPLOYMENT, "noted").orElseThrow();
        assertEquals(before.getSpec(), after.getSpec());
    }

    @Test
    void annotationOutlivesTheNextApply() {
        cluster.apply(Kind.DEPLOYMENT, Sample.deployment("applied-again"));
        cluster.annotate(Kind.DEPLOYMENT, "applied-again", Map.of("io.hass.exit-code", "1"));

        cluster.apply(Kind.DEPLOYMENT, Sample.deployment("applied-again"));

        assertEquals("1", annotations("applied-again").get("io.hass.exit-code"));
    }

    @Test
    void absentObjectIsNotFound() {
        assertThrows(ApiFailure.NotFound.class, () -> cluster.annotate(Kind.DEPLOYMENT, "absent", Map.of("a", "b")));
    }

    private Map<String, String> annotations(String name) {
        return cluster.read(Kind.DEPLOYMENT, name).orElseThrow().getMetadata().getAnnotations();
    }
}
