package hakube.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts the members of a tar into a folder which nobody else writes to, by the rules of Python's {@code tar} filter, with which upstream
 * unpacks: a name may begin with slashes, but not lead out of the folder; modes lose what is beyond 0755. Stricter than those, nothing
 * is written through a link, and neither devices nor pipes are made.
 */
final class Unpacker {

    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final OpenFolders folders;
    private final Ownership ownership;
    private final Consumer<String> warnings;
    private long members;
    private long octets;

    Unpacker(Path target, Consumer<String> warnings) throws IOException {
        Path real = target.toRealPath();
        this.ownership = Ownership.in(real, warnings);
        this.folders = new OpenFolders(real, ownership);
        this.warnings = warnings;
    }

    Unpacked unpack(TarInput tar) throws IOException {
        tar.forEach(member -> put(member, tar));
        folders.close();
        return new Unpacked(members, octets, ownership.isKept());
    }

    private void put(TarEntry member, TarInput tar) throws IOException {
        members++;
        MemberPath name = MemberPath.of(member.name());
        if (name.isRoot()) {
            if (member.type() != TarEntry.DIRECTORY) {
                throw new DamagedArchive("it would take the place of the folder itself");
            }
            folders.describeRoot(member);
            return;
        }
        Path folder = folders.enter(name.parents());
        Path place = folder.resolve(name.last().path());
        switch (member.type()) {
            case TarEntry.DIRECTORY -> folders.make(place, name.last(), member);
            case TarEntry.FILE, TarEntry.CONTIGUOUS_FILE -> file(place, member, tar);
            case TarEntry.SYMBOLIC_LINK -> link(place, member);
            case TarEntry.HARD_LINK -> hardLink(place, member);
            default -> warnings.accept(member.name().forLog() + " is a device or a pipe and left out");
        }
    }

    private void file(Path place, TarEntry member, TarInput tar) throws IOException {
        try (WritableByteChannel content = create(place, member)) {
            octets += tar.content(content);
        }
        ownership.give(place, member);
    }

    private FileChannel create(Path place, TarEntry member) throws IOException {
        try {
            return FileChannel.open(place, NEW, ownership.modeOf(member));
        } catch (FileAlreadyExistsException earlier) {
            remove(place);
            return FileChannel.open(place, NEW, ownership.modeOf(member));
        }
    }

    private void link(Path place, TarEntry member) throws IOException {
        String octets = member.link().octets();
        if (octets.isEmpty() || octets.length() > MemberPath.LONGEST || octets.indexOf('\0') >= 0) {
            throw new DamagedArchive("it is a link to nothing that could be named");
        }
        remove(place);
        Files.createSymbolicLink(place, member.link().path());
        ownership.giveLink(place, member);
    }

    /** To what is there already, which came out of this archive: the folder was empty. */
    private void hardLink(Path place, TarEntry member) throws IOException {
        MemberPath target = MemberPath.of(member.link());
        Optional<Path> existing = target.isRoot() ? Optional.empty() : folders.existing(target);
        if (existing.isEmpty()) {
            throw new DamagedArchive("it is a link to " + member.link().forLog() + ", which is no file before it");
        }
        if (existing.get().equals(place)) {
            return;
        }
        remove(place);
        Files.createLink(place, existing.get());
    }

    /** Of members of one name the last one counts. */
    private static void remove(Path place) throws IOException {
        try {
            Files.delete(place);
        } catch (NoSuchFileException usual) {
            // It is the first of its name.
        } catch (DirectoryNotEmptyException e) {
            throw new DamagedArchive("it would take the place of a directory with content", e);
        }
    }
}
