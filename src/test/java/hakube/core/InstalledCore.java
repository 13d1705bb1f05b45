package hakube.core;

import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import io.kubernetes.client.openapi.models.V1Pod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Core as its installation leaves it, on a cluster in memory that makes its pods by itself. */
final class InstalledCore {

    static final ApiFailure AWAY = ApiFailure.Unavailable.cluster("The API server does not answer", new IOException());

    /** Longer than any test. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    final FakeCluster cluster = new FakeCluster();
    final CoreRoom room;
    final Core core;
    private final Cluster port = cluster;
    private final Path share;

    InstalledCore(Path share) {
        this.share = share;
        room = again(PATIENCE);
        core = room.core;
        core.install();
        cluster.autoRun();
        cluster.forgetWrites();
    }

    /** The room of the next process on the same cluster and share. */
    CoreRoom again(Duration startTimeout) {
        CoreRoom next = new CoreRoom(cluster, settings(share, startTimeout));
        next.core.adopt();
        return next;
    }

    static Settings settings(Path folder, Duration startTimeout) {
        Settings plain = TestSettings.of(folder);
        Settings.CoreSettings given = plain.core();
        return TestSettings.with(
                plain,
                new Settings.CoreSettings(
                        given.trustedProxies(),
                        given.serviceName(),
                        given.servicePort(),
                        Optional.of("localhost/core"),
                        Optional.of("2026.11.0"),
                        given.versionUrl(),
                        startTimeout,
                        given.link(),
                        given.linkPolicy()));
    }

    /** From now on the first pod after a start is this one; the returned action ends that. */
    Runnable onScale(Supplier<V1Pod> pod) {
        boolean[] active = {true};
        cluster.onWrite(write -> {
            if (active[0] && write.equals("scale statefulsets/homeassistant 1")) {
                cluster.put(Kind.POD, pod.get());
            }
        });
        return () -> active[0] = false;
    }

    /** The image of the StatefulSet. */
    Optional<String> template() {
        return port.watched(Kind.STATEFUL_SET).find("homeassistant").map(set -> set.getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage());
    }

    /** Of the pod. */
    String uid() {
        return core.pod().orElseThrow().getMetadata().getUid();
    }

    /** The image of the pod. */
    String image() {
        return core.pod().orElseThrow().getSpec().getContainers().getFirst().getImage();
    }

    /** Core's own, as its Secret has it. */
    String token() {
        byte[] token = port.watched(Kind.SECRET)
                .find("homeassistant-token")
                .orElseThrow()
                .getData()
                .get("token");
        return new String(token, StandardCharsets.UTF_8);
    }

    /** The same options with another port. */
    static CoreOptions withPort(CoreOptions known, int port) {
        return new CoreOptions(
                known.version(),
                known.image(),
                known.overrideImage(),
                known.installedImage(),
                known.boot(),
                port,
                known.ssl(),
                known.watchdog(),
                known.audioInput(),
                known.audioOutput(),
                known.backupsExcludeDatabase(),
                known.duplicateLogFile());
    }
}
