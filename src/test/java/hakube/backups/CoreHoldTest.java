package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.link.CoreAway;
import hakube.storage.Folders;
import hakube.testing.Eventually;
import hakube.testing.Logged;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoreHoldTest {

    @TempDir
    private Path share;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private volatile Optional<CoreAway> fault = Optional.empty();
    private volatile boolean isUp = true;

    private CoreHold hold() {
        return new CoreHold(new Folders(share), this::command, () -> isUp, Duration.ofMillis(1));
    }

    private void command(String type, Duration limit) throws CoreAway {
        told.add(type);
        if (fault.isPresent()) {
            throw fault.get();
        }
    }

    private boolean isRemembered() {
        return Files.exists(share.resolve("core-hold.json"));
    }

    @Test
    void itIsRememberedFromTheStartToTheEnd() {
        CoreHold hold = hold();
        hold.begin();
        assertTrue(isRemembered());
        hold.end();
        assertTrue(!isRemembered());
        assertEquals(List.of("backup/start", "backup/end"), told);
    }

    @Test
    void aCoreThatRefusesHasNothingToEnd() {
        fault = Optional.of(new CoreAway("Core refuses backup/start: busy"));
        CoreHold hold = hold();
        assertEquals(
                "Home Assistant Core could not be prepared for a backup: Core refuses backup/start: busy",
                assertThrows(ApiFailure.BadRequest.class, hold::begin).getMessage());
        assertTrue(!isRemembered());
        assertEquals(List.of("backup/start"), told);
    }

    @Test
    void anEndThatCannotBeToldStopsNothing() {
        CoreHold hold = hold();
        hold.begin();
        fault = Optional.of(new CoreAway("gone"));
        hold.end();
        assertTrue(!isRemembered());
    }

    @Test
    void aSupervisorThatDiedInBetweenLetsCoreGoWhenItIsThere() {
        isUp = false;
        hold().begin();
        hold().recover();
        assertEquals(List.of("backup/start"), told);
        isUp = true;
        Eventually.holds("the end", () -> told.contains("backup/end") && !isRemembered());
    }

    @Test
    void aBackupThatHasBegunSinceIsNotEndedInItsMiddle() {
        hold().begin();
        isUp = false;
        CoreHold next = hold();
        next.recover();
        next.begin();
        try (Logged log = Logged.by(CoreHold.class)) {
            isUp = true;
            next.end();
            Eventually.holds("the end of the new one", () -> told.size() == 3);
            assertEquals(List.of(), log.lines());
        }
        assertEquals(List.of("backup/start", "backup/start", "backup/end"), told);
    }

    @Test
    void whatEndedWellIsNotEndedAgain() {
        CoreHold hold = hold();
        hold.begin();
        hold.end();
        hold().recover();
        assertEquals(List.of("backup/start", "backup/end"), told);
    }
}
