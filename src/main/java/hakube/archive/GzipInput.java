package hakube.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What gzip (RFC 1952) made smaller, checked up to its end: lengths, sums, and that nothing but zeros follows. Java's own stream takes
 * what is cut between members for whole.
 */
final class GzipInput extends InputStream {

    private static final int PIECE = 64 * 1024;

    private static final int HAS_SUM = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int UNKNOWN = 0xe0;

    private final InputStream source;
    private final boolean isChecked;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 sum = new CRC32();
    private final byte[] piece = new byte[PIECE];
    private int at;
    private int end;
    private boolean hasBegun;
    private boolean isOver;

    /**
     * @param isChecked false for what the first SecureTar encrypted: it put octets of its own between the compressed ones and their sum,
     *     so all that can be told is where the compressed ones end
     */
    GzipInput(InputStream source, boolean isChecked) {
        this.source = source;
        this.isChecked = isChecked;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!hasBegun) {
            hasBegun = true;
            readHeader(next());
        }
        while (!isOver) {
            int made = inflate(target, from, length);
            if (made > 0) {
                sum.update(target, from, made);
                return made;
            }
            if (inflater.finished()) {
                endMember();
            } else if (inflater.needsInput()) {
                if (!readPiece()) {
                    throw cut();
                }
                inflater.setInput(piece, at, end - at);
            } else {
                throw new DamagedArchive("its compressed data wants a dictionary");
            }
        }
        return -1;
    }

    private int inflate(byte[] target, int from, int length) throws DamagedArchive {
        try {
            return inflater.inflate(target, from, length);
        } catch (DataFormatException e) {
            throw new DamagedArchive("its compressed data is damaged", e);
        }
    }

    private void endMember() throws IOException {
        at = end - inflater.getRemaining();
        if (!isChecked) {
            isOver = true;
            return;
        }
        if (number() != sum.getValue()) {
            throw new DamagedArchive("its content has another sum than it says");
        }
        if (number() != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new DamagedArchive("its content has another length than it says");
        }
        beginNext();
    }

    /** There may be more than one, and zeros behind the last. */
    private void beginNext() throws IOException {
        int octet = nextOrEnd();
        while (octet == 0) {
            octet = nextOrEnd();
        }
        if (octet < 0) {
            isOver = true;
            return;
        }
        readHeader(octet);
        sum.reset();
        inflater.reset();
        inflater.setInput(piece, at, end - at);
    }

    private void readHeader(int first) throws IOException {
        if (first != 0x1f || next() != 0x8b || next() != 8) {
            throw new DamagedArchive("something that is not gzip is in it");
        }
        int flags = next();
        if ((flags & UNKNOWN) != 0) {
            throw new DamagedArchive("its header is of an unknown gzip");
        }
        skip(6);
        if ((flags & HAS_EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        if ((flags & HAS_NAME) != 0) {
            skipText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText();
        }
        if ((flags & HAS_SUM) != 0) {
            skip(2);
        }
        inflater.setInput(piece, at, end - at);
    }

    private void skip(int length) throws IOException {
        for (int i = 0; i < length; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        while (next() != 0) {
            // Whatever it is.
        }
    }

    private long number() throws IOException {
        return next() | next() << 8 | next() << 16 | (long) next() << 24;
    }

    private int next() throws IOException {
        int octet = nextOrEnd();
        if (octet < 0) {
            throw cut();
        }
        return octet;
    }

    private int nextOrEnd() throws IOException {
        if (at == end && !readPiece()) {
            return -1;
        }
        return piece[at++] & 0xff;
    }

    private static DamagedArchive cut() {
        return new DamagedArchive("it ends in the middle of its compressed data");
    }

    private boolean readPiece() throws IOException {
        at = 0;
        end = Math.max(0, source.read(piece, 0, PIECE));
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        source.close();
    }
}
