package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Eventually;
import hakube.testing.SmallDisk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Backups that are wanted in two places. */
class BackupCopiesTest {

    private static final String COPY = "backup_copy_to_location";

    /** So much that copying it takes longer than damaging it. */
    private static final int LARGE = 64 << 20;

    private static final int BEGIN = 1 << 20;

    @TempDir
    private Path disk;

    private BackupHouse house;
    private Path cloud;

    @BeforeEach
    void build() throws IOException {
        house = new BackupHouse(disk.resolve("share"));
        cloud = Files.createDirectories(house.folders.of(BackupLocation.CLOUD.folder()));
    }

    @AfterEach
    void nobodyWritesAnyMore() {
        Eventually.holds("the end of all jobs", () -> !house.apps.jobs().isRunning(BackupMaker.GROUP));
        house.apps.awaitIdle();
    }

    @Test
    void bothAreTheSame() throws IOException {
        fill(BEGIN);
        make();
        assertEquals(List.of(), house.errors(COPY));
        Backup made = house.backups.all().iterator().next();
        assertEquals(
                Set.of(BackupLocation.LOCAL, BackupLocation.CLOUD), made.files().keySet());
        assertArrayEquals(
                Files.readAllBytes(made.files().get(BackupLocation.LOCAL).path()),
                Files.readAllBytes(made.files().get(BackupLocation.CLOUD).path()));
    }

    @Test
    void oneThatDiffersOnDiskIsToldAndNotKept() throws Exception {
        fill(LARGE);
        AtomicBoolean isOver = new AtomicBoolean();
        Thread damage = Thread.ofPlatform().start(() -> damage(isOver));

        try {
            make();
        } finally {
            isOver.set(true);
            damage.join();
        }

        assertEquals(
                List.of(
                        "Could not copy backup to .cloud_backup: what is on disk from octet 0 on is not what was written"),
                house.errors(COPY));
        assertOnlyTheFirstIsThere();
    }

    static boolean mayMount() {
        return SmallDisk.isAllowed();
    }

    @Test
    @EnabledIf("mayMount")
    void aTargetThatRunsFullIsToldAndNothingIsLeftThere() throws IOException {
        fill(6 * BEGIN);
        try (SmallDisk small = SmallDisk.mount(cloud, 4)) {
            make();

            assertEquals(
                    List.of("Could not copy backup to .cloud_backup: No space left on device"), house.errors(COPY));
            assertOnlyTheFirstIsThere();

            small.resize(20);
            make();
            assertEquals(1, names(cloud));
        }
    }

    private void assertOnlyTheFirstIsThere() throws IOException {
        assertEquals(0, names(cloud));
        Backup made = house.backups.all().iterator().next();
        assertEquals(Set.of(BackupLocation.LOCAL), made.files().keySet());
        assertTrue(Files.exists(made.file().path()));
        assertEquals(List.of(), house.errors("backup_manager_partial_backup"));
    }

    private void fill(int octets) throws IOException {
        byte[] noise = new byte[octets];
        new Random(3).nextBytes(noise);
        Files.createDirectories(house.folders.of("ssl"));
        Files.write(house.folders.of("ssl/noise"), noise);
    }

    private void make() {
        CreateRequest one = BackupHouse.partial("", false, List.of(), Set.of("ssl"));
        var made = house.maker.make(new CreateRequest(
                one.choice(),
                one.name(),
                one.fileName(),
                one.password(),
                one.isCompressed(),
                List.of(BackupLocation.LOCAL, BackupLocation.CLOUD),
                one.excludesDatabase(),
                false,
                one.extra()));
        assertTrue(made.slug().isPresent());
    }

    /** Turns the first octet of the copy while the rest of it is still written. */
    private void damage(AtomicBoolean isOver) {
        try {
            Optional<Path> part = part();
            while (part.isEmpty() && !isOver.get()) {
                part = part();
            }
            try (RandomAccessFile file = new RandomAccessFile(part.orElseThrow().toFile(), "rw")) {
                int first = file.read();
                file.seek(0);
                file.write(first ^ 1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Path> part() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(cloud, "*.part")) {
            for (Path file : files) {
                if (Files.size(file) >= BEGIN) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }

    private static int names(Path folder) {
        return folder.toFile().list().length;
    }
}
