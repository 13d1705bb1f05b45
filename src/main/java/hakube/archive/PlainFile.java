package hakube.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Opens files in folders where others may exchange them at any time. */
public final class PlainFile {

    private PlainFile() {}

    /**
     * Opens a plain file for reading; a link is not followed, and a pipe not waited for.
     *
     * @throws NoSuchFileException there is nothing, or something else than a plain file
     */
    public static FileChannel open(Path file) throws IOException {
        return find(file).orElseThrow(() -> new NoSuchFileException(file.toString(), null, "it is not a plain file"));
    }

    /** As {@link #open}, empty where it is something else than a plain file. */
    static Optional<FileChannel> find(Path file) throws IOException {
        try (Handle handle = Handle.of(file)) {
            return Found.of(handle).isFile()
                    ? Optional.of(FileChannel.open(handle.path(), StandardOpenOption.READ))
                    : Optional.empty();
        }
    }
}
