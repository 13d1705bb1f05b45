package hakube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.AotCache;
import hakube.testing.AotCache.End;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar with the cache that its rehearsal makes, as the Containerfile does. */
class RehearsalIT {

    @TempDir
    private static Path folder;

    private static Path cache;

    @BeforeAll
    static void rehearse() throws Exception {
        cache = AotCache.make(folder);
    }

    @Test
    void jarStartsFromItsCache() throws Exception {
        End end = AotCache.rehearse(folder, List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=on", "-Xlog:class+load"));

        assertEquals(0, end.code(), end.words());
        assertTrue(
                end.words()
                        .lines()
                        .anyMatch(line -> line.contains("hakube.supervisor.Startup source: shared objects file")),
                "the Supervisor's own classes are in the cache");
    }

    @Test
    void cacheThatDoesNotFitIsDoneWithout() throws Exception {
        Path damaged = Files.copy(cache, folder.resolve("damaged.aot"));
        try (RandomAccessFile file = new RandomAccessFile(damaged.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        for (Path wrong : List.of(damaged, folder.resolve("absent.aot"))) {
            End end = AotCache.rehearse(folder, List.of("-XX:AOTCache=" + wrong));
            assertEquals(0, end.code(), end.words());
            assertFalse(end.words().contains("WARNING"), end.words());
        }
    }

    @Test
    void rehearsalLeavesNothingBehind() throws IOException {
        try (var files = Files.list(AotCache.temporary(folder))) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void unknownArgumentIsRefusedWithWhatIsAllowed() throws Exception {
        End end = AotCache.run(folder, List.of(), List.of("start"));

        assertEquals(64, end.code(), end.words());
        assertTrue(end.words().startsWith("Unknown arguments: start. Allowed: none, or rehearse"), end.words());
    }
}
