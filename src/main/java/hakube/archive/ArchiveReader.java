package hakube.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A backup, open for reading, from whichever version of upstream it is. Parts are named without suffix, and found with and without
 * the {@code ./} of old files. Only for one thread at a time.
 */
public final class ArchiveReader implements Closeable {

    private final OuterTar tar;
    private Optional<List<TarMember>> members = Optional.empty();

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
     * All members in their order; only headers are read, and once.
     *
     * @throws NotABackup it is no tar or not whole
     */
    public List<TarMember> members() throws IOException, NotABackup {
        if (members.isEmpty()) {
            members = Optional.of(List.copyOf(tar.members()));
        }
        return members.get();
    }

    /** The content of a small member. @throws NotABackup it is larger than {@code most} octets */
    public byte[] read(TarMember member, int most) throws IOException, NotABackup {
        return tar.read(member, most);
    }

    /** Whether there is such a part. */
    public boolean has(String part, boolean isCompressed) throws IOException, NotABackup {
        return find(part, isCompressed).isPresent();
    }

    /**
     * Whether the password is the one of that part, as far as its beginning tells; without one, whether it does not begin as an
     * encrypted part does. Takes some 50 ms and 16 MiB for a part of SecureTar's third version.
     *
     * @throws DamagedArchive there is no such part, or its beginning is damaged
     */
    public boolean opens(String part, boolean isCompressed, Optional<Password> password)
            throws IOException, NotABackup {
        try {
            open(part, isCompressed, password).close();
            return true;
        } catch (WrongPassword wrong) {
            return false;
        } catch (DamagedArchive damage) {
            throw of(part, damage);
        }
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
     * @param emptyTarget a folder, best on the file system where its content will be in the end; nobody else may write there meanwhile
     * @param limits beyond which it is given up
     * @param warnings told, one sentence each, what could not be kept; names in them are fit for a log
     * @throws WrongPassword what it says
     * @throws TooLarge it is beyond the limits
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
        requireEmpty(emptyTarget);
        try (PartInput input = open(part, isCompressed, password)) {
            return new Unpacker(emptyTarget, warnings).unpack(input.tar(limits));
        } catch (DamagedArchive damage) {
            throw of(part, damage);
        }
    }

    /** Reads a part up to its end and writes nothing; fails as {@link #unpack} does but for what only the target can tell. */
    public void verify(String part, boolean isCompressed, Optional<Password> password) throws IOException, NotABackup {
        try (PartInput input = open(part, isCompressed, password)) {
            input.tar(Limits.NONE).forEach(member -> MemberPath.of(member.name()));
        } catch (DamagedArchive damage) {
            throw of(part, damage);
        }
    }

    private PartInput open(String part, boolean isCompressed, Optional<Password> password)
            throws IOException, NotABackup {
        for (TarMember member : members()) {
            MemberPath.of(RawName.ofText(member.name()));
        }
        TarMember member = find(part, isCompressed).orElseThrow(() -> new DamagedArchive("it is not in the backup"));
        return PartInput.open(tar, member, isCompressed, password);
    }

    /** Of members of one name the last one counts. */
    private Optional<TarMember> find(String part, boolean isCompressed) throws IOException, NotABackup {
        String name = part + (isCompressed ? ".tar.gz" : ".tar");
        return members().reversed().stream()
                .filter(member -> member.isFile()
                        && (member.name().equals(name) || member.name().equals("./" + name)))
                .findFirst();
    }

    private static void requireEmpty(Path target) throws IOException {
        try (Stream<Path> content = Files.list(target)) {
            if (content.findAny().isPresent()) {
                throw new DirectoryNotEmptyException(target.toString());
            }
        }
    }

    private static DamagedArchive of(String part, DamagedArchive damage) {
        return damage.in("part " + ForLog.of(part));
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
