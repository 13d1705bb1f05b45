package hakube.link;

import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.core.CoreHouse;
import hakube.discovery.Announcers;
import hakube.discovery.Discovery;
import hakube.events.Events;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.state.State;
import hakube.storage.Folders;
import hakube.testing.Eventually;
import io.kubernetes.client.openapi.models.V1Pod;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The room as CDI would furnish it, with Core's pod in a cluster in memory and what listens at its address up to the test. */
public final class LinkHouse implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(20);

    final FakeCluster cluster = new FakeCluster();
    final CoreHouse coreRoom;
    final Events events = new Events();
    final State state;
    final Discovery discovery;
    final CoreClient client = new CoreClient();
    final AccessTokens tokens = new AccessTokens(client);
    final CoreHttp http;
    final CoreLink link;
    final CoreEvents coreEvents;
    final CorePushes pushes;

    /** @param version of Core */
    public LinkHouse(Path share, String version) {
        Settings settings = TestSettings.withCore(
                TestSettings.of(share), Optional.of("localhost/core"), Optional.of(version), "http://localhost/");
        Folders folders = new Folders(share);
        coreRoom = new CoreHouse(cluster, settings);
        state = new State(settings, folders, events);
        discovery = new Discovery(folders, events, new Started());
        http = new CoreHttp(coreRoom.addresses(), client, tokens);
        link = new CoreLink(coreRoom.addresses(), client, tokens, new CoreReport(http, coreRoom.core()));
        coreEvents = new CoreEvents(events, state, link);
        pushes = new CorePushes(events, discovery, http, link);
        coreRoom.core().install();
    }

    /** Core says where it is and how it is asked, as {@code /core/options} takes it. */
    public void reports(String json) {
        coreRoom.report(json);
    }

    public CoreLink link() {
        return link;
    }

    public CoreHttp http() {
        return http;
    }

    /** An address of this machine that nobody else has. */
    public static String freeAddress() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "127." + random.nextInt(128, 250) + "." + random.nextInt(250) + "." + random.nextInt(1, 250);
    }

    /** Core's pod runs from now on, at this address. */
    public void runAt(String address) {
        if (!coreRoom.core().isRunning()) {
            ((Cluster) cluster).scale(Kind.STATEFUL_SET, "homeassistant", 1);
        }
        cluster.runPods();
        V1Pod pod = coreRoom.core().pod().orElseThrow();
        pod.getStatus().setPodIP(address);
        cluster.put(Kind.POD, pod);
    }

    /** What the Secret of the link holds. */
    public String secret(String key) {
        return new String(
                ((Cluster) cluster)
                        .watched(Kind.SECRET)
                        .find("homeassistant-link")
                        .orElseThrow()
                        .getData()
                        .get(key),
                StandardCharsets.UTF_8);
    }

    public void begin() {
        coreEvents.begin();
        pushes.begin();
        link.begin();
    }

    /** Returns when there is a connection to the Core that listens there. */
    void connect(String address) throws Exception {
        if (!coreRoom.core().isRunning()) {
            begin();
            runAt(address);
        }
        await("up", link::isUp);
    }

    public static <E extends Exception> void await(String what, Eventually.Question<E> question) throws E {
        Eventually.holds(what, SOON, question);
    }

    @Override
    public void close() {
        link.end();
        client.close();
    }

    private static final class Started implements Announcers {
        @Override
        public boolean isInstalled(String app) {
            return true;
        }

        @Override
        public boolean isStarted(String app) {
            return true;
        }

        @Override
        public Map<String, List<String>> byService() {
            return Map.of();
        }
    }
}
