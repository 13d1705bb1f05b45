package hakube.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/** A tar that is read from its begin to its end, once, with its members' contents where they are. */
final class TarInput {

    /** Of an extended header, in octets. */
    static final int LARGEST_HEADER = 1024 * 1024;

    private static final int PIECE = 128 * 1024;

    /** Files, links, devices, directories, pipes; all but those that have holes which only GNU tar knows of, and worse. */
    private static final String KNOWN = "01234567";

    private static final String MIDDLE = "it ends in the middle of a member";

    /** What is done with a member. */
    interface Use {
        void of(TarEntry member) throws IOException;
    }

    private final InputStream source;
    private final Limits limits;
    private final boolean isExact;
    private final byte[] header = new byte[TarHeader.BLOCK];
    private final byte[] piece = new byte[PIECE];
    private PaxRecords records = PaxRecords.NONE;
    private long read;
    private long members;
    private long content;
    private int padding;

    /** @param isExact whether nothing may follow behind the end */
    TarInput(InputStream source, boolean isExact, Limits limits) {
        this.isExact = isExact;
        this.source = source;
        this.limits = limits;
    }

    /**
     * Goes through all members to the end.
     *
     * @throws DamagedArchive it is not whole, or of a form that nobody makes backups in, or larger than it may be
     */
    void forEach(Use use) throws IOException {
        Optional<TarEntry> member = next();
        while (member.isPresent()) {
            try {
                use.of(member.get());
                passOver(null);
            } catch (DamagedArchive damage) {
                throw damage.in("member " + member.get().name().forLog());
            }
            member = next();
        }
        if (isExact) {
            requireEnd();
        }
    }

    private Optional<TarEntry> next() throws IOException {
        try {
            return nextMember();
        } catch (NotABackup damage) {
            throw new DamagedArchive(damage.getMessage(), damage);
        }
    }

    private Optional<TarEntry> nextMember() throws IOException, NotABackup {
        Optional<TarEntry> found = readHeader();
        while (found.isPresent() && PaxRecords.isExtension(found.get().type())) {
            records = records.with(found.get().type(), small(found.get().size()));
            found = readHeader();
        }
        if (found.isEmpty()) {
            requireSecondZero();
            return found;
        }
        if (++members > limits.mostMembers()) {
            throw new TooLarge("it has more than " + limits.mostMembers() + " members");
        }
        TarEntry member = records.applied(found.get());
        requireKnown(member);
        records = records.afterMember();
        content = TarHeader.hasContent(member.type()) ? member.size() : 0;
        padding = TarBlocks.padding(content);
        return Optional.of(member);
    }

    /** Writes what is left of the member's content. @return octets */
    long content(WritableByteChannel target) throws IOException {
        long length = content;
        passOver(target);
        return length;
    }

    /** Behind the end nothing but zeros is whole. */
    private void requireEnd() throws IOException {
        int length = source.read(piece, 0, PIECE);
        while (length >= 0) {
            count(length);
            for (int i = 0; i < length; i++) {
                if (piece[i] != 0) {
                    throw new DamagedArchive("something follows behind its end");
                }
            }
            length = source.read(piece, 0, PIECE);
        }
    }

    private static void requireKnown(TarEntry member) throws DamagedArchive {
        if (KNOWN.indexOf(member.type()) < 0) {
            throw new DamagedArchive("member " + member.name().forLog() + ": it is of an unknown kind");
        }
    }

    private Optional<TarEntry> readHeader() throws IOException, NotABackup {
        require(header, TarHeader.BLOCK, "it ends without the mark with which a tar ends");
        return TarHeader.of(header);
    }

    private void requireSecondZero() throws IOException {
        require(header, TarHeader.BLOCK, "it ends without the mark with which a tar ends");
        if (!TarHeader.isZero(header)) {
            throw new DamagedArchive("a block of zeros is in the middle of it");
        }
    }

    private byte[] small(long size) throws IOException {
        if (size > LARGEST_HEADER) {
            throw new DamagedArchive("an extended header in it has " + size + " octets");
        }
        byte[] small = new byte[(int) size];
        require(small, small.length, MIDDLE);
        require(piece, TarBlocks.padding(size), MIDDLE);
        return small;
    }

    private void passOver(WritableByteChannel target) throws IOException {
        while (content > 0) {
            int length = (int) Math.min(content, PIECE);
            require(piece, length, MIDDLE);
            content -= length;
            if (target != null) {
                write(target, length);
            }
        }
        require(piece, padding, MIDDLE);
        padding = 0;
    }

    private void write(WritableByteChannel target, int length) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(piece, 0, length);
        while (left.hasRemaining()) {
            target.write(left);
        }
    }

    private void require(byte[] target, int length, String otherwise) throws IOException {
        if (source.readNBytes(target, 0, length) < length) {
            throw new DamagedArchive(otherwise);
        }
        count(length);
    }

    private void count(int length) throws TooLarge {
        read += length;
        if (read > limits.mostOctets()) {
            throw new TooLarge("it has more than " + limits.mostOctets() + " octets");
        }
    }
}
