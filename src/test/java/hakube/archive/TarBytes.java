package hakube.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes tar archives, wrong ones as well. */
public final class TarBytes {

    /** What a backup says of itself at least; {@code %s} is the slug. */
    public static final String METADATA =
            "{\"slug\": \"%s\", \"name\": \"n\", \"date\": \"2026-01-02T03:04:05+00:00\", \"type\": \"full\"}";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A backup without any part. */
    public static byte[] backup(String slug) {
        return new TarBytes().file("./backup.json", METADATA.formatted(slug)).end();
    }

    public TarBytes file(String name, String content) {
        return member(name, '0', content);
    }

    public TarBytes member(String name, char type, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return header(name, type, Long.toOctalString(bytes.length)).content(bytes);
    }

    /** @param size as it stands there */
    public TarBytes header(String name, char type, String size) {
        return header(name, type, size.getBytes(StandardCharsets.UTF_8));
    }

    public TarBytes header(String name, char type, byte[] size) {
        byte[] block = new byte[TarHeader.BLOCK];
        put(block, 0, name.getBytes(StandardCharsets.UTF_8));
        put(block, 124, size);
        block[156] = (byte) type;
        put(block, 257, "ustar\00000".getBytes(StandardCharsets.UTF_8));
        put(block, 148, "        ".getBytes(StandardCharsets.UTF_8));
        int sum = 0;
        for (byte octet : block) {
            sum += octet & 0xff;
        }
        put(block, 148, "%06o\0 ".formatted(sum).getBytes(StandardCharsets.UTF_8));
        out.writeBytes(block);
        return this;
    }

    public TarBytes content(byte[] bytes) {
        out.writeBytes(bytes);
        out.writeBytes(new byte[(TarHeader.BLOCK - bytes.length % TarHeader.BLOCK) % TarHeader.BLOCK]);
        return this;
    }

    /** With the blocks that end an archive. */
    public byte[] end() {
        return Arrays.copyOf(cut(), out.size() + 2 * TarHeader.BLOCK);
    }

    /** Just what was written. */
    public byte[] cut() {
        return out.toByteArray();
    }

    private static void put(byte[] block, int at, byte[] bytes) {
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }
}
