package hakube.archive;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tar around the parts of a backup, open for reading. Only headers are read, contents are stepped over. Whatever the file claims,
 * it takes no more memory than {@link #MOST_HEADERS} members with names of {@link #MOST_NAMES} characters and one extended header of
 * {@link #LARGEST_HEADER}.
 */
final class OuterTar implements Closeable {

    /** With their extended ones; a backup has one member for each app and folder. */
    static final int MOST_HEADERS = 10_000;

    /** Of all members together, in characters: an extended header can give each of them a name that fills it. */
    static final int MOST_NAMES = 1 << 20;

    /** In octets. */
    static final int LARGEST_HEADER = 64 * 1024;

    private final FileChannel channel;
    private final long size;

    private OuterTar(FileChannel channel, long size) {
        this.channel = channel;
        this.size = size;
    }

    /** Opens a plain file; a link or a pipe in the folder is none, and is not waited for. */
    static OuterTar open(Path file) throws IOException, NotABackup {
        FileChannel channel = PlainFile.find(file).orElseThrow(() -> new NotABackup("it is not a plain file"));
        return new OuterTar(channel, channel.size());
    }

    /** Length of the whole file in octets. */
    long size() {
        return size;
    }

    /**
     * All members in their order.
     *
     * @throws NotABackup it is no tar, a header is damaged, a member ends behind the end of the file, the mark at the end is missing,
     *     there are too many members or their names are too long
     */
    List<TarMember> members() throws IOException, NotABackup {
        List<TarMember> members = new ArrayList<>();
        PaxRecords records = PaxRecords.NONE;
        long position = 0;
        int headers = 0;
        int names = 0;
        Optional<TarEntry> header = header(position);
        while (header.isPresent()) {
            requireFew(++headers);
            boolean isExtension = PaxRecords.isExtension(header.get().type());
            TarEntry found = isExtension ? header.get() : records.applied(header.get());
            long content = position + TarHeader.BLOCK;
            long occupied = TarHeader.hasContent(found.type()) ? found.size() : 0;
            if (occupied > size - content) {
                throw new NotABackup("it ends in the middle of a member");
            }
            if (isExtension) {
                records = records.with(found.type(), read(content, occupied, LARGEST_HEADER));
            } else {
                requireWhole(found);
                String name = name(found);
                names += name.length();
                requireShort(names);
                members.add(new TarMember(name, isFile(found.type()), content, occupied));
                records = records.afterMember();
            }
            position = content + occupied + TarBlocks.padding(occupied);
            header = header(position);
        }
        return members;
    }

    /** The content of a small member. @throws NotABackup it is larger than {@code most} octets */
    byte[] read(TarMember member, int most) throws IOException, NotABackup {
        return read(member.offset(), member.size(), most);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** @return empty for the mark at the end: an archive without it may have lost any number of members */
    private Optional<TarEntry> header(long position) throws IOException, NotABackup {
        if (size - position < TarHeader.BLOCK) {
            throw new NotABackup(
                    position == 0 ? "it is no tar: it is too short" : "it ends without the mark with which a tar ends");
        }
        return TarHeader.of(read(position, TarHeader.BLOCK, TarHeader.BLOCK));
    }

    /** Writers differ in whether a directory's name ends with a slash. */
    private static String name(TarEntry found) {
        String written = found.name().text();
        return found.type() == TarEntry.DIRECTORY ? written.replaceFirst("/+$", "") : written;
    }

    /** The old form of GNU tar has more blocks of headers behind the first, and the content is none that could be read as it is. */
    private static void requireWhole(TarEntry found) throws NotABackup {
        if (found.type() == TarEntry.SPARSE) {
            throw new NotABackup("a file in it was stored without its holes");
        }
    }

    private static boolean isFile(char type) {
        return type == TarEntry.FILE || type == TarEntry.CONTIGUOUS_FILE;
    }

    private static void requireFew(int headers) throws NotABackup {
        if (headers > MOST_HEADERS) {
            throw new NotABackup("it has more than " + MOST_HEADERS + " headers");
        }
    }

    private static void requireShort(int names) throws NotABackup {
        if (names > MOST_NAMES) {
            throw new NotABackup("the names in it have more than " + MOST_NAMES + " characters");
        }
    }

    private byte[] read(long position, long length, int most) throws IOException, NotABackup {
        if (length > most) {
            throw new NotABackup("what should be small in it has " + length + " octets");
        }
        ByteBuffer buffer = ByteBuffer.allocate((int) length);
        while (buffer.hasRemaining()) {
            if (read(buffer, position + buffer.position()) < 0) {
                throw new EOFException("it became shorter while it was read");
            }
        }
        return buffer.array();
    }

    /** @return how many octets it was, -1 at the end of the file */
    int read(ByteBuffer target, long position) throws IOException {
        return channel.read(target, position);
    }
}
