package hakube.core;

import hakube.access.Tokens;
import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.jobs.Jobs;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.state.State;
import hakube.storage.Folders;
import hakube.storage.StateFile;
import hakube.versions.Channel;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;

/**
 * The verbs of Home Assistant Core. One at a time, as job group {@value #GROUP}; reads never wait for the cluster.
 *
 * <p>Every verb fails as {@link Cluster} does, and with {@link ApiFailure.BadRequest} when Core itself fails.
 */
@Singleton
public final class Core {

    /** Group of all work on Core. */
    public static final String GROUP = "home_assistant_core";

    private static final Logger LOG = Logger.getLogger(Core.class.getName());

    private final Cluster cluster;
    private final Settings settings;
    private final Folders folders;
    private final State state;
    private final Jobs jobs;
    private final Channel channel;
    private final Events events;
    private final StateFile<CoreOptions> file;
    private volatile CoreOptions options = CoreOptions.INITIAL;

    @Inject
    public Core(
            Cluster cluster,
            Settings settings,
            Folders folders,
            State state,
            Jobs jobs,
            Channel channel,
            Events events) {
        this.cluster = cluster;
        this.settings = settings;
        this.folders = folders;
        this.state = state;
        this.jobs = jobs;
        this.channel = channel;
        this.events = events;
        this.file = new StateFile<>(folders.of("homeassistant.json"), CoreOptions.class);
    }

    /**
     * Reads what is known of Core: its state file, and where that has no version, the StatefulSet of an earlier
     * installation. To be called once at start, when storage is there and the watches are synced.
     */
    public void adopt() {
        channel.load();
        file.read(aside -> events.fire(new SupervisorEvent.IssueFound(
                        "corrupt_file", "core", Optional.of(aside.toString()), List.of(), "Damaged file")))
                .ifPresent(read -> options = read);
        if (options.version() == null) {
            statefulSet().flatMap(Core::imageOf).ifPresent(image -> {
                int colon = image.lastIndexOf(':');
                change(known -> known.withVersion(image.substring(colon + 1), image.substring(0, colon)));
            });
        }
    }

    /** Whether a version of Core was ever installed. */
    public boolean isInstalled() {
        return options.version() != null;
    }

    /** Whether Core is wanted to run. */
    public boolean isRunning() {
        return statefulSet().map(set -> replicas(set) > 0).orElse(false);
    }

    /** What was set and reported. */
    public CoreOptions options() {
        return options;
    }

    /** Core's pod, while there is one. */
    public Optional<V1Pod> pod() {
        return cluster.watched(Kind.POD).find(CoreWorkload.POD);
    }

    /**
     * Makes Core's objects, without a start. Image and version are those of the settings, else the newest of the channel.
     *
     * @throws ApiFailure.BadRequest when nobody says which image or version
     */
    public void install() {
        jobs.run(GROUP, "home_assistant_core_install", CoreWorkload.NAME, () -> {
            if (channel.coreVersion().isEmpty() || channel.coreImage().isEmpty()) {
                channel.refresh();
            }
            String image = channel.coreImage().orElseThrow(channel::unknown);
            String version = channel.coreVersion().orElseThrow(channel::unknown);
            change(known -> known.withVersion(version, known.overrideImage() ? known.image() : image));
            prepareFiles();
            if (!isRunning()) {
                applyAll(0, token().orElseGet(this::newToken));
            }
            LOG.info(() -> "Home Assistant " + version + " is installed");
        });
    }

    /** Starts Core and waits until it answers; nothing happens when it runs already. */
    public void start() {
        jobs.run(GROUP, "home_assistant_core_start", CoreWorkload.NAME, this::startNow);
    }

    /** Stops Core and waits until its pod is gone. */
    public void stop() {
        jobs.run(GROUP, "home_assistant_core_stop", CoreWorkload.NAME, this::stopNow);
    }

    /** Replaces Core's pod and waits until the new one answers; a stopped Core is started. */
    public void restart(boolean safeMode) {
        jobs.run(GROUP, "home_assistant_core_restart", CoreWorkload.NAME, () -> {
            markSafeMode(safeMode);
            replacePod();
        });
    }

    /** As {@link #restart}, but with a new token: the workload is made anew. */
    public void rebuild(boolean safeMode) {
        jobs.run(GROUP, "home_assistant_core_rebuild", CoreWorkload.NAME, () -> {
            markSafeMode(safeMode);
            stopNow();
            startNow();
        });
    }

    /**
     * Changes the version. A running Core is replaced; when the new one does not come up, the old one is put back.
     *
     * @param wanted empty for the newest
     */
    public void update(Optional<String> wanted) {
        jobs.run(GROUP, "home_assistant_core_update", CoreWorkload.NAME, () -> {
            String version = wanted.or(channel::coreVersion).orElseThrow(channel::unknown);
            if (version.equals(options.version())) {
                throw new ApiFailure.BadRequest("Version " + version + " of Home Assistant is already installed");
            }
            CoreOptions before = options;
            String image = before.overrideImage()
                    ? before.image()
                    : channel.coreImage().orElseThrow(channel::unknown);
            change(known -> known.withVersion(version, image));
            if (!isRunning()) {
                applyAll(0, token().orElseGet(this::newToken));
                return;
            }
            try {
                replacePod();
            } catch (ApiFailure.BadRequest failure) {
                change(known -> known.withVersion(before.version(), before.image()));
                events.fire(new SupervisorEvent.IssueFound(
                        "update_rollback", "core", Optional.empty(), List.of(), failure.getMessage()));
                replacePod();
                throw new ApiFailure.BadRequest("The update to " + version + " failed, Home Assistant "
                        + before.version() + " runs again: " + failure.getMessage());
            }
        });
    }

    /** Saves changed options; a changed port reaches the Services at once. */
    public void change(UnaryOperator<CoreOptions> edit) {
        synchronized (file) {
            CoreOptions before = options;
            CoreOptions after = edit.apply(before);
            file.write(after);
            options = after;
            if (!after.port().equals(before.port()) && statefulSet().isPresent()) {
                cluster.apply(Kind.SERVICE, workload().service());
                cluster.apply(Kind.SERVICE, workload().headlessService());
            }
        }
    }

    /** What {@code /core/info} answers; no call. */
    public CoreInfo info() {
        CoreOptions now = options;
        String latest = channel.coreVersion().orElse(now.version());
        return new CoreInfo(
                now.version(),
                latest,
                now.version() != null && latest != null && !latest.equals(now.version()),
                settings.supervisor().machine(),
                address(),
                settings.cluster().nodeArch().map(Core::archOf).orElseGet(() -> archOf(System.getProperty("os.arch"))),
                now.image() == null ? channel.coreImage().orElse("") : now.image(),
                now.boot(),
                now.port(),
                now.ssl(),
                now.watchdog(),
                now.audioInput(),
                now.audioOutput(),
                now.backupsExcludeDatabase(),
                now.duplicateLogFile());
    }

    /** What Core uses; zeros when the cluster has no metrics. */
    public CoreStats stats() {
        V1Pod pod = pod().orElseThrow(() -> new ApiFailure.BadRequest("Home Assistant is not running"));
        return CoreStats.of(cluster.usage(pod));
    }

    private void startNow() {
        if (!isInstalled()) {
            throw new ApiFailure.BadRequest("Home Assistant is not installed");
        }
        if (isRunning()) {
            LOG.warning("Home Assistant is already running");
            return;
        }
        prepareFiles();
        applyAll(0, newToken());
        cluster.scale(Kind.STATEFUL_SET, CoreWorkload.NAME, 1);
        waiting().awaitReady("");
        events.fire(new SupervisorEvent.CoreStateChanged(true));
    }

    private void stopNow() {
        if (statefulSet().isPresent()) {
            cluster.scale(Kind.STATEFUL_SET, CoreWorkload.NAME, 0);
            waiting().awaitGone();
            events.fire(new SupervisorEvent.CoreStateChanged(false));
        }
    }

    /** The template first: with {@code OnDelete} it touches nobody until the pod goes. */
    private void replacePod() {
        if (!isRunning()) {
            startNow();
            return;
        }
        prepareFiles();
        applyAll(1, token().orElseGet(this::newToken));
        String former = pod().map(pod -> pod.getMetadata().getUid()).orElse("");
        cluster.delete(Kind.POD, CoreWorkload.POD);
        waiting().awaitReady(former);
        events.fire(new SupervisorEvent.CoreStateChanged(true));
    }

    private void applyAll(int replicas, String token) {
        CoreWorkload workload = workload();
        cluster.apply(Kind.SERVICE, workload.headlessService());
        cluster.apply(Kind.SERVICE, workload.service());
        cluster.apply(Kind.STATEFUL_SET, workload.statefulSet(replicas, hash(token)));
    }

    private CoreWorkload workload() {
        return new CoreWorkload(options, settings, state.options().timezone());
    }

    private CoreStart waiting() {
        return new CoreStart(cluster, settings.core().startTimeout());
    }

    private String newToken() {
        String token = Tokens.fresh();
        cluster.apply(Kind.SECRET, workload().secret(token));
        return token;
    }

    private Optional<String> token() {
        return cluster.watched(Kind.SECRET)
                .find(Tokens.CORE_SECRET)
                .flatMap(secret -> Optional.ofNullable(secret.getData()))
                .flatMap(data -> Optional.ofNullable(data.get(Tokens.KEY)))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private Optional<V1StatefulSet> statefulSet() {
        return cluster.watched(Kind.STATEFUL_SET).find(CoreWorkload.NAME);
    }

    private void prepareFiles() {
        Path home = folders.of(Folders.HOME_ASSISTANT);
        try {
            for (String folder : List.of(Folders.HOME_ASSISTANT, Folders.SSL, Folders.SHARE, Folders.MEDIA)) {
                Files.createDirectories(folders.of(folder));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make Core's folders", e);
        }
        DefaultConfiguration.ensure(home);
        switch (ProxyTrust.ensure(home, settings.core().trustedProxies())) {
            case ProxyTrust.Outcome.Written written -> LOG.info("The managed http section was written");
            case ProxyTrust.Outcome.Unchanged unchanged -> {}
            case ProxyTrust.Outcome.Foreign foreign -> LOG.fine("configuration.yaml has an http section of its own");
            case ProxyTrust.Outcome.Unsuitable(String reason) ->
                LOG.warning("configuration.yaml gets no trusted proxies: " + reason);
        }
    }

    private void markSafeMode(boolean safeMode) {
        if (safeMode) {
            hakube.storage.AtomicWrite.write(folders.of(Folders.HOME_ASSISTANT).resolve("safe-mode"), new byte[0]);
        }
    }

    private String address() {
        return cluster.watched(Kind.SERVICE)
                .find(settings.core().serviceName())
                .map(V1Service::getSpec)
                .map(spec -> spec.getClusterIPs() == null ? List.of("" + spec.getClusterIP()) : spec.getClusterIPs())
                .flatMap(addresses -> addresses.stream()
                        .filter(address -> address.matches("[0-9.]+"))
                        .findFirst())
                .orElse("0.0.0.0");
    }

    private static int replicas(V1StatefulSet set) {
        Integer replicas = set.getSpec().getReplicas();
        return replicas == null ? 1 : replicas;
    }

    private static Optional<String> imageOf(V1StatefulSet set) {
        return set.getSpec().getTemplate().getSpec().getContainers().stream()
                .filter(container -> CoreWorkload.CONTAINER.equals(container.getName()))
                .map(container -> container.getImage())
                .filter(image -> image != null && image.lastIndexOf(':') > image.lastIndexOf('/'))
                .findFirst();
    }

    private static String archOf(String word) {
        return word.equals("arm64") || word.equals("aarch64") ? "aarch64" : "amd64";
    }

    private static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
