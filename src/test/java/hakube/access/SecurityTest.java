package hakube.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.storage.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecurityTest {

    @TempDir
    private Path share;

    private final Events events = new Events();
    private final List<SupervisorEvent> told = new ArrayList<>();

    SecurityTest() {
        events.listen(told::add);
    }

    @Test
    void aNewInstallationLooksForLeakedPasswordsAndForcesNothing() {
        Security security = loaded();
        assertTrue(security.options().pwned());
        assertFalse(security.options().forceSecurity());
    }

    @Test
    void theSwitchesSurviveARestart() throws IOException {
        loaded().change("{\"pwned\": false, \"force_security\": true}");
        Security next = loaded();
        assertFalse(next.options().pwned());
        assertTrue(next.options().forceSecurity());
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(share.resolve("security.json"))));
    }

    @Test
    void aFileOfUpstreamWithMoreInItIsRead() throws IOException {
        Files.writeString(
                share.resolve("security.json"),
                "{\"content_trust\": true, \"force_security\": true, \"pwned\": false}");
        assertEquals(new SecurityOptions(false, true), loaded().options());
    }

    @Test
    void aDamagedFileIsSetAsideAndAnIssue() throws IOException {
        Files.writeString(share.resolve("security.json"), "nothing");
        assertEquals(new SecurityOptions(true, false), loaded().options());
        SupervisorEvent.IssueFound issue = (SupervisorEvent.IssueFound) told.getFirst();
        assertEquals("corrupt_file", issue.type());
        assertEquals("nothing", Files.readString(Path.of(issue.reference().orElseThrow())));
    }

    @Test
    void whatCannotBeKeptIsNotChanged() throws IOException {
        Files.createDirectories(share.resolve("security.json/in-the-way"));
        Security security = new Security(new Folders(share), events);
        assertThrows(UncheckedIOException.class, () -> security.change("{\"force_security\": true}"));
        assertFalse(security.options().forceSecurity());
    }

    private Security loaded() {
        Security security = new Security(new Folders(share), events);
        security.load();
        return security;
    }
}
