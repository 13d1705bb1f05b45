package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.apps.AppsRoom;
import hakube.archive.ArchiveReader;
import hakube.archive.NotABackup;
import hakube.archive.Password;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.core.Core;
import hakube.core.CoreHouse;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.jobs.Jobs;
import hakube.kubernetes.FakeCluster;
import hakube.link.CoreAway;
import hakube.registries.Registries;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.storage.Folders;
import hakube.store.Store;
import hakube.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The room with the rooms that it stands on, around a cluster in memory and a folder. */
final class BackupHouse {

    final Path share;
    final FakeCluster cluster = new FakeCluster();
    final Folders folders;
    final AppsRoom apps;
    final Core core;
    private final CoreHouse coreHouse;
    final State state;
    final Backups backups;
    final BackupMaker maker;
    final BackupFreeze freeze;
    final BackupRecovery recovery;

    /** What Core is told, in order. */
    final List<String> coreCommands = new CopyOnWriteArrayList<>();

    /** What it answers to the start of a backup. */
    volatile Optional<CoreAway> coreFault = Optional.empty();

    BackupHouse(Path share) {
        this.share = share;
        folders = new Folders(share);
        Settings plain = TestSettings.of(share);
        Settings settings = TestSettings.withCore(
                plain, Optional.of("localhost/core"), Optional.of("2026.11.0"), "http://localhost:9/");
        Events events = new Events();
        apps = new AppsRoom(share, cluster);
        coreHouse = new CoreHouse(cluster, settings);
        core = coreHouse.core();
        core.install();
        state = new State(settings, folders, events);
        state.enter(SupervisorState.RUNNING);
        backups = new Backups(folders, events);
        CoreHold hold = new CoreHold(folders, this::command, () -> true, Duration.ofMillis(1));
        BackupParts parts = new BackupParts(folders, core, hold, apps.saving(), new Registries(cluster));
        Jobs jobs = apps.jobs();
        BackupWork work = new BackupWork(
                folders, parts, apps.saving(), backups, new BackupCopies(folders, backups, jobs), jobs, state);
        maker = new BackupMaker(work, apps.apps(), core, new Store(folders), jobs);
        freeze = new BackupFreeze(apps.saving(), hold, jobs, state);
        recovery = new BackupRecovery(folders, hold);
    }

    private void command(String type, Duration limit) throws CoreAway {
        coreCommands.add(type);
        if (type.equals("backup/start") && coreFault.isPresent()) {
            throw coreFault.get();
        }
    }

    /** {@code POST /core/options}. */
    void optionsOfCore(String body) {
        coreHouse.report(body);
    }

    /** A request for all, which waits. */
    static CreateRequest full(String name) {
        return new CreateRequest(
                Optional.empty(),
                name,
                Optional.empty(),
                Optional.empty(),
                true,
                List.of(BackupLocation.LOCAL),
                Optional.empty(),
                false,
                "{\"by\":\"test\"}");
    }

    static CreateRequest partial(String name, boolean core, List<String> apps, Set<String> folders) {
        CreateRequest full = full(name);
        return new CreateRequest(
                Optional.of(new PartChoice(core, new PartChoice.Apps.Some(apps), folders)),
                name,
                full.fileName(),
                full.password(),
                full.isCompressed(),
                full.locations(),
                full.excludesDatabase(),
                false,
                full.extra());
    }

    /** The same, in those places. */
    static CreateRequest in(List<BackupLocation> places, CreateRequest one) {
        return new CreateRequest(
                one.choice(),
                one.name(),
                one.fileName(),
                one.password(),
                one.isCompressed(),
                places,
                one.excludesDatabase(),
                false,
                one.extra());
    }

    Path write(String file, String text) {
        Path path = folders.of(file);
        try {
            Files.createDirectories(path.getParent());
            return Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something is in each folder that a backup may hold. */
    void fillFolders() {
        write("homeassistant/configuration.yaml", "default_config:\n");
        write("ssl/key.pem", "secret");
        write("share/deep/er/file.txt", "shared");
        write("media/film.mp4", "film");
        write("addons/local/echo/config.yaml", "{}");
    }

    /** The one backup that is listed. */
    Backup only() {
        assertEquals(1, backups.all().size());
        return backups.all().iterator().next();
    }

    /** Waits for the end of all jobs, so that nobody writes any more. */
    void awaitIdle() {
        Eventually.holds("the end of all jobs", () -> !apps.jobs().isRunning(BackupMaker.GROUP));
        apps.awaitIdle();
    }

    /** Names of all files in the local folder, hidden ones included. */
    Set<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folders.of("backup"))) {
            Set<String> names = new TreeSet<>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            return names;
        }
    }

    /** Paths of all that is in a part of a backup, as they are unpacked. */
    Set<String> unpack(Backup backup, String part, Path target) throws IOException, NotABackup {
        Files.createDirectories(target);
        try (ArchiveReader archive = ArchiveReader.open(backup.file().path())) {
            var unused = archive.unpack(
                    part, backup.metadata().isCompressed(), Optional.<Password>empty(), target, warning -> {});
        }
        try (Stream<Path> all = Files.walk(target)) {
            Set<String> names = new TreeSet<>();
            all.filter(path -> !path.equals(target))
                    .forEach(path -> names.add(target.relativize(path).toString()));
            return names;
        }
    }

    /** Of each event of jobs of that name: reference, stage and whether it is done. */
    List<String> told(String job) {
        return apps.events().stream()
                .filter(SupervisorEvent.JobChanged.class::isInstance)
                .map(event -> ((SupervisorEvent.JobChanged) event).fields())
                .filter(fields -> fields.get("name").equals(job))
                .map(fields -> Stream.of("reference", "stage", "done", "progress")
                        .map(key -> Objects.toString(fields.get(key)))
                        .toList()
                        .toString())
                .toList();
    }

    /** What a job ended with. */
    Map<String, Object> last(String job) {
        return apps.events().stream()
                .filter(SupervisorEvent.JobChanged.class::isInstance)
                .map(event -> ((SupervisorEvent.JobChanged) event).fields())
                .filter(fields -> fields.get("name").equals(job))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    /** The messages of a job's errors. */
    List<String> errors(String job) {
        return ((List<?>) last(job).get("errors"))
                .stream()
                        .map(error -> String.valueOf(((Map<?, ?>) error).get("message")))
                        .toList();
    }
}
