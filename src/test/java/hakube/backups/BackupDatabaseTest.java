package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Eventually;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Core's database is in a backup or not, as the request says, and else as Core's options say. */
class BackupDatabaseTest {

    private static final Set<String> FILES = Set.of("home-assistant_v2.db", "home-assistant_v2.db-wal");

    @TempDir
    private Path disk;

    private BackupHouse house;

    @BeforeEach
    void build() {
        house = new BackupHouse(disk.resolve("share"));
        FILES.forEach(file -> house.write("homeassistant/" + file, "history"));
        house.write("homeassistant/other_v2.db", "not Core's");
    }

    @AfterEach
    void nobodyWritesAnyMore() {
        Eventually.holds("the end of all jobs", () -> !house.apps.jobs().isRunning(BackupMaker.GROUP));
    }

    @Test
    void aRequestLeavesItOut() throws Exception {
        assertLeavesOut(Optional.of(true));
    }

    @Test
    void coresOptionLeavesItOutWhereTheRequestSaysNothing() throws Exception {
        house.optionsOfCore("{\"backups_exclude_database\": true}");
        assertLeavesOut(Optional.empty());
    }

    @Test
    void aRequestHasItInWhateverCoresOptionSays() throws Exception {
        house.optionsOfCore("{\"backups_exclude_database\": true}");
        Backup made = make(Optional.of(false));
        assertEquals(Set.of("home-assistant_v2.db", "home-assistant_v2.db-wal", "other_v2.db"), databases(made));
        assertFalse(made.metadata().core().orElseThrow().excludesDatabase());
    }

    private void assertLeavesOut(Optional<Boolean> asked) throws Exception {
        Backup made = make(asked);
        assertEquals(Set.of("other_v2.db"), databases(made));
        assertTrue(made.metadata().core().orElseThrow().excludesDatabase());
    }

    private Backup make(Optional<Boolean> excludesDatabase) {
        CreateRequest plain = BackupHouse.partial("", true, List.of(), Set.of());
        house.maker.make(new CreateRequest(
                plain.choice(),
                plain.name(),
                plain.fileName(),
                plain.password(),
                plain.isCompressed(),
                plain.locations(),
                excludesDatabase,
                false,
                plain.extra()));
        return house.backups.all().iterator().next();
    }

    /** Names of the databases in the archive. */
    private Set<String> databases(Backup backup) throws Exception {
        return house.unpack(backup, "homeassistant", disk.resolve("core")).stream()
                .filter(name -> name.contains(".db"))
                .map(name -> name.substring("data/".length()))
                .collect(Collectors.toSet());
    }
}
