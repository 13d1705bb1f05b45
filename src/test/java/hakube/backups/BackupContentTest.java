package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ContractLevel;
import hakube.archive.ArchiveReader;
import hakube.archive.Password;
import hakube.archive.TarMember;
import hakube.kubernetes.Kind;
import hakube.kubernetes.Labels;
import hakube.state.SupervisorState;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in a backup that is made. */
class BackupContentTest extends BackupCase {

    @BeforeEach
    void somethingIsInEachFolder() {
        house.fillFolders();
    }

    @Test
    void aFullBackupHoldsAllInTheOrderOfUpstream() throws Exception {
        house.apps.run("cold", "backup: cold\n");
        house.apps.run("hot", "backup_pre: lock\n");
        house.write("addons/data/local_hot/db", "data");
        house.write("addon_configs/local_hot/conf", "config");

        BackupMaker.Started started = house.maker.make(BackupHouse.full("Mine"));

        Backup made = house.only();
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
        BackupMetadata made = house.only().metadata();

        house.backups.reload();

        assertEquals(made, house.only().metadata());
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
        Set<String> names = house.unpack(house.only(), "homeassistant", disk.resolve("core"));
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
        assertEquals(Set.of("docker.json", "mounts.json"), house.unpack(house.only(), "supervisor", target));
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
        assertTrue(house.only().metadata().isProtected());
        assertTrue(house.only().file().isProtected());
        try (ArchiveReader archive = ArchiveReader.open(house.only().file().path())) {
            TarMember part = archive.members().getFirst();
            byte[] file = Files.readAllBytes(house.only().file().path());
            assertEquals("SecureTar", new String(file, (int) part.offset(), 9, StandardCharsets.UTF_8));
            assertEquals(secureTar, file[(int) part.offset() + 9]);
            archive.verify("ssl", true, Password.of("open"));
        }
    }
}
