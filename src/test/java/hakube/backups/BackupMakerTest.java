package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.events.Events;
import hakube.kubernetes.Cluster;
import hakube.link.CoreAway;
import hakube.state.SupervisorState;
import hakube.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a backup is made: what is told on the way, and what is left out or given up. */
class BackupMakerTest extends BackupCase {

    @BeforeEach
    void somethingIsInEachFolder() {
        house.fillFolders();
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
        String slug = house.only().slug();
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
        Path local = house.only().files().get(BackupLocation.LOCAL).path();
        Path cloud = house.only().files().get(BackupLocation.CLOUD).path();
        assertEquals("named.tar", cloud.getFileName().toString());
        try {
            assertEquals(-1, Files.mismatch(local, cloud));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertTrue(house.only().metadata().core().orElseThrow().excludesDatabase());
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
                house.only().metadata().apps().stream()
                        .map(BackupMetadata.AppPart::slug)
                        .toList());
        assertEquals(1, house.errors("backup_store_apps").size());
        assertEquals(List.of(), house.errors(PARTIAL));
        assertEquals(List.of("ssl"), house.only().metadata().folders());
    }

    @Test
    void aClusterThatIsAwayCostsTheAppAndNotTheBackup() {
        house.apps.run("hot", "backup_pre: lock\n");
        house.cluster.failOn(
                "exec", ApiFailure.Unavailable.cluster("The API server is away", new IOException("refused")));

        house.maker.make(BackupHouse.partial("", false, List.of("local_hot"), Set.of("ssl")));

        assertEquals(List.of(), house.only().metadata().apps());
        assertEquals(List.of("The API server is away"), house.errors("backup_app_save"));
        assertEquals(List.of(), house.errors(PARTIAL));
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
        Backups backups = new Backups(house.folders, new Events(), () -> {
            var found = new BackupScan(house.folders).run();
            scanned.countDown();
            Eventually.opens("the backup is made", goOn);
            return found;
        });
        backups.reloadLater();
        Eventually.opens("the folders were read", scanned);
        house.maker.make(BackupHouse.partial("", false, List.of(), Set.of("ssl")));
        backups.add(house.only());
        goOn.countDown();
        backups.reload();
        assertEquals(1, backups.all().size());
    }
}
