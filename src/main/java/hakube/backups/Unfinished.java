package hakube.backups;

import hakube.storage.Folders;
import hakube.storage.StateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What runs again when a restore is over, in whatever way: {@code restore.json}, which is there as long as a restore is under way.
 *
 * @param backup its slug
 * @param core whether Core runs again
 * @param apps that run again
 */
public record Unfinished(String backup, Boolean core, List<String> apps) {

    private static final String NAME = "restore.json";

    public Unfinished {
        core = Boolean.TRUE.equals(core);
        apps = apps == null ? List.of() : List.copyOf(apps);
    }

    Unfinished with(String slug, boolean isStarted) {
        TreeSet<String> changed = new TreeSet<>(apps);
        if (isStarted) {
            changed.add(slug);
        } else {
            changed.remove(slug);
        }
        return new Unfinished(backup, core, new ArrayList<>(changed));
    }

    static Optional<Unfinished> read(Folders folders) {
        return file(folders).read(damaged -> {});
    }

    /** @throws UncheckedIOException it is not on disk */
    Unfinished write(Folders folders) {
        file(folders).write(this);
        return this;
    }

    /** @throws UncheckedIOException it is still there */
    static void end(Folders folders) {
        try {
            Files.deleteIfExists(folders.of(NAME));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + folders.of(NAME), e);
        }
    }

    private static StateFile<Unfinished> file(Folders folders) {
        return new StateFile<>(folders.of(NAME), Unfinished.class);
    }
}
