package hakube.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

    @TempDir
    private Path folder;

    @Test
    void whatWasWrittenIsReadAgainAndBelongsToTheOwnerAlone() throws IOException {
        StateFile<Folder> file = new StateFile<>(folder.resolve("sub/state.json"), Folder.class);
        file.write(new Folder("a", List.of(1, 2)));
        assertEquals(Optional.of(new Folder("a", List.of(1, 2))), file.read(aside -> {}));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("sub/state.json"))));
        assertEquals(List.of("state.json"), names(folder.resolve("sub")), "no temporary file stays");
    }

    @Test
    void aDamagedFileIsSetAsideWithItsContent() throws IOException {
        Path path = folder.resolve("state.json");
        Files.writeString(path, "{\"name\": \"a\", ");
        List<Path> told = new ArrayList<>();
        assertEquals(Optional.empty(), new StateFile<>(path, Folder.class).read(told::add));
        assertEquals(1, told.size());
        assertEquals("{\"name\": \"a\", ", Files.readString(told.getFirst()));
        assertTrue(Files.notExists(path));
    }

    @Test
    void noFileIsNoValueAndNoComplaint() {
        List<Path> told = new ArrayList<>();
        assertEquals(Optional.empty(), new StateFile<>(folder.resolve("none.json"), Folder.class).read(told::add));
        assertEquals(List.of(), told);
    }

    private static List<String> names(Path in) throws IOException {
        try (Stream<Path> entries = Files.list(in)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    /** What the tests keep. */
    public record Folder(String name, List<Integer> numbers) {}
}
