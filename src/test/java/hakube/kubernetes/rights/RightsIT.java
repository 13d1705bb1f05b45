package hakube.kubernetes.rights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.EveryKind;
import hakube.kubernetes.Kind;
import hakube.kubernetes.RealCluster;
import hakube.kubernetes.Sample;
import hakube.testing.ApiProxy;
import hakube.testing.ApiProxy.Asked;
import hakube.testing.ControlPlane;
import hakube.testing.Rights;
import hakube.testing.Rights.Right;
import hakube.testing.Space;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.models.V1Pod;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Role of {@code k8s/base}, right by right. */
class RightsIT {

    private static final Pattern PATH =
            Pattern.compile("/(?:api|apis/([^/]+))/[^/]+/namespaces/[^/]+/([a-z]+)(?:/([^/?]+))?(?:/([a-z]+))?");

    @TempDir
    private Path folder;

    private Space space;

    @BeforeEach
    void makeSpace() throws Exception {
        space = ControlPlane.namespace("rights");
        try (RealCluster admin = RealCluster.of(space, space.adminKubeconfig())) {
            for (Kind<?> kind : Kind.WATCHED) {
                EveryKind.create(admin.port(), kind, "there");
            }
            EveryKind.create(admin.port(), Kind.NETWORK_POLICY, "there");
        }
    }

    @AfterEach
    void leave() throws Exception {
        space.close();
    }

    @Test
    void everyRightIsUsedAndNoOtherIsNeeded() throws Exception {
        try (ApiProxy proxy = ApiProxy.before(space.supervisorKubeconfig(), folder);
                RealCluster real = RealCluster.of(space, proxy.kubeconfig()).watching()) {
            for (Uses.Use use : Uses.all()) {
                passes(use, real.port());
            }
            useWhatThePortDoesNot(proxy);

            Set<String> used = proxy.asked().stream()
                    .flatMap(asked -> rightOf(asked).stream())
                    .map(Right::toString)
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> given =
                    Rights.of(space).stream().map(Right::toString).collect(Collectors.toCollection(TreeSet::new));
            assertEquals(String.join("\n", given), String.join("\n", used));
        }
    }

    @Test
    void withoutAnyRightEachCallNamesVerbAndResource() throws Exception {
        Rights.withholdAll(space);
        try (RealCluster real = RealCluster.of(space)) {
            for (Uses.Use use : Uses.all()) {
                ApiFailure failure = assertThrows(
                        ApiFailure.MissingPermission.class, () -> use.call().on(real.port(), "there"), use.toString());
                assertEquals(use.right().verb(), failure.extraFields().get("verb"));
                assertEquals(resourceOf(use.right()), failure.extraFields().get("resource"));
                assertTrue(failure.getMessage().contains(resourceOf(use.right())), failure.getMessage());
            }
        }
    }

    @Test
    void oneMissingRightStopsNothingElse() throws Exception {
        Rights.withhold(space, new Right("", "configmaps", "create"));
        try (RealCluster real = RealCluster.of(space).watching()) {
            Cluster cluster = real.port();

            assertThrows(
                    ApiFailure.MissingPermission.class,
                    () -> cluster.apply(Kind.CONFIG_MAP, Sample.configMap("new", "one")));

            cluster.apply(Kind.CONFIG_MAP, Sample.configMap("there", "changed"));
            cluster.apply(Kind.DEPLOYMENT, Sample.deployment("new"));
            assertEquals(
                    "changed",
                    cluster.watched(Kind.CONFIG_MAP)
                            .find("there")
                            .orElseThrow()
                            .getData()
                            .get("key"));
        }
    }

    @Test
    void watchWithoutARightIsNamedWhileTheOthersGoOnAndComesWithTheRight() throws Exception {
        Right lost = new Right("batch", "jobs", "list");
        Rights.withhold(space, lost);
        try (RealCluster real = RealCluster.of(space)) {
            Cluster cluster = real.port();

            ApiFailure failure = assertThrows(
                    ApiFailure.MissingPermission.class, () -> cluster.startWatches(Duration.ofSeconds(20)));
            assertEquals(Map.of("verb", "list", "resource", "jobs"), failure.extraFields());
            assertTrue(cluster.watched(Kind.CONFIG_MAP)
                    .await(Duration.ofSeconds(10), copy -> copy.find("there"))
                    .isPresent());

            Rights.grant(space, lost);
            cluster.startWatches(Duration.ofSeconds(20));
            assertTrue(cluster.watched(Kind.JOB).find("there").isPresent());
        }
    }

    @Test
    void usageIsEmptyWhereThereIsNoMetricsApi() {
        try (RealCluster real = RealCluster.of(space)) {
            assertEquals(Optional.empty(), real.port().usage(new V1Pod().metadata(Sample.metadata("there"))));
        }
    }

    /** Whatever a simulated node cannot do, the right is not what is missing. */
    private static void passes(Uses.Use use, Cluster cluster) throws Exception {
        try {
            use.call().on(cluster, "there");
        } catch (ApiFailure.Unavailable | ApiFailure.NotFound | ApiFailure.BadRequest noKubelet) {
            assertTrue(use.right().resource().startsWith("pods/"), use + ": " + noKubelet.getMessage());
        }
    }

    /** Newer API servers ask for create besides get; a POST tells of that right. And nobody reads a scale. */
    private void useWhatThePortDoesNot(ApiProxy proxy) throws Exception {
        ApiClient client = ControlPlane.clientOf(space.supervisorKubeconfig());
        String token = "Bearer " + space.supervisorToken();
        String base = ControlPlane.clientOf(proxy.kubeconfig()).getBasePath();
        String core = base + "/api/v1/namespaces/" + space.name();
        String apps = base + "/apis/apps/v1/namespaces/" + space.name();
        for (String url : List.of(
                core + "/pods/there/exec?command=true&stdout=true&container=addon",
                core + "/pods/there/attach?stdin=true&container=addon")) {
            isLetIn(
                    client,
                    new Request.Builder()
                            .url(url)
                            .header("Authorization", token)
                            .post(RequestBody.create(new byte[0], null)));
        }
        for (String url : List.of(apps + "/deployments/there/scale", apps + "/statefulsets/there/scale")) {
            isLetIn(client, new Request.Builder().url(url).header("Authorization", token));
        }
    }

    private static void isLetIn(ApiClient client, Request.Builder request) throws IOException {
        try (Response response = client.getHttpClient().newCall(request.build()).execute()) {
            assertNotEquals(401, response.code(), response.request().url().toString());
            assertNotEquals(403, response.code(), response.request().url().toString());
        }
    }

    private static Optional<Right> rightOf(Asked asked) {
        Matcher path = PATH.matcher(asked.path());
        if (!path.matches()) {
            return Optional.empty();
        }
        String group = path.group(1) == null ? "" : path.group(1);
        String resource = path.group(2) + (path.group(4) == null ? "" : "/" + path.group(4));
        String verb =
                switch (asked.method()) {
                    case "GET" -> asked.isWatch() ? "watch" : path.group(3) == null ? "list" : "get";
                    case "POST" -> "create";
                    case "PATCH" -> "patch";
                    default -> "delete";
                };
        return Optional.of(new Right(group, resource, verb));
    }

    private static String resourceOf(Right right) {
        return right.group().equals("metrics.k8s.io") ? "pods.metrics.k8s.io" : right.resource();
    }
}
