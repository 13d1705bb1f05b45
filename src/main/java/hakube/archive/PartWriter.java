package hakube.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** One part of a new backup while it is written: a tar of its own. Names have no leading slash; only for the thread that has it. */
public final class PartWriter {

    private static final int MODE_OF_DIRECTORIES = 0755;

    private final BlockPipe pipe;
    private final TreeWriter trees;
    private long written;

    PartWriter(BlockPipe pipe, Consumer<String> warnings) {
        this.pipe = pipe;
        this.trees = new TreeWriter(this, warnings);
    }

    /** A directory with no origin, mode 0755, such as {@code .} or {@code data}. */
    public void directory(String name) throws IOException {
        begin(TarEntry.made(name, TarEntry.DIRECTORY, 0, MODE_OF_DIRECTORIES));
    }

    /**
     * A file with no origin.
     *
     * @param mode such as 0600
     */
    public void file(String name, byte[] content, int mode) throws IOException {
        begin(TarEntry.made(name, TarEntry.FILE, content.length, mode));
        pipe.write(content, 0, content.length);
        endOf(content.length);
    }

    /**
     * A directory and all in it, as they are found: modes, owners, times with their fraction, symbolic links as links, further hard
     * links to one file of this part as links to the first. The folder itself becomes a member named {@code prefix}.
     *
     * <p>Others may go on writing meanwhile. A file has the length that it had when it was opened: what is added later is left out,
     * and where it becomes shorter zeros stand for the rest, with a warning. What has vanished, sockets, pipes and devices are left
     * out with a warning. Nothing outside of the folder is read, whatever is exchanged for a link meanwhile.
     *
     * @param prefix name of the folder itself; {@code .} puts what is in it at the root, as {@code x} and not {@code ./x}
     * @throws IOException a file or directory must not be read, or reading or writing fails
     */
    public void tree(Path folder, String prefix, TreeFilter filter) throws IOException {
        trees.write(folder, RawName.ofText(prefix), filter);
    }

    /** Writes the headers of a member; its content comes next. */
    void begin(TarEntry entry) throws IOException {
        byte[] blocks = TarBlocks.of(entry);
        pipe.write(blocks, 0, blocks.length);
        written += blocks.length;
    }

    BlockPipe pipe() {
        return pipe;
    }

    /** Fills up the last block of a content. */
    void endOf(long length) throws IOException {
        int padding = TarBlocks.padding(length);
        pipe.fill(padding);
        written += length + padding;
    }

    /** Ends the tar. @return its octets */
    long end() throws IOException {
        int ending = TarBlocks.ending(written);
        pipe.fill(ending);
        return written + ending;
    }
}
