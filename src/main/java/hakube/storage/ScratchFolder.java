package hakube.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A hidden folder on the claim for as long as something is looked at; nobody mounts it. What a crash leaves goes at the next start. */
public record ScratchFolder(Path path) implements Closeable {

    private static final String PREFIX = ".scratch-";

    public static ScratchFolder in(Folders folders) throws IOException {
        return new ScratchFolder(Files.createTempDirectory(folders.root(), PREFIX));
    }

    /** Removes what is left of earlier processes; nobody may have one open. */
    static void removeLeftovers(Folders folders) throws IOException {
        for (String name : Trees.names(folders.root())) {
            if (name.startsWith(PREFIX)) {
                Trees.delete(folders.of(name));
            }
        }
    }

    @Override
    public void close() throws IOException {
        Trees.delete(path);
    }
}
