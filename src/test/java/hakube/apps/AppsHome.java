package hakube.apps;

import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.discovery.Discovery;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.jobs.Jobs;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.Labels;
import hakube.kubernetes.Watched;
import hakube.ports.PortRegistry;
import hakube.resolution.Issues;
import hakube.services.Services;
import hakube.state.State;
import hakube.storage.Folders;
import hakube.storage.OneNode;
import hakube.store.AppManifest;
import hakube.store.ManifestReader;
import hakube.store.Repository;
import hakube.store.Store;
import hakube.store.StoreApp;
import hakube.testing.Eventually;
import hakube.versions.BackupFirst;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Deployment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Assertions;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The room with all of its parts, as one process has it, around a cluster in memory and a folder. */
final class AppsHome {

    /** Lives on port 7, published by TCP and UDP, has a web interface and a public folder. */
    static final String SAMPLE = """
            name: Sample
            version: "1.0"
            slug: sample
            description: A sample
            arch: [amd64]
            image: localhost/sample
            init: false
            ingress: true
            ingress_port: 0
            map: ["app_config:rw"]
            options: {greeting: hello}
            schema: {greeting: str}
            ports: {7/tcp: 7, 7/udp: 7}
            """;

    static final String SLUG = "local_sample";
    static final String NAME = "local-sample";

    final Path share;
    final FakeCluster cluster;
    final Folders folders;
    final List<SupervisorEvent> events = new CopyOnWriteArrayList<>();
    final Events told = new Events();
    final Jobs jobs;
    final Issues issues;
    final PortRegistry ports;
    final IngressPorts ingressPorts;
    final AppsFile file;
    final AppBoard board;
    final AppWatch watch;
    final AppTokens tokens;
    final Services services;
    final Discovery discovery;
    final Apps apps;
    final AppUpdate update;
    final AppRebuild rebuild;
    final AppRecovery recovery;
    final AppSaving saving;

    /** Of the Core that is installed, if a test has one installed. */
    Optional<String> coreVersion = Optional.empty();

    /** What makes the backup before an update, if a test has one made. */
    BackupFirst backup;

    AppsHome(Path share) {
        this(share, new FakeCluster(), TestSettings.of(share));
    }

    /** A second process on the same cluster. */
    AppsHome(Path share, FakeCluster cluster) {
        this(share, cluster, TestSettings.of(share));
    }

    AppsHome(Path share, FakeCluster cluster, Settings settings) {
        this(share, cluster, settings, Eventually.SOON);
    }

    /** @param trial how long a new version may take to start */
    AppsHome(Path share, FakeCluster cluster, Settings settings, Duration trial) {
        this.share = share;
        this.cluster = cluster;
        told.listen(events::add);
        folders = new Folders(share);
        jobs = new Jobs(folders, told);
        issues = new Issues(told);
        ports = new PortRegistry(cluster, settings, issues);
        ingressPorts = new IngressPorts(new IngressFile(folders, told));
        file = new AppsFile(folders, told);
        board = new AppBoard(cluster, file, told);
        tokens = new AppTokens(cluster, file);
        Store store = new Store(folders);
        AppDirectory directory = new AppDirectory(file, board, store);
        services = new Services(folders, told, directory);
        discovery = new Discovery(folders, told, directory);
        services.load();
        discovery.load();
        AppObjects objects = new AppObjects(cluster);
        AppFolders appFolders = new AppFolders(folders);
        AppOptions options = new AppOptions(new CoreSecrets(folders));
        RelayAdmission relays = new RelayAdmission(settings, cluster, told);
        AppAvailability availability = new AppAvailability(settings, store, () -> coreVersion);
        AppRun run = new AppRun(
                settings,
                new Sites(settings, cluster, new State(settings, folders, told), new OneNode(settings, cluster)),
                relays,
                availability,
                objects,
                board,
                appFolders,
                options,
                ingressPorts,
                ports,
                trial);
        AppIssues appIssues = new AppIssues(board, told);
        AppUndo undo = new AppUndo(file, run, board, appIssues);
        watch = new AppWatch(cluster, file, objects, board, relays, jobs, told);
        AppOffers offers = new AppOffers(discovery, services);
        apps = new Apps(file, availability, board, run, undo, objects, appFolders, ingressPorts, ports, offers, jobs);
        update = new AppUpdate(
                file, new AppExchange(file, availability, run, options, undo, board, appIssues), jobs, () -> backup);
        rebuild = new AppRebuild(apps, availability, undo, run, store);
        AppPause pause = new AppPause(file, run, undo, board, cluster, Duration.ofMillis(1));
        saving = new AppSaving(apps, pause, board, folders);
        recovery = new AppRecovery(
                cluster,
                file,
                apps,
                run,
                undo,
                pause,
                board,
                watch,
                new AppTroubles(cluster, file, board, appIssues),
                new Orphans(cluster, file, ports, told));
    }

    /** What the Supervisor does at its start. */
    AppsHome wake() {
        recovery.load();
        var cutOff = jobs.cutOff();
        recovery.reconcile(cutOff);
        recovery.resumeUpdates();
        cutOff.forEach(entry -> {
            recovery.finish(entry);
            jobs.settled(entry);
        });
        return this;
    }

    AppsHome install(String manifest) {
        apps.install(offer(manifest), "amd64");
        return this;
    }

    /** Has {@link #SAMPLE} installed and started, on a cluster that makes pods by itself; writes count from the start on. */
    void run() {
        install(SAMPLE);
        cluster.autoRun();
        cluster.forgetWrites();
        apps.start(SLUG);
    }

    /** Brings it to that version, all else being the same. */
    AppsHome update(String version) {
        update.update(offer(SAMPLE.replace("\"1.0\"", "\"" + version + "\"")), "amd64", false);
        return this;
    }

    static StoreApp offer(String manifest) {
        AppManifest read = manifest(manifest);
        return new StoreApp(
                "local_" + read.slug(),
                new Repository("local", "Local apps", "local", "local", "unknown"),
                read,
                Path.of("addons/local", read.slug()),
                new StoreApp.Documents(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Map.of(),
                Instant.EPOCH);
    }

    static AppManifest manifest(String yaml) {
        Map<?, ?> read = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
        ManifestReader.Outcome outcome = ManifestReader.read(read);
        return Assertions.assertInstanceOf(ManifestReader.Valid.class, outcome, outcome.toString())
                .manifest();
    }

    <T extends KubernetesObject> Watched<T> watched(Kind<T> kind) {
        return cluster.watched(kind);
    }

    V1Deployment deployment(String name) {
        return watched(Kind.DEPLOYMENT).find(name).orElseThrow();
    }

    /** What the template of {@link #SAMPLE} in the cluster runs. */
    String image() {
        return deployment(NAME).getSpec().getTemplate().getSpec().getContainers().stream()
                .filter(container -> container.getName().equals(AppWorkload.CONTAINER))
                .findFirst()
                .orElseThrow()
                .getImage();
    }

    /** The app's token, as its Secret has it. */
    String token(String name) {
        byte[] bytes =
                watched(Kind.SECRET).find(name + "-env").orElseThrow().getData().get("SUPERVISOR_TOKEN");
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** All objects of apps, as {@code Deployment local-sample}. */
    Set<String> objects() {
        Set<String> names = new TreeSet<>();
        for (Kind<? extends KubernetesObject> kind :
                List.of(Kind.DEPLOYMENT, Kind.SERVICE, Kind.SECRET, Kind.JOB, Kind.POD)) {
            watched(kind).all().stream()
                    .filter(object -> AppWorkload.TYPE.equals(
                            object.getMetadata().getLabels().get(Labels.TYPE)))
                    .forEach(object ->
                            names.add(kind.kind() + " " + object.getMetadata().getName()));
        }
        return names;
    }

    /** Waits for what another thread does. */
    static <E extends Exception> void await(String what, Eventually.Question<E> question) throws E {
        Eventually.holds(what, question);
    }

    /** Waits until no work runs on the app. */
    void awaitIdle(String slug) {
        await("the end of all work on " + slug, () -> !jobs.isRunning(Apps.group(slug)) && watch.isIdle());
    }

    static ApiFailure away() {
        return ApiFailure.Unavailable.cluster("The API server is away", null);
    }
}
