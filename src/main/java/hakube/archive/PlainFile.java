package hakube.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Opens files in folders where others may exchange them at any time. */
public final class PlainFile {

    private PlainFile() {}

    /**
     * Opens a plain file for reading; a link is not followed, and a pipe not waited for.
     *
     * @throws NoSuchFileException there is nothing, or something else than a plain file
     */
    public static FileChannel open(Path file) throws IOException {
        try (Handle handle = Handle.of(file)) {
            if (!Found.of(handle).isFile()) {
                throw new NoSuchFileException(file.toString(), null, "it is not a plain file");
            }
            return FileChannel.open(handle.path(), StandardOpenOption.READ);
        }
    }
}
