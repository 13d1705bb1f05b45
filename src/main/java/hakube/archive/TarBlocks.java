package hakube.archive;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The headers of a member as they are written: POSIX pax, an extended header before the plain one where the plain one is too narrow
 * (what Python's {@code tarfile} does, which is what reads them).
 */
final class TarBlocks {

    static final int BLOCK = TarHeader.BLOCK;

    /** In octets; what ends an archive fills up its last record. */
    static final int RECORD = 20 * BLOCK;

    private static final int NAME = 100;
    private static final long LARGEST_SIZE = 0_77777777777L;
    private static final long LARGEST_ID = 0_7777777L;
    private static final int NANOS = 9;

    private TarBlocks() {}

    static byte[] of(TarEntry entry) {
        byte[] records = records(entry);
        if (records.length == 0) {
            return plain(entry);
        }
        int padded = records.length + padding(records.length);
        byte[] blocks = new byte[BLOCK + padded + BLOCK];
        TarEntry extended = TarEntry.made("././@PaxHeader", PaxRecords.FOR_NEXT, records.length, 0, Instant.EPOCH);
        System.arraycopy(plain(extended), 0, blocks, 0, BLOCK);
        System.arraycopy(records, 0, blocks, BLOCK, records.length);
        System.arraycopy(plain(entry), 0, blocks, BLOCK + padded, BLOCK);
        return blocks;
    }

    /** Octets that fill up the last block of a content. */
    static int padding(long length) {
        return (int) (-length & BLOCK - 1);
    }

    /** Length of the zeros that end an archive of so many octets. */
    static int ending(long written) {
        int end = 2 * BLOCK;
        return end + (int) (RECORD - (written + end) % RECORD) % RECORD;
    }

    private static byte[] records(TarEntry entry) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        if (!entry.name().isUtf8() || !entry.link().isUtf8()) {
            record(records, "hdrcharset", new RawName("BINARY"));
        }
        if (needsRecord(entry.name())) {
            record(records, "path", entry.name());
        }
        if (needsRecord(entry.link())) {
            record(records, "linkpath", entry.link());
        }
        if (entry.size() > LARGEST_SIZE) {
            record(records, "size", new RawName(Long.toString(entry.size())));
        }
        if (entry.uid() > LARGEST_ID) {
            record(records, "uid", new RawName(Long.toString(entry.uid())));
        }
        if (entry.gid() > LARGEST_ID) {
            record(records, "gid", new RawName(Long.toString(entry.gid())));
        }
        Instant time = entry.modified();
        if (time.getNano() != 0 || time.getEpochSecond() < 0 || time.getEpochSecond() > LARGEST_SIZE) {
            record(records, "mtime", new RawName(decimal(time)));
        }
        return records.toByteArray();
    }

    private static boolean needsRecord(RawName name) {
        return name.octets().length() > NAME || !name.isAscii();
    }

    private static String decimal(Instant time) {
        BigDecimal seconds = BigDecimal.valueOf(time.getEpochSecond()).add(BigDecimal.valueOf(time.getNano(), NANOS));
        return seconds.stripTrailingZeros().toPlainString();
    }

    /** Its length comes first, and counts the digits of itself. */
    private static void record(ByteArrayOutputStream records, String key, RawName value) {
        int rest = " =\n".length() + key.length() + value.octets().length();
        int length = rest;
        while (length != rest + Integer.toString(length).length()) {
            length = rest + Integer.toString(length).length();
        }
        records.writeBytes((length + " " + key + "=").getBytes(StandardCharsets.ISO_8859_1));
        records.writeBytes(value.bytes());
        records.write('\n');
    }

    private static byte[] plain(TarEntry entry) {
        byte[] block = new byte[BLOCK];
        text(block, 0, NAME, entry.name());
        octal(block, 100, 8, entry.mode());
        octal(block, 108, 8, narrow(entry.uid(), LARGEST_ID));
        octal(block, 116, 8, narrow(entry.gid(), LARGEST_ID));
        octal(block, 124, 12, narrow(entry.size(), LARGEST_SIZE));
        octal(block, 136, 12, narrow(Math.max(0, entry.modified().getEpochSecond()), LARGEST_SIZE));
        block[156] = (byte) entry.type();
        text(block, 157, NAME, entry.link());
        text(block, 257, 8, new RawName("ustar\00000"));
        octal(block, 329, 8, 0);
        octal(block, 337, 8, 0);
        checksum(block);
        return block;
    }

    /** What does not fit is told in the extended header alone. */
    private static long narrow(long value, long largest) {
        return value > largest ? 0 : value;
    }

    /** Where a name does not fit its start stands there, for readers that know no extended headers. */
    private static void text(byte[] block, int at, int length, RawName name) {
        String octets = name.octets();
        for (int i = 0; i < Math.min(length, octets.length()); i++) {
            char octet = octets.charAt(i);
            block[at + i] = (byte) (octet < 0x80 ? octet : '?');
        }
    }

    private static void octal(byte[] block, int at, int length, long value) {
        long rest = value;
        for (int i = at + length - 2; i >= at; i--) {
            block[i] = (byte) ('0' + (rest & 7));
            rest >>>= 3;
        }
    }

    private static void checksum(byte[] block) {
        int sum = 8 * ' ';
        for (byte octet : block) {
            sum += octet & 0xff;
        }
        octal(block, 148, 7, sum);
        block[155] = ' ';
    }
}
