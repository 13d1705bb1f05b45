package hakube.core;

import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.kubernetes.Cluster;
import hakube.versions.Channel;
import hakube.versions.Version;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceSpec;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the API tells of Core. */
@Singleton
final class CoreView {

    /** For clusters without IPv4: clients take nothing but an IPv4 address (aiohasupervisor 0.8.1). */
    private static final String NO_ADDRESS = "0.0.0.0";

    private final Cluster cluster;
    private final Settings settings;
    private final CoreFile file;
    private final CoreObjects objects;
    private final Channel channel;

    @Inject
    CoreView(Cluster cluster, Settings settings, CoreFile file, CoreObjects objects, Channel channel) {
        this.cluster = cluster;
        this.settings = settings;
        this.file = file;
        this.objects = objects;
        this.channel = channel;
    }

    /** What {@code /core/info} answers; no call. */
    CoreInfo info() {
        CoreOptions now = file.options();
        String latest = channel.coreVersion().orElse(now.version());
        boolean isLate =
                now.version() != null && latest != null && new Version(latest).isLaterThan(new Version(now.version()));
        return new CoreInfo(
                now.version(),
                latest,
                isLate,
                settings.supervisor().machine(),
                address(),
                settings.cluster()
                        .nodeArch()
                        .map(CoreView::archOf)
                        .orElseGet(() -> archOf(System.getProperty("os.arch"))),
                Optional.ofNullable(now.image()).or(channel::coreImage).orElse(""),
                now.boot(),
                now.port(),
                now.ssl(),
                now.watchdog(),
                now.audioInput(),
                now.audioOutput(),
                now.backupsExcludeDatabase(),
                now.duplicateLogFile());
    }

    /**
     * What Core uses; zeros when the cluster has no metrics.
     *
     * @throws ApiFailure.BadRequest Core is stopped
     */
    ContainerStats stats() {
        V1Pod pod = objects.pod().orElseThrow(() -> new ApiFailure.BadRequest("Home Assistant is not running"));
        return ContainerStats.of(pod, CoreWorkload.CONTAINER, cluster.usage(pod));
    }

    private String address() {
        return objects.service().map(V1Service::getSpec).stream()
                .flatMap(CoreView::addresses)
                .filter(address -> address != null && address.matches("[0-9]+(\\.[0-9]+){3}"))
                .findFirst()
                .orElse(NO_ADDRESS);
    }

    private static Stream<String> addresses(V1ServiceSpec spec) {
        List<String> all = spec.getClusterIPs() == null ? List.of() : spec.getClusterIPs();
        return Stream.concat(Stream.ofNullable(spec.getClusterIP()), all.stream());
    }

    private static String archOf(String word) {
        return word.equals("arm64") || word.equals("aarch64") ? "aarch64" : "amd64";
    }
}
