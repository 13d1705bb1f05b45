package hakube.archive;

import java.io.IOException;
import java.nio.file.Path;

/** One part of a new backup while it is written: a tar of its own. Names have no leading slash; only for the thread that has it. */
public final class PartWriter {

    PartWriter() {}

    /** A directory with no origin, mode 0755, such as {@code .} or {@code data}. */
    public void directory(String name) throws IOException {
        throw new UnsupportedOperationException("being built");
    }

    /**
     * A file with no origin.
     *
     * @param mode such as 0600
     */
    public void file(String name, byte[] content, int mode) throws IOException {
        throw new UnsupportedOperationException("being built");
    }

    /**
     * A directory and all in it, as they are found: modes, owners, times with their fraction, symbolic links as links, further hard
     * links to one file of this part as links to the first. The folder itself becomes a member named {@code prefix}.
     *
     * <p>Others may go on writing meanwhile. A file has the length that it had when it was opened: what is added later is left out,
     * and where it becomes shorter zeros stand for the rest, with a warning. What has vanished, sockets, pipes and devices are left
     * out with a warning.
     *
     * @param prefix name of the folder itself; {@code .} puts what is in it at the root, as {@code x} and not {@code ./x}
     * @throws IOException a file or directory must not be read, or reading or writing fails
     */
    public void tree(Path folder, String prefix, TreeFilter filter) throws IOException {
        throw new UnsupportedOperationException("being built");
    }
}
