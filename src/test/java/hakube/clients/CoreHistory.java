package hakube.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.testing.PythonEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The database of a Home Assistant Core, read as a file that nobody writes any more. */
final class CoreHistory {

    /** Immutable: what SQLite lays beside it is not looked at, the file alone has to be whole. */
    private static final String PROGRAM = """
            import sqlite3, sys
            database = sqlite3.connect(f"file:{sys.argv[1]}?immutable=1", uri=True)
            print(database.execute("PRAGMA integrity_check").fetchone()[0])
            for (state,) in database.execute(
                "SELECT state FROM states JOIN states_meta USING (metadata_id)"
                " WHERE states_meta.entity_id = ? ORDER BY state_id",
                [sys.argv[2]],
            ):
                print(state)
            """;

    private CoreHistory() {}

    /** Fails unless it is whole. @return all states of an entity, the oldest first */
    static List<String> states(Path database, String entity) throws IOException, InterruptedException {
        Process process = PythonEnvironment.of("home-assistant")
                .program(Map.of(), "-c", PROGRAM, database.toString(), entity)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        List<String> lines = output.lines().toList();
        assertEquals("ok", lines.getFirst(), output);
        return lines.subList(1, lines.size());
    }
}
