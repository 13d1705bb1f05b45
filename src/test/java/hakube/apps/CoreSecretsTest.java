package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.storage.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoreSecretsTest {

    @TempDir
    private Path share;

    private Path file;
    private CoreSecrets secrets;

    @BeforeEach
    void folder() throws IOException {
        secrets = new CoreSecrets(new Folders(share));
        file = Files.createDirectories(share.resolve("homeassistant")).resolve("secrets.yaml");
    }

    @Test
    void scalarsAreKnownByNameAndNothingElse() throws IOException {
        Files.writeString(file, "text: a\nnumber: 5\nflag: yes\nlist: [1]\nnothing: null\n");
        assertEquals(Map.of("text", "a", "number", 5L, "flag", true), secrets.now());
    }

    @Test
    void aChangedFileIsReadAgain() throws IOException {
        assertEquals(Map.of(), secrets.now());
        Files.writeString(file, "a: 1\n");
        assertEquals(Map.of("a", 1L), secrets.now());
        Files.writeString(file, "a: 1\nb: 2\n");
        assertEquals(Map.of("a", 1L, "b", 2L), secrets.now());
    }

    @Test
    void aBrokenFileLeavesWhatWasKnown() throws IOException {
        Files.writeString(file, "a: 1\n");
        secrets.now();
        Files.writeString(file, "a: [1\n");
        assertEquals(Map.of("a", 1L), secrets.now());
    }

    @Test
    void noLinkIsFollowed() throws IOException {
        Path elsewhere = Files.writeString(share.resolve("apps.yaml"), "token: x\n");
        Files.createSymbolicLink(file, elsewhere);
        assertEquals(Map.of(), secrets.now());
    }
}
