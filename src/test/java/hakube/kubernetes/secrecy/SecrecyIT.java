package hakube.kubernetes.secrecy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.config.LogLine;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.RealCluster;
import hakube.kubernetes.Sample;
import hakube.testing.ApiProxy;
import hakube.testing.ControlPlane;
import hakube.testing.Eventually;
import hakube.testing.Rights;
import hakube.testing.Space;
import io.kubernetes.client.openapi.models.V1Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing secret is in any line that is logged, libraries included, whatever the level. */
class SecrecyIT {

    private static final String SECRET = "c0rrect-h0rse-battery";

    private final Logger root = Logger.getLogger("");
    private final Level before = root.getLevel();
    private final Lines lines = new Lines();

    @TempDir
    private Path folder;

    private Space space;

    @BeforeEach
    void listen() throws Exception {
        space = ControlPlane.namespace("secrecy");
        root.setLevel(Level.ALL);
        root.addHandler(lines);
    }

    @AfterEach
    void leave() throws Exception {
        root.removeHandler(lines);
        root.setLevel(before);
        space.close();
    }

    @Test
    void neitherTokenNorHeaderNorSecretIsLogged() throws Exception {
        Rights.withhold(space, new Rights.Right("", "secrets", "delete"));
        try (ApiProxy proxy = ApiProxy.before(space.supervisorKubeconfig(), folder);
                RealCluster direct = RealCluster.of(space).watching();
                RealCluster real = RealCluster.of(space, proxy.kubeconfig(), Duration.ofSeconds(1))
                        .watching()) {
            everyKindOfWrite(direct.port());
            everyKindOfWrite(real.port());
            proxy.answer(_ -> true, ApiProxy.Reply.of(500, "{\"message\":\"at fault\"}"));
            assertThrows(ApiFailure.Unavailable.class, () -> real.port().apply(Kind.SECRET, secret()));
            proxy.passAll();
            proxy.answer(
                    ApiProxy.Asked::isWatch,
                    ApiProxy.Reply.of(
                            200, "{\"type\":\"ADDED\",\"object\":{\"data\":{\"token\":\"" + encoded() + "\"}}}\n"));
            Eventually.holds("failures of the watches are logged", Duration.ofSeconds(20), () -> lines.all.stream()
                    .anyMatch(line -> line.contains("Watching secrets")));
        }

        assertTrue(lines.all.stream().anyMatch(line -> line.contains("Watching")), "nothing was heard");
        for (String secret : List.of(SECRET, encoded(), space.supervisorToken(), "Authorization", "Bearer")) {
            assertEquals(
                    List.of(),
                    lines.all.stream().filter(line -> line.contains(secret)).toList());
        }
    }

    private static void everyKindOfWrite(Cluster cluster) throws Exception {
        cluster.apply(Kind.SECRET, secret());
        cluster.annotate(Kind.SECRET, "known", Map.of("note", "there"));
        cluster.swap(
                Kind.SECRET, cluster.read(Kind.SECRET, "known").orElseThrow().putStringDataItem("more", SECRET));
        cluster.list(Kind.SECRET, "");
        V1Secret invalid = secret().type("kubernetes.io/tls");
        assertThrows(ApiFailure.BadRequest.class, () -> cluster.apply(Kind.SECRET, invalid));
        assertThrows(ApiFailure.MissingPermission.class, () -> cluster.delete(Kind.SECRET, "known"));
    }

    private static V1Secret secret() {
        return new V1Secret().metadata(Sample.metadata("known")).putStringDataItem("token", SECRET);
    }

    private static String encoded() {
        return Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8));
    }

    /** All that is logged, as it would be written, the stack of a failure included. */
    private static final class Lines extends Handler {
        private final Queue<String> all = new ConcurrentLinkedQueue<>();

        Lines() {
            setLevel(Level.ALL);
            setFormatter(new LogLine());
        }

        @Override
        public void publish(LogRecord record) {
            all.add(getFormatter().format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
