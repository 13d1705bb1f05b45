package hakube.archive;

import java.time.Instant;
import java.util.Optional;

/** Reads a header block of a tar, as POSIX ustar and GNU tar write it. */
final class TarHeader {

    static final int BLOCK = 512;

    private static final int NAME = 100;
    private static final int ID = 8;
    private static final int SIZE = 12;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM = 8;
    private static final int TYPE_AT = 156;
    private static final int LINK_AT = 157;
    private static final int MAGIC_AT = 257;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX = 155;

    /** Types that are known and have no content, whatever their size says. */
    private static final String WITHOUT_CONTENT = "123456";

    /** So that neither a sum of two overflows nor a time is one that Java lacks. */
    private static final long MOST = 1L << 53;

    private TarHeader() {}

    /** @return empty for a block of zeros, with which an archive ends */
    static Optional<TarEntry> of(byte[] block) throws NotABackup {
        if (isZero(block)) {
            return Optional.empty();
        }
        requireChecksum(block);
        RawName name = text(block, 0, NAME);
        RawName prefix = isPosix(block) ? text(block, PREFIX_AT, PREFIX) : RawName.NONE;
        char type = (char) (block[TYPE_AT] & 0xff);
        if (type == 0) {
            type = name.octets().endsWith("/") ? TarEntry.DIRECTORY : TarEntry.FILE;
        }
        return Optional.of(new TarEntry(
                prefix.isEmpty() ? name : new RawName(prefix.octets() + "/" + name.octets()),
                type,
                count(block, 124, SIZE),
                (int) count(block, 100, ID),
                count(block, 108, ID),
                count(block, 116, ID),
                Instant.ofEpochSecond(number(block, 136, SIZE)),
                text(block, LINK_AT, NAME)));
    }

    /** Whether the archive goes on only behind so many octets as the size of such a member says. */
    static boolean hasContent(char type) {
        return WITHOUT_CONTENT.indexOf(type) < 0;
    }

    static boolean isZero(byte[] block) {
        for (byte octet : block) {
            if (octet != 0) {
                return false;
            }
        }
        return true;
    }

    /** Old writers took octets for signed numbers; both sums are good. */
    private static void requireChecksum(byte[] block) throws NotABackup {
        long unsigned = 0;
        long signed = 0;
        for (int i = 0; i < BLOCK; i++) {
            byte octet = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM ? (byte) ' ' : block[i];
            unsigned += octet & 0xff;
            signed += octet;
        }
        long told = number(block, CHECKSUM_AT, CHECKSUM);
        if (told != unsigned && told != signed) {
            throw new NotABackup("it is no tar, or a header in it is damaged");
        }
    }

    /** GNU tar puts times where POSIX has the prefix. */
    private static boolean isPosix(byte[] block) {
        return text(block, MAGIC_AT, 6).octets().equals("ustar");
    }

    private static RawName text(byte[] block, int at, int length) {
        int end = at;
        while (end < at + length && block[end] != 0) {
            end++;
        }
        return RawName.of(block, at, end - at);
    }

    private static long count(byte[] block, int at, int length) throws NotABackup {
        long count = number(block, at, length);
        if (count < 0) {
            throw impossible();
        }
        return count;
    }

    /** Octal digits, or, with the first bit set, a big-endian number (GNU tar, for 8 GiB and more and for times before 1970). */
    private static long number(byte[] block, int at, int length) throws NotABackup {
        if ((block[at] & 0x80) == 0) {
            return octal(text(block, at, length).octets().strip());
        }
        boolean isNegative = block[at] == (byte) 0xff;
        long value = isNegative ? -1 : block[at] & 0x7f;
        for (int i = at + 1; i < at + length; i++) {
            if (value > Long.MAX_VALUE >> 8 || value < Long.MIN_VALUE >> 8) {
                throw impossible();
            }
            value = value << 8 | block[i] & 0xff;
        }
        if (value > MOST || value < -MOST) {
            throw impossible();
        }
        return value;
    }

    private static long octal(String digits) throws NotABackup {
        try {
            return digits.isEmpty() ? 0 : Long.parseUnsignedLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new NotABackup("it is no tar, or a header in it is damaged", e);
        }
    }

    private static NotABackup impossible() {
        return new NotABackup("a header in it names an impossible number");
    }
}
