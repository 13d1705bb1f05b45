package hakube.resolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.events.Events;
import hakube.storage.Folders;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShareProbeTest {

    @TempDir
    private Path folder;

    private final Issues issues = new Issues(new Events());
    private final Health health = new Health(new Events(), Stream::of);

    @Test
    void aShareThatWorksIsLeftAsItWas() throws IOException {
        new ShareProbe(new Folders(folder), issues, health).look();
        assertEquals(List.of(), issues.open());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void aShareThatIsTakenAwayIsAnIssueUntilItIsBack() throws IOException {
        Path share = folder.resolve("share");
        ShareProbe probe = new ShareProbe(new Folders(share), issues, health);
        probe.look();
        Issue issue = issues.open().getFirst();
        assertEquals("corrupt_filesystem system null", issue.type() + " " + issue.context() + " " + issue.reference());
        assertEquals(List.of(), health.unhealthy(), "what is away is not damaged");

        Files.createDirectory(share);
        probe.look();
        assertEquals(List.of(), issues.open());
    }

    @Test
    void onlyTheKernelsWordForDamageIsDamage() {
        assertTrue(ShareProbe.isDamage(new FileSystemException("/x", null, "Bad message")));
        assertFalse(ShareProbe.isDamage(new FileSystemException("/x", null, "Read-only file system")));
        assertFalse(ShareProbe.isDamage(new IOException("no")));
    }
}
