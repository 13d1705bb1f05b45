package hakube.backups;

import hakube.apps.Apps;
import hakube.archive.Password;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.core.Core;
import hakube.git.GitFailure;
import hakube.git.GitRemote;
import hakube.jobs.Jobs;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.ObjectNames;
import hakube.state.FeatureFlag;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.storage.Folders;
import hakube.store.Repositories;
import hakube.store.Store;
import hakube.testing.Administrator;
import hakube.testing.ApiClient;
import hakube.testing.Eventually;
import hakube.testing.Features;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A served house on a cluster in memory, with Core, into which backups are restored. */
@Singleton
final class RestoreHouse {

    static final String CORE_VERSION = "2025.11.0";
    static final String ECHO = "a0d7b954_echo";
    static final String COUNTER = "local_counter";

    final FakeCluster cluster;
    final Folders folders;
    final Apps apps;
    final Core core;
    final Store store;
    final Repositories repositories;
    final State state;
    final Jobs jobs;
    final BackupRestorer restorer;
    final RestoreRecovery recovery;
    private final Backups backups;
    private final ApiClient api;

    @Inject
    RestoreHouse(
            WebTarget target,
            Cluster cluster,
            Folders folders,
            Apps apps,
            Core core,
            Store store,
            Repositories repositories,
            State state,
            Jobs jobs,
            BackupRestorer restorer,
            RestoreRecovery recovery,
            Backups backups) {
        this.api = new ApiClient(target.getUri());
        this.cluster = (FakeCluster) cluster;
        this.folders = folders;
        this.apps = apps;
        this.core = core;
        this.store = store;
        this.repositories = repositories;
        this.state = state;
        this.jobs = jobs;
        this.restorer = restorer;
        this.recovery = recovery;
        this.backups = backups;
        Features.startWith(state, FeatureFlag.SUPERVISOR_V2_API);
    }

    /** Core runs, no app is installed, and the folders are empty but for what Core has made. */
    void fresh() throws IOException {
        state.enter(SupervisorState.RUNNING);
        cluster.recover();
        cluster.autoRun();
        apps.slugs().forEach(slug -> apps.uninstall(slug, true));
        for (String folder :
                List.of("share", "ssl", "media", "addons/local", "homeassistant", "addons/data", "addon_configs")) {
            clear(folders.of(folder));
        }
        if (!core.isInstalled()) {
            core.install();
        }
        if (!core.options().version().equals(CORE_VERSION)) {
            core.update(Optional.of(CORE_VERSION), false);
        }
        core.start();
        cluster.forgetWrites();
    }

    /** The backup of that fixture, as the list has it. */
    Backup backup(String fixture) throws IOException {
        Fixtures.putAlone(fixture, folders, "it.tar");
        return reloaded();
    }

    /** A backup that is made for it. */
    Backup backup(MadeBackup made) throws IOException {
        Fixtures.putAlone(Fixtures.FULL, folders, "it.tar");
        made.write(folders.of(BackupLocation.LOCAL.folder()).resolve("it.tar"));
        return reloaded();
    }

    /** The one backup that lies there. */
    Backup reloaded() {
        return listed().orElseThrow();
    }

    /** What is listed now. */
    Collection<Backup> all() {
        return backups.all();
    }

    /** The same, if it is listed. */
    Optional<Backup> listed() {
        backups.reload();
        return backups.all().stream().findFirst();
    }

    /** Offers an app of the local repository, installs and starts it. */
    void run(String slug, String manifest) throws IOException {
        write("addons/local/" + slug + "/config.yaml", """
                name: %s
                version: 1.0.0
                slug: %s
                description: For tests
                arch: [amd64, aarch64]
                image: localhost/sample
                """.formatted(slug, slug) + manifest);
        repositories.readLocal();
        apps.install(store.find("local_" + slug).orElseThrow(), "amd64");
        apps.start("local_" + slug);
    }

    static RestoreRequest full() {
        return new RestoreRequest(Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    static RestoreRequest partial(boolean core, List<String> apps, Set<String> folders, String password) {
        return new RestoreRequest(
                Optional.of(new PartChoice(core, new PartChoice.Apps.Some(apps), folders)),
                Password.of(password),
                Optional.empty(),
                false);
    }

    /** The last job of that name, as clients see it. */
    JsonObject job(String name) {
        Eventually.holds(
                "the end of " + name,
                () -> find(name).filter(job -> job.getBoolean("done")).isPresent());
        return find(name).orElseThrow();
    }

    /** A condition of jobs counts as met from now on. */
    void allow(String condition) {
        api.post("/jobs/options", Administrator.TOKEN, "{\"ignore_conditions\": [\"" + condition + "\"]}")
                .data();
    }

    private Optional<JsonObject> find(String name) {
        return api.get("/jobs/info", Administrator.TOKEN).data().getJsonArray("jobs").stream()
                .map(JsonValue::asJsonObject)
                .filter(job -> job.getString("name").equals(name))
                .findFirst();
    }

    void write(String path, String content) throws IOException {
        Path file = folders.of(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    /** Contents by path below a folder. */
    Map<String, String> tree(String folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        Path root = folders.of(folder);
        try (Stream<Path> all = Files.walk(root)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                if (Files.isRegularFile(each)) {
                    contents.put(root.relativize(each).toString(), Files.readString(each, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return contents;
    }

    boolean isRunning(String slug) {
        return cluster.read(Kind.DEPLOYMENT, ObjectNames.deployment(slug))
                .map(found -> found.getSpec().getReplicas() > 0)
                .orElse(false);
    }

    private static void clear(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!each.equals(folder)) {
                    Files.delete(each);
                }
            }
        }
    }

    /** A cluster where clients find the administrator's token. */
    static Cluster cluster() {
        FakeCluster cluster = new FakeCluster();
        cluster.put(Kind.SECRET, Administrator.secret());
        return cluster;
    }

    /** Nothing outside of this machine is asked. */
    static GitRemote git() {
        return (address, known, work) -> {
            throw new GitFailure(GitFailure.Kind.UNREACHABLE, "tests have no network", null);
        };
    }

    /** The parts that a test replaces. */
    @Singleton
    @Alternative
    @Priority(1)
    static class Parts {

        @Produces
        @Singleton
        Settings settings() throws IOException {
            return TestSettings.withCore(
                    TestSettings.of(Files.createTempDirectory("share")),
                    Optional.of("localhost/core"),
                    Optional.of(CORE_VERSION),
                    "http://localhost:9/");
        }

        @Produces
        @Singleton
        Cluster cluster() {
            return RestoreHouse.cluster();
        }

        @Produces
        @Singleton
        GitRemote git() {
            return RestoreHouse.git();
        }
    }
}
