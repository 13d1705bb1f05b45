package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.api.ContractLevel;
import hakube.archive.ArchiveReader;
import hakube.archive.Password;
import hakube.archive.TarMember;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.Labels;
import hakube.link.CoreAway;
import hakube.state.SupervisorState;
import hakube.testing.Eventually;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupMakerTest {

    private static final String FULL = "backup_manager_full_backup";
    private static final String PARTIAL = "backup_manager_partial_backup";

    @TempDir
    private Path disk;

    private BackupHouse house;

    @AfterEach
    void nobodyWritesAnyMore() {
        Eventually.holds("the end of all jobs", () -> !house.apps.jobs().isRunning(BackupMaker.GROUP));
        house.apps.awaitIdle();
    }

    @BeforeEach
    void build() {
        house = new BackupHouse(disk.resolve("share"));
        house.write("homeassistant/configuration.yaml", "default_config:\n");
        house.write("ssl/key.pem", "secret");
        house.write("share/deep/er/file.txt", "shared");
        house.write("media/film.mp4", "film");
        house.write("addons/local/echo/config.yaml", "{}");
    }

    private Backup only() {
        assertEquals(1, house.backups.all().size());
        return house.backups.all().iterator().next();
    }

    @Test
    void aFullBackupHoldsAllInTheOrderOfUpstream() throws Exception {
        house.apps.run("cold", "backup: cold\n");
        house.apps.run("hot", "backup_pre: lock\n");
        house.write("addons/data/local_hot/db", "data");
        house.write("addon_configs/local_hot/conf", "config");

        BackupMaker.Started started = house.maker.make(BackupHouse.full("Mine"));

        Backup made = only();
        assertEquals(Optional.of(made.slug()), started.slug());
        assertEquals(Set.of(made.slug() + ".tar"), house.files());
        try (ArchiveReader archive = ArchiveReader.open(made.file().path())) {
            assertEquals(
                    List.of(
                            "homeassistant.tar.gz",
                            "local_cold.tar.gz",
                            "local_hot.tar.gz",
                            "share.tar.gz",
                            "addons_local.tar.gz",
                            "ssl.tar.gz",
                            "media.tar.gz",
                            "./backup.json"),
                    archive.members().stream().map(TarMember::name).toList());
            assertEquals(archive.size(), made.file().size());
        }
        assertEquals(
                Set.of("addon.json", "config", "config/conf", "data", "data/db", "data/options.json"),
                house.unpack(made, "local_hot", disk.resolve("hot")));
        assertEquals(
                Set.of("deep", "deep/er", "deep/er/file.txt"), house.unpack(made, "share", disk.resolve("shared")));
        assertEquals(List.of("backup/start", "backup/end"), house.coreCommands);
        assertEquals(SupervisorState.RUNNING, house.state.current());
        assertEquals("started", house.apps.apps().state("local_cold").wire());
    }

    @Test
    void itSaysOfItselfWhatAReaderSees() {
        house.apps.run("hot", "");
        house.maker.make(BackupHouse.full("Mine"));
        BackupMetadata made = only().metadata();

        house.backups.reload();

        assertEquals(made, only().metadata());
        assertEquals(BackupType.FULL, made.type());
        assertEquals("Mine", made.name());
        assertEquals(2, made.version());
        assertTrue(made.date().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?\\+00:00"), made.date());
        assertEquals(NewBackup.slug(made.date(), "Mine"), made.slug());
        assertEquals(ContractLevel.TEXT, made.supervisorVersion());
        assertEquals("2026.11.0", made.core().orElseThrow().version());
        assertEquals(
                "local_hot App hot 1.0",
                made.apps().stream()
                        .map(app -> app.slug() + " " + app.name() + " " + app.version())
                        .findFirst()
                        .orElseThrow());
        assertEquals(List.of("share", "addons/local", "ssl", "media"), made.folders());
        assertEquals("{\"by\":\"test\"}", made.extra());
        assertTrue(made.isCompressed());
        assertFalse(made.isProtected());
    }

    @Test
    void coreIsToldOfEachStageInUpstreamsOrder() {
        house.apps.run("cold", "backup: cold\n");
        CreateRequest request = new CreateRequest(
                Optional.empty(),
                "",
                Optional.of("named.tar"),
                Optional.empty(),
                false,
                List.of(BackupLocation.LOCAL, BackupLocation.CLOUD),
                Optional.of(true),
                false,
                "{}");
        house.maker.make(request);
        String slug = only().slug();
        assertEquals(
                List.of(
                        "[null, null, false, 0.0]",
                        "[" + slug + ", null, false, 0.0]",
                        "[" + slug + ", app_repositories, false, 0.0]",
                        "[" + slug + ", home_assistant, false, 0.0]",
                        "[" + slug + ", apps, false, 0.0]",
                        "[" + slug + ", folders, false, 0.0]",
                        "[" + slug + ", supervisor_config, false, 0.0]",
                        "[" + slug + ", finishing_file, false, 0.0]",
                        "[" + slug + ", copy_additional_locations, false, 0.0]",
                        "[" + slug + ", await_app_restarts, false, 0.0]",
                        "[" + slug + ", await_app_restarts, true, 100.0]"),
                house.told(FULL));
        assertEquals(
                List.of("[local_cold, null, false, 0.0]", "[local_cold, null, true, 100.0]"),
                house.told("backup_app_save"));
        for (String child : List.of(
                "backup_store_homeassistant",
                "backup_store_apps",
                "backup_store_folders",
                "backup_store_supervisor_config")) {
            assertEquals(slug, house.last(child).get("reference"));
            assertEquals(house.last(FULL).get("uuid"), house.last(child).get("parent_id"));
        }
        assertEquals(
                house.last("backup_store_apps").get("uuid"),
                house.last("backup_app_save").get("parent_id"));
        assertEquals(".cloud_backup", house.last("backup_copy_to_location").get("reference"));
        Path local = only().files().get(BackupLocation.LOCAL).path();
        Path cloud = only().files().get(BackupLocation.CLOUD).path();
        assertEquals("named.tar", cloud.getFileName().toString());
        try {
            assertEquals(-1, Files.mismatch(local, cloud));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertTrue(only().metadata().core().orElseThrow().excludesDatabase());
    }

    @Test
    void coresFilesAreChosenByUpstreamsPatterns() throws Exception {
        for (String file : List.of(
                "home-assistant_v2.db",
                "home-assistant_v2.db-wal",
                "home-assistant_v2.db-shm",
                "home-assistant.log",
                "home-assistant.log.1",
                "sub/other.log",
                "__pycache__/a.pyc",
                "deep/er/__pycache__/b.pyc",
                "tts/x.mp3",
                ".storage/auth",
                ".storage/auth.corrupt.1",
                "backups/old.tar",
                "backups/note.txt",
                ".cache/y",
                "deep/.DS_Store",
                "OZW_Log.txt")) {
            house.write("homeassistant/" + file, "x");
        }
        house.maker.make(BackupHouse.partial("", true, List.of(), Set.of()));
        Set<String> names = house.unpack(only(), "homeassistant", disk.resolve("core"));
        names.removeIf(name -> name.matches("data/(automations|scenes|scripts|secrets)\\.yaml|.*\\.bak"));
        assertEquals(
                Set.of(
                        "homeassistant.json",
                        "data",
                        "data/configuration.yaml",
                        "data/home-assistant_v2.db",
                        "data/home-assistant_v2.db-wal",
                        "data/sub",
                        "data/sub/other.log",
                        "data/__pycache__",
                        "data/deep",
                        "data/deep/er",
                        "data/deep/er/__pycache__",
                        "data/tts",
                        "data/.storage",
                        "data/.storage/auth",
                        "data/backups",
                        "data/backups/note.txt",
                        "data/.cache"),
                names);
        assertTrue(Files.readString(disk.resolve("core/homeassistant.json")).contains("\"version\": \"2026.11.0\""));
    }

    @Test
    void anAppWhoseCommandFailsIsLeftOutAndItsJobSaysWhy() throws Exception {
        house.apps.run("bad", "backup_pre: lock\n");
        house.apps.run("good", "");
        house.cluster.executor(command -> new Cluster.Execution(3, "", ""));

        house.maker.make(
                BackupHouse.partial("", false, List.of("local_bad", "local_good", "local_nobody"), Set.of("ssl")));

        assertEquals(
                List.of("local_good"),
                only().metadata().apps().stream()
                        .map(BackupMetadata.AppPart::slug)
                        .toList());
        assertEquals(1, house.errors("backup_store_apps").size());
        assertEquals(List.of(), house.errors(PARTIAL));
        assertEquals(List.of("ssl"), only().metadata().folders());
    }

    @Test
    void aClusterThatIsAwayCostsTheAppAndNotTheBackup() {
        house.apps.run("hot", "backup_pre: lock\n");
        house.cluster.failOn(
                "exec", ApiFailure.Unavailable.cluster("The API server is away", new IOException("refused")));

        house.maker.make(BackupHouse.partial("", false, List.of("local_hot"), Set.of("ssl")));

        assertEquals(List.of(), only().metadata().apps());
        assertEquals(List.of("The API server is away"), house.errors("backup_app_save"));
        assertEquals(List.of(), house.errors(PARTIAL));
    }

    @Test
    void aFolderThatIsNotThereIsLeftOut() throws Exception {
        house.maker.make(BackupHouse.partial("", false, List.of(), Set.of("ssl", "share")));
        Files.move(house.folders.of("ssl"), disk.resolve("gone"));
        house.maker.make(BackupHouse.partial("again", false, List.of(), Set.of("ssl", "share")));
        assertEquals(
                List.of(List.of("share", "ssl"), List.of("share")),
                house.backups.all().stream()
                        .map(backup -> backup.metadata().folders())
                        .toList());
    }

    @Test
    void withoutCoreThereIsNoBackupOfIt() throws Exception {
        String app = house.apps.run("cold", "backup: cold\n");
        house.coreFault = Optional.of(new CoreAway("there is no connection to Core"));

        ApiFailure failure = assertThrows(ApiFailure.BadRequest.class, () -> house.maker.make(BackupHouse.full("")));

        String job = String.valueOf(house.last(FULL).get("uuid"));
        assertEquals(
                "An error occurred while making backup, check job '" + job + "' or supervisor logs for details",
                failure.getMessage());
        assertEquals(Optional.of(job), failure.jobId());
        assertEquals(
                List.of("Home Assistant Core could not be prepared for a backup: there is no connection to Core"),
                house.errors(FULL));
        assertEquals(Set.of(), house.files());
        assertEquals(List.of(), List.copyOf(house.backups.all()));
        assertEquals(SupervisorState.RUNNING, house.state.current());
        assertEquals(List.of("backup/start"), house.coreCommands);
        assertEquals("started", house.apps.apps().state(app).wire());
        assertTrue(Files.notExists(house.folders.of("core-hold.json")));
    }

    @Test
    void logInsOfRegistriesAreInAPartOfTheirOwn() throws Exception {
        house.cluster.put(
                Kind.SECRET,
                new V1Secret()
                        .metadata(
                                new V1ObjectMeta().name("supervisor-registries").labels(Labels.ofSupervisor()))
                        .putDataItem(
                                ".dockerconfigjson",
                                "{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"bWU6c2VjOnJldA==\"},\"r.example\":{\"username\":\"u\",\"password\":\"p\"}}}"
                                        .getBytes(StandardCharsets.UTF_8)));
        house.maker.make(BackupHouse.partial("", false, List.of(), Set.of()));
        Path target = disk.resolve("supervisor");
        assertEquals(Set.of("docker.json", "mounts.json"), house.unpack(only(), "supervisor", target));
        assertEquals("{\"default_backup_mount\":null,\"mounts\":[]}", Files.readString(target.resolve("mounts.json")));
        JsonObject registries = Json.createReader(Files.newBufferedReader(target.resolve("docker.json")))
                .readObject()
                .getJsonObject("registries");
        assertEquals("me", registries.getJsonObject("docker.io").getString("username"));
        assertEquals("sec:ret", registries.getJsonObject("docker.io").getString("password"));
        assertEquals("p", registries.getJsonObject("r.example").getString("password"));
    }

    @ParameterizedTest
    @CsvSource({"2026.11.0, 3", "2026.3.0, 3", "2026.2.3, 2", "landingpage, 2"})
    void encryptionIsWhatTheInstalledCoreCanOpen(String version, int secureTar) throws Exception {
        if (!version.equals(house.core.options().version())) {
            house.core.update(Optional.of(version), false);
        }
        CreateRequest plain = BackupHouse.partial("", false, List.of(), Set.of("ssl"));
        house.maker.make(new CreateRequest(
                plain.choice(),
                "",
                plain.fileName(),
                Password.of("open"),
                true,
                plain.locations(),
                plain.excludesDatabase(),
                false,
                "{}"));
        assertTrue(only().metadata().isProtected());
        assertTrue(only().file().isProtected());
        try (ArchiveReader archive = ArchiveReader.open(only().file().path())) {
            TarMember part = archive.members().getFirst();
            byte[] file = Files.readAllBytes(only().file().path());
            assertEquals("SecureTar", new String(file, (int) part.offset(), 9, StandardCharsets.UTF_8));
            assertEquals(secureTar, file[(int) part.offset() + 9]);
            archive.verify("ssl", true, Password.of("open"));
        }
    }

    @Test
    void whatIsInItsPlaceStays() throws Exception {
        Path there = house.write("backup/mine.tar", "something else");
        CreateRequest request = new CreateRequest(
                Optional.empty(),
                "",
                Optional.of("mine.tar"),
                Optional.empty(),
                true,
                List.of(BackupLocation.LOCAL),
                Optional.empty(),
                false,
                "{}");
        assertThrows(ApiFailure.BadRequest.class, () -> house.maker.make(request));
        assertEquals(List.of("Cannot make new backup at " + there + ", file already exists!"), house.errors(FULL));
        assertEquals("something else", Files.readString(there));
        assertEquals(Set.of("mine.tar"), house.files());
    }

    @Test
    void inTheBackgroundTheAnswerComesAtOnceAndOthersAreRefusedMeanwhile() {
        CountDownLatch goOn = new CountDownLatch(1);
        house.apps.run("hot", "backup_pre: lock\n");
        house.cluster.executor(command -> {
            Eventually.opens("the test lets it go on", goOn);
            return new Cluster.Execution(0, "", "");
        });
        CreateRequest whole = BackupHouse.partial("", false, List.of("local_hot"), Set.of());
        CreateRequest request = new CreateRequest(
                whole.choice(),
                "",
                whole.fileName(),
                whole.password(),
                true,
                whole.locations(),
                whole.excludesDatabase(),
                true,
                "{}");

        BackupMaker.Started started = house.maker.make(request);

        assertEquals(Optional.empty(), started.slug());
        assertEquals(started.jobId(), house.last(PARTIAL).get("uuid"));
        assertEquals(
                "Another job is running for job group backup_manager",
                assertThrows(ApiFailure.BadRequest.class, () -> house.maker.make(whole))
                        .getMessage());
        Eventually.holds("the freeze", () -> house.state.current() == SupervisorState.FREEZE);
        goOn.countDown();
        Eventually.holds(
                "the end", () -> Boolean.TRUE.equals(house.last(PARTIAL).get("done")));
        assertEquals(1, house.backups.all().size());
    }

    @Test
    void whatIsNewIsInTheListAlsoWhenTheFoldersAreJustBeingRead() {
        CountDownLatch scanned = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Backups backups = new Backups(house.folders, new hakube.events.Events(), () -> {
            var found = new BackupScan(house.folders).run();
            scanned.countDown();
            Eventually.opens("the backup is made", goOn);
            return found;
        });
        backups.reloadLater();
        Eventually.opens("the folders were read", scanned);
        house.maker.make(BackupHouse.partial("", false, List.of(), Set.of("ssl")));
        backups.add(only());
        goOn.countDown();
        backups.reload();
        assertEquals(1, backups.all().size());
    }
}
