package hakube.proxy;

import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.relay.CoreLinkConfig;
import hakube.testing.LoopbackApp;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodStatus;
import io.kubernetes.client.openapi.models.V1Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Core's pod in a cluster in memory, and a server at its address that does what a test says. */
final class CorePod implements AutoCloseable {

    static final String LINK_TOKEN = "1a".repeat(32);

    final LoopbackApp core;
    private final FakeCluster cluster;
    private volatile String state = "{\"state\":\"RUNNING\"}";

    /** Reached through the link. */
    CorePod(FakeCluster cluster) throws IOException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String address = "127." + random.nextInt(128, 250) + "." + random.nextInt(250) + "." + random.nextInt(1, 250);
        this.cluster = cluster;
        this.core = LoopbackApp.listen(address, CoreLinkConfig.PORT);
        core.on("/api/core/state", (request, wire) -> wire.say(LoopbackApp.answer(state)));
        V1Pod pod = new V1Pod()
                .metadata(new V1ObjectMeta().name("homeassistant-0").labels(Map.of("io.hass.managed", "true")))
                .spec(new V1PodSpec().initContainers(List.of(new V1Container().name("core-link"))))
                .status(new V1PodStatus().podIP(address));
        cluster.put(Kind.POD, pod);
        cluster.put(
                Kind.SECRET,
                new V1Secret()
                        .metadata(
                                new V1ObjectMeta().name("homeassistant-link").labels(Map.of("io.hass.managed", "true")))
                        .data(Map.of("token", LINK_TOKEN.getBytes(StandardCharsets.UTF_8))));
    }

    /** What Core says when it is asked for its state. */
    void state(String json) {
        state = json;
    }

    void remove() {
        cluster.remove(Kind.POD, "homeassistant-0");
    }

    @Override
    public void close() throws IOException {
        core.close();
        remove();
    }
}
