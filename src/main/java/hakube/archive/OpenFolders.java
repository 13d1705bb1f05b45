package hakube.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The directories on the way to the member that is being unpacked, each of them known to be one and no link. What a directory is to
 * look like in the end it gets when the way leads out of it: so this needs memory for the depth of a tree, and not for its size.
 */
final class OpenFolders {

    /** @param wanted what it is to look like, empty when nobody said so */
    private record Folder(Path path, Optional<RawName> name, Optional<TarEntry> wanted) {}

    private final Ownership ownership;
    private final Deque<Folder> way = new ArrayDeque<>();

    OpenFolders(Path root, Ownership ownership) {
        this.ownership = ownership;
        way.addLast(new Folder(root, Optional.empty(), Optional.empty()));
    }

    void describeRoot(TarEntry member) throws IOException {
        leaveDownTo(1);
        Folder root = way.removeLast();
        way.addLast(new Folder(root.path(), root.name(), Optional.of(member)));
    }

    /** Makes these directories where they are absent, and these alone the way. @throws DamagedArchive it leads through a link */
    Path enter(List<RawName> segments) throws IOException {
        int common = common(segments);
        leaveDownTo(common + 1);
        for (RawName segment : segments.subList(common, segments.size())) {
            Path path = way.getLast().path().resolve(segment.path());
            push(path, segment, implied(path));
        }
        return way.getLast().path();
    }

    /** Makes a directory in the last of the way, or describes one that is there. */
    void make(Path place, RawName name, TarEntry member) throws IOException {
        Optional<Found> existing = find(place);
        if (existing.isPresent() && !existing.get().isDirectory()) {
            Files.delete(place);
        }
        if (existing.isPresent() && existing.get().isDirectory()) {
            Ownership.open(place);
        } else {
            Files.createDirectory(place, Ownership.modeOfOpen());
        }
        push(place, name, Optional.of(member));
    }

    /** @return where that is if it is there and no link leads there */
    Optional<Path> existing(MemberPath target) throws IOException {
        Path path = way.getFirst().path();
        for (RawName segment : target.parents()) {
            path = path.resolve(segment.path());
            if (find(path).filter(Found::isDirectory).isEmpty()) {
                return Optional.empty();
            }
        }
        Path last = path.resolve(target.last().path());
        return find(last).filter(found -> !found.isDirectory()).map(found -> last);
    }

    /** Gives all that are open what they are to look like. */
    void close() throws IOException {
        leaveDownTo(0);
    }

    private void push(Path path, RawName name, Optional<TarEntry> wanted) {
        way.addLast(new Folder(path, Optional.of(name), wanted));
    }

    /** One that no member has made yet has no wishes; one that was left gets again what it has. */
    private Optional<TarEntry> implied(Path path) throws IOException {
        Optional<Found> existing = find(path);
        if (existing.isEmpty()) {
            Files.createDirectory(path);
            return Optional.empty();
        }
        Found found = existing.get();
        if (!found.isDirectory()) {
            throw new DamagedArchive("its name leads through " + found.kind());
        }
        Ownership.open(path);
        return Optional.of(found.entry(RawName.of(path), TarEntry.DIRECTORY, 0, RawName.NONE));
    }

    private static Optional<Found> find(Path path) throws IOException {
        try {
            return Optional.of(Found.of(path));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    private int common(List<RawName> segments) {
        Iterator<Folder> open = way.iterator();
        open.next();
        int common = 0;
        while (open.hasNext()
                && common < segments.size()
                && open.next().name().orElseThrow().equals(segments.get(common))) {
            common++;
        }
        return common;
    }

    private void leaveDownTo(int depth) throws IOException {
        while (way.size() > depth) {
            Folder left = way.removeLast();
            if (left.wanted().isPresent()) {
                ownership.giveDirectory(left.path(), left.wanted().get());
            }
        }
    }
}
