package hakube.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A backup, open for reading, from whichever version of upstream it is. Parts are named without suffix, and found with and without
 * the {@code ./} of old files.
 */
public final class ArchiveReader implements Closeable {

    private final OuterTar tar;

    private ArchiveReader(OuterTar tar) {
        this.tar = tar;
    }

    /**
     * Opens a plain file; never waits for another process.
     *
     * @throws NotABackup it is a link, a pipe or a folder
     */
    public static ArchiveReader open(Path file) throws IOException, NotABackup {
        return new ArchiveReader(OuterTar.open(file));
    }

    /** Length of the whole file in octets. */
    public long size() {
        return tar.size();
    }

    /**
     * All members in their order; only headers are read.
     *
     * @throws NotABackup it is no tar or not whole
     */
    public List<TarMember> members() throws IOException, NotABackup {
        return tar.members();
    }

    /** The content of a small member. @throws NotABackup it is larger than {@code most} octets */
    public byte[] read(TarMember member, int most) throws IOException, NotABackup {
        return tar.read(member, most);
    }

    /** Whether there is such a part. */
    public boolean has(String part, boolean isCompressed) throws IOException, NotABackup {
        throw new UnsupportedOperationException("being built");
    }

    /**
     * Whether the password is the one of that part, as far as its beginning tells; without one, whether it begins as an unprotected
     * part does.
     *
     * @throws DamagedArchive there is no such part, or its beginning is damaged
     */
    public boolean opens(String part, boolean isCompressed, Optional<Password> password)
            throws IOException, NotABackup {
        throw new UnsupportedOperationException("being built");
    }

    /** {@link #unpack(String, boolean, Optional, Path, Limits, Consumer)} without limits. */
    public Unpacked unpack(
            String part, boolean isCompressed, Optional<Password> password, Path emptyTarget, Consumer<String> warnings)
            throws IOException, NotABackup {
        return unpack(part, isCompressed, password, emptyTarget, Limits.NONE, warnings);
    }

    /**
     * Unpacks a part, which is checked up to its end on the way. Where that fails some of it may lie in the target, and nothing
     * outside of it: whoever unpacks throws the folder away then.
     *
     * @param emptyTarget a folder, best on the file system where its content will be in the end
     * @param limits beyond which it is given up
     * @param warnings told, one sentence each, what could not be kept; names in them are fit for a log
     * @throws WrongPassword what it says
     * @throws DamagedArchive there is no such part, it is not whole, or a name in it leads out of the target
     */
    public Unpacked unpack(
            String part,
            boolean isCompressed,
            Optional<Password> password,
            Path emptyTarget,
            Limits limits,
            Consumer<String> warnings)
            throws IOException, NotABackup {
        throw new UnsupportedOperationException("being built");
    }

    /** Reads a part up to its end and writes nothing; fails as {@link #unpack} does but for what only the target can tell. */
    public void verify(String part, boolean isCompressed, Optional<Password> password) throws IOException, NotABackup {
        throw new UnsupportedOperationException("being built");
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
