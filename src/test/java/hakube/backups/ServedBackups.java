package hakube.backups;

import static hakube.testing.CallersHouse.ADMINISTRATOR;

import hakube.state.FeatureFlag;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.storage.Folders;
import hakube.testing.ApiClient;
import hakube.testing.Eventually;
import hakube.testing.Features;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A served house in which one backup lies, and what a client asks it. */
@Singleton
final class ServedBackups {

    /** Of that backup, {@link Fixtures#FULL}. */
    static final String SLUG = "e8c0675c";

    final URI server;
    final ApiClient api;
    final Folders folders;
    final Backups backups;
    final Path local;
    final Path cloud;

    @Inject
    ServedBackups(WebTarget target, State state, Folders folders, Backups backups) {
        this.server = target.getUri();
        this.api = new ApiClient(server);
        this.folders = folders;
        this.backups = backups;
        this.local = folders.of("backup");
        this.cloud = folders.of("core/backup");
        state.enter(SupervisorState.RUNNING);
        Features.startWith(state, FeatureFlag.SUPERVISOR_V2_API);
    }

    /** No other backup is there, and it is listed. */
    void fresh() throws IOException {
        Fixtures.putAlone(Fixtures.FULL, folders, SLUG + ".tar");
        reload();
    }

    /** The folders are read again. */
    void reload() {
        api.post("/backups/reload", ADMINISTRATOR, "").data();
    }

    /** The backup that lies there. */
    Path file() {
        return local.resolve(SLUG + ".tar");
    }

    /** Names of all that is whole in a folder, in order. */
    static List<String> names(Path folder) {
        return namesIn(folder).filter(name -> !name.startsWith(".")).toList();
    }

    /** Names of what is under way to a folder. */
    static List<String> hidden(Path folder) {
        return namesIn(folder).filter(name -> name.startsWith(".")).toList();
    }

    void awaitNothingUnderway() {
        for (Path folder : List.of(local, cloud)) {
            Eventually.holds(
                    "nothing is left in " + folder, () -> hidden(folder).isEmpty());
        }
    }

    private static Stream<String> namesIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
