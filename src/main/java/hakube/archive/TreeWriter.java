package hakube.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Puts trees into a part ({@link PartWriter#tree}). Everything is held before it is looked at, so that it cannot be exchanged. */
final class TreeWriter {

    /** Levels below the folder; what is deeper can hardly be named. */
    private static final int DEEPEST = 500;

    /** The first name of a file that has others, and how many of them may still come. */
    private record FirstName(RawName name, int left) {}

    private final PartWriter part;
    private final Consumer<String> warnings;
    private final Map<Found.Identity, FirstName> names = new HashMap<>();

    TreeWriter(PartWriter part, Consumer<String> warnings) {
        this.part = part;
        this.warnings = warnings;
    }

    void write(Path folder, RawName prefix, TreeFilter filter) throws IOException {
        try (Handle handle = Handle.of(folder.toRealPath())) {
            Found found = Found.of(handle);
            if (!found.isDirectory()) {
                throw new NotDirectoryException(folder.toString());
            }
            directory(handle, found, prefix, folder, Optional.empty(), filter);
        } catch (FileSystemException e) {
            throw named(folder, e);
        }
    }

    /** @param relative to the root of the tree, empty for itself */
    private void directory(
            Handle handle, Found found, RawName name, Path shown, Optional<Path> relative, TreeFilter filter)
            throws IOException {
        if (relative.isPresent() && relative.get().getNameCount() > DEEPEST) {
            throw new FileSystemException(
                    RawName.of(shown).forLog(), null, "it is more than " + DEEPEST + " directories deep");
        }
        part.begin(found.entry(name, TarEntry.DIRECTORY, 0, RawName.NONE));
        try (DirectoryStream<Path> content = Files.newDirectoryStream(handle.path())) {
            for (Path member : content) {
                Path last = member.getFileName();
                Path below = relative.map(path -> path.resolve(last)).orElse(last);
                member(member, name.resolve(RawName.of(last)), shown.resolve(last), below, filter);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** @param shown its place for people, where {@code member} is one by a handle */
    private void member(Path member, RawName name, Path shown, Path relative, TreeFilter filter) throws IOException {
        try (Handle handle = Handle.of(member)) {
            Found found = Found.of(handle);
            if (!filter.takes(relative, found.isDirectory())) {
                return;
            }
            if (found.isDirectory()) {
                directory(handle, found, name, shown, Optional.of(relative), filter);
            } else if (found.isLink()) {
                link(member, found, name);
            } else if (found.isFile()) {
                file(handle, found, name, shown);
            } else {
                warn(shown, "is " + found.kind() + " and left out");
            }
        } catch (NoSuchFileException | NotLinkException gone) {
            warn(shown, "has vanished and is left out");
        } catch (FileSystemException e) {
            throw named(shown, e);
        }
    }

    private void link(Path member, Found found, RawName name) throws IOException {
        part.begin(found.entry(name, TarEntry.SYMBOLIC_LINK, 0, RawName.of(Files.readSymbolicLink(member))));
    }

    private void file(Handle handle, Found found, RawName name, Path shown) throws IOException {
        Optional<RawName> first = earlierNameOf(found);
        if (first.isPresent()) {
            part.begin(found.entry(name, TarEntry.HARD_LINK, 0, first.get()));
            return;
        }
        try (FileChannel content = FileChannel.open(handle.path(), StandardOpenOption.READ)) {
            remember(found.identity(), name, found.links() - 1);
            long size = content.size();
            part.begin(found.entry(name, TarEntry.FILE, size, RawName.NONE));
            long read = part.pipe().transfer(new Named(content, shown), size);
            if (read < size) {
                warn(shown, "became shorter while it was read: zeros stand for its last " + (size - read) + " octets");
                part.pipe().fill(size - read);
            }
            part.endOf(size);
        }
    }

    private Optional<RawName> earlierNameOf(Found found) {
        Optional<FirstName> first =
                found.links() < 2 ? Optional.empty() : Optional.ofNullable(names.remove(found.identity()));
        first.ifPresent(known -> remember(found.identity(), known.name(), known.left() - 1));
        return first.map(FirstName::name);
    }

    private void remember(Found.Identity identity, RawName name, int left) {
        if (left > 0) {
            names.put(identity, new FirstName(name, left));
        }
    }

    private void warn(Path shown, String what) {
        warnings.accept(RawName.of(shown).forLog() + " " + what);
    }

    /** A failure to read it has its name, so that it is not taken for one of the file that is written, which has none. */
    private record Named(ReadableByteChannel content, Path shown) implements ReadableByteChannel {

        @Override
        public int read(ByteBuffer target) throws IOException {
            try {
                return content.read(target);
            } catch (IOException failure) {
                FileSystemException named =
                        new FileSystemException(RawName.of(shown).forLog(), null, failure.getMessage());
                named.initCause(failure);
                throw named;
            }
        }

        @Override
        public boolean isOpen() {
            return content.isOpen();
        }

        @Override
        public void close() throws IOException {
            content.close();
        }
    }

    /** The path by a handle says nothing to anyone. */
    private static FileSystemException named(Path shown, FileSystemException failure) {
        if (!String.valueOf(failure.getFile()).startsWith(Handle.FOLDER)) {
            return failure;
        }
        String reason = failure.getReason() == null ? failure.getClass().getSimpleName() : failure.getReason();
        FileSystemException named = new FileSystemException(RawName.of(shown).forLog(), null, reason);
        named.initCause(failure);
        return named;
    }
}
