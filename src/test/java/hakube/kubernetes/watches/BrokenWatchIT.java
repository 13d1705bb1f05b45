package hakube.kubernetes.watches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.kubernetes.Kind;
import hakube.kubernetes.RealCluster;
import hakube.kubernetes.Sample;
import hakube.testing.ApiProxy;
import hakube.testing.ApiProxy.Asked;
import hakube.testing.ApiProxy.Reply;
import hakube.testing.ControlPlane;
import hakube.testing.Eventually;
import hakube.testing.Space;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Watches that end as they should not. */
class BrokenWatchIT {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String GONE = """
            {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","reason":"Expired","code":410,\
            "message":"too old resource version: 1 (2)"}""";

    @TempDir
    private Path folder;

    private Space space;
    private ApiProxy proxy;
    private RealCluster elsewhere;

    @BeforeEach
    void connect() throws Exception {
        space = ControlPlane.namespace("broken-watch");
        proxy = ApiProxy.before(space.supervisorKubeconfig(), folder);
        elsewhere = RealCluster.of(space, space.adminKubeconfig());
    }

    @AfterEach
    void leave() throws Exception {
        elsewhere.close();
        proxy.close();
        space.close();
    }

    @Test
    void expiredVersionIsListedAnewOnceAndNotInALoop() throws Exception {
        proxy.answer(times(1, BrokenWatchIT::isWatch), Reply.of(410, GONE));

        listsAnewOnce();
    }

    @Test
    void versionThatExpiresWhileItIsWatchedIsListedAnewOnce() throws Exception {
        proxy.answer(times(1, BrokenWatchIT::isWatch), Reply.of(200, "{\"type\":\"ERROR\",\"object\":" + GONE + "}\n"));

        listsAnewOnce();
    }

    @Test
    void serverThatAlwaysSaysExpiredIsNotFlooded() throws Exception {
        proxy.answer(BrokenWatchIT::isWatch, Reply.of(410, GONE));
        try (RealCluster _ = watching()) {
            Eventually.holds("five lists", SOON, () -> lists() >= 5);
            long began = System.nanoTime();
            Eventually.holds("two lists more", SOON, () -> lists() >= 7);

            Duration took = Duration.ofNanos(System.nanoTime() - began);
            assertTrue(took.toMillis() > 2000, "two lists within " + took);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json at all",
                "[]",
                "7",
                "{\"type\":\"ADDED\"}",
                "{\"type\":\"ADDED\",\"object\":[]}",
                "{\"type\":\"ADDED\",\"object\":{}}",
                "{\"object\":{\"metadata\":{}}}",
                "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"x\",\"resourceVersion\":\"next\"}}}",
                "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"x\",\"creationTimestamp\":\"yesterday\"}}}",
                "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{}}}"
            })
    void nonsenseDoesNotEndTheWatching(String line) throws Exception {
        proxy.answer(times(1, BrokenWatchIT::isWatch), Reply.of(200, line + "\n"));
        try (RealCluster real = watching()) {
            elsewhere.port().apply(Kind.CONFIG_MAP, Sample.configMap("after", "one"));

            assertTrue(arrives(real, "after"));
            assertTrue(real.port().watched(Kind.CONFIG_MAP).find("x").isEmpty());
        }
    }

    @Test
    void bookmarkMovesTheVersionOn() throws Exception {
        String now = elsewhere
                .port()
                .apply(Kind.CONFIG_MAP, Sample.configMap("marked", "one"))
                .getMetadata()
                .getResourceVersion();
        String bookmark =
                "{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\"ConfigMap\",\"metadata\":{\"resourceVersion\":\"" + now
                        + "7\"}}}\n";
        proxy.answer(times(1, BrokenWatchIT::isWatch), Reply.of(200, bookmark));
        proxy.answer(BrokenWatchIT::isWatch, Reply.silence());

        try (RealCluster _ = watching()) {
            Eventually.holds("a second watch", SOON, () -> watches() >= 2);

            Asked second = proxy.asked().stream()
                    .filter(BrokenWatchIT::isWatch)
                    .skip(1)
                    .findFirst()
                    .orElseThrow();
            assertTrue(second.uri().getQuery().contains("resourceVersion=" + now + "7"), second.toString());
            assertEquals(1, lists());
        }
    }

    @Test
    void watchesEndAndBeginAnewWithoutAListInBetween() throws Exception {
        try (RealCluster real =
                RealCluster.of(space, proxy.kubeconfig(), Duration.ofSeconds(2)).watching()) {
            Eventually.holds("a third watch", SOON, () -> watches() >= 3);
            elsewhere.port().apply(Kind.CONFIG_MAP, Sample.configMap("after", "one"));

            assertTrue(arrives(real, "after"));
            assertEquals(1, lists());
        }
    }

    @Test
    void silentWatchIsFoundOut() throws Exception {
        proxy.answer(times(1, BrokenWatchIT::isWatch), Reply.silence());
        Duration watchTime = Duration.ofSeconds(1);
        try (RealCluster real =
                RealCluster.of(space, proxy.kubeconfig(), watchTime).watching()) {
            elsewhere.port().apply(Kind.CONFIG_MAP, Sample.configMap("unheard", "one"));

            assertTrue(arrives(real, "unheard"));
        }
    }

    @Test
    void whatOthersDidWhileNothingAnsweredIsNotMissed() throws Exception {
        elsewhere.port().apply(Kind.CONFIG_MAP, Sample.configMap("deleted-meanwhile", "one"));
        elsewhere.port().apply(Kind.CONFIG_MAP, Sample.configMap("changed-meanwhile", "one"));
        Duration watchTime = Duration.ofSeconds(2);
        try (RealCluster real =
                RealCluster.of(space, proxy.kubeconfig(), watchTime).watching()) {
            proxy.answer(_ -> true, Reply.of(503, "{\"message\":\"away\"}"));
            proxy.forget();
            Eventually.holds("the watch was refused", SOON, () -> watches() >= 1);
            elsewhere.port().delete(Kind.CONFIG_MAP, "deleted-meanwhile");
            elsewhere.port().apply(Kind.CONFIG_MAP, Sample.configMap("changed-meanwhile", "two"));
            elsewhere.port().apply(Kind.CONFIG_MAP, Sample.configMap("made-meanwhile", "one"));
            proxy.passAll();

            var copy = real.port().watched(Kind.CONFIG_MAP);
            assertTrue(arrives(real, "made-meanwhile"));
            assertTrue(copy.find("deleted-meanwhile").isEmpty());
            assertEquals(
                    "two",
                    copy.find("changed-meanwhile").orElseThrow().getData().get("key"));
        }
    }

    @Test
    void whatVanishedBeforeANewListIsGoneFromTheCopyToo() throws Exception {
        elsewhere.port().apply(Kind.CONFIG_MAP, Sample.configMap("vanishes", "one"));
        Duration watchTime = Duration.ofSeconds(2);
        try (RealCluster real =
                RealCluster.of(space, proxy.kubeconfig(), watchTime).watching()) {
            proxy.answer(times(1, BrokenWatchIT::isWatch), Reply.of(410, GONE));
            proxy.answer(BrokenWatchIT::isWatch, Reply.silence());
            elsewhere.port().delete(Kind.CONFIG_MAP, "vanishes");

            assertTrue(real.port()
                    .watched(Kind.CONFIG_MAP)
                    .await(SOON, all -> all.find("vanishes").isEmpty() ? Optional.of(true) : Optional.empty())
                    .isPresent());
        }
    }

    private void listsAnewOnce() throws Exception {
        try (RealCluster real = watching()) {
            Eventually.holds("a second list", SOON, () -> lists() >= 2);
            elsewhere.port().apply(Kind.CONFIG_MAP, Sample.configMap("after", "one"));
            assertTrue(arrives(real, "after"));
            elsewhere.port().apply(Kind.CONFIG_MAP, Sample.configMap("later", "one"));
            assertTrue(arrives(real, "later"));

            assertEquals(2, lists());
        }
    }

    private RealCluster watching() {
        return RealCluster.of(space, proxy.kubeconfig()).watching();
    }

    private boolean arrives(RealCluster real, String name) {
        return real.port()
                .watched(Kind.CONFIG_MAP)
                .await(SOON, all -> all.find(name))
                .isPresent();
    }

    private long lists() {
        return proxy.asked().stream()
                .filter(asked -> asked.isListOf("configmaps") && !asked.isWatch())
                .count();
    }

    private long watches() {
        return proxy.asked().stream().filter(BrokenWatchIT::isWatch).count();
    }

    private static boolean isWatch(Asked asked) {
        return asked.isListOf("configmaps") && asked.isWatch();
    }

    private static Predicate<Asked> times(int count, Predicate<Asked> which) {
        AtomicInteger left = new AtomicInteger(count);
        return asked -> which.test(asked) && left.getAndDecrement() > 0;
    }
}
