package hakube.archive;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A header block of a tar, as POSIX ustar and GNU tar write it.
 *
 * @param type the type flag; {@code '0'} for the oldest kind of file, too
 * @param size of what follows, in octets
 */
record TarHeader(String name, char type, long size) {

    static final int BLOCK = 512;

    private static final int NAME = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE = 12;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM = 8;
    private static final int TYPE_AT = 156;
    private static final int MAGIC_AT = 257;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX = 155;

    /** Types that are known and have no content, whatever their size says. */
    private static final String WITHOUT_CONTENT = "123456";

    /** @return empty for a block of zeros, with which an archive ends */
    static Optional<TarHeader> of(byte[] block) throws NotABackup {
        if (isZero(block)) {
            return Optional.empty();
        }
        requireChecksum(block);
        String name = text(block, 0, NAME);
        String prefix = isPosix(block) ? text(block, PREFIX_AT, PREFIX) : "";
        char type = (char) block[TYPE_AT];
        if (type == 0) {
            type = name.endsWith("/") ? '5' : '0';
        }
        long size = number(block, SIZE_AT, SIZE);
        return Optional.of(new TarHeader(prefix.isEmpty() ? name : prefix + "/" + name, type, size));
    }

    /** Whether the archive goes on only behind so many octets as {@link #size} says. */
    boolean hasContent() {
        return WITHOUT_CONTENT.indexOf(type) < 0;
    }

    private static boolean isZero(byte[] block) {
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
        return text(block, MAGIC_AT, 6).equals("ustar");
    }

    private static String text(byte[] block, int at, int length) {
        int end = at;
        while (end < at + length && block[end] != 0) {
            end++;
        }
        return new String(block, at, end - at, StandardCharsets.UTF_8);
    }

    /** Octal digits, or, with the first bit set, big-endian octets (GNU tar, for 8 GiB and more). */
    private static long number(byte[] block, int at, int length) throws NotABackup {
        if ((block[at] & 0x80) == 0) {
            return octal(text(block, at, length).strip());
        }
        long value = block[at] & 0x7f;
        for (int i = at + 1; i < at + length; i++) {
            if (value > Long.MAX_VALUE >> 8) {
                throw new NotABackup("a header in it names an impossible number");
            }
            value = value << 8 | block[i] & 0xff;
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
}
