package hakube.relay;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Collects a head and what follows it, so that both leave in one piece. It refuses what would end a line early: with it no header can
 * be slipped in, whoever gave the value.
 */
final class HeadWriter {

    private static final int USUAL = 1024;

    private byte[] bytes;
    private int length;

    HeadWriter() {
        this(new byte[USUAL]);
    }

    /** Begins in that array, and leaves it only when it is too small. */
    HeadWriter(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException for a character that a first line cannot have */
    HeadWriter first(String line) {
        check(line);
        return text(line).end();
    }

    /** @throws IllegalArgumentException for a name that is no token, and a value with control characters */
    HeadWriter field(String name, String value) {
        if (!Tokens.isToken(name)) {
            throw new IllegalArgumentException("no name of a header");
        }
        check(value);
        return text(name).text(": ").text(value).end();
    }

    HeadWriter field(Field field) {
        return field(field.name(), field.value());
    }

    /** The empty line; or the end of any other. */
    HeadWriter end() {
        room(2);
        bytes[length++] = '\r';
        bytes[length++] = '\n';
        return this;
    }

    HeadWriter octets(byte[] from, int offset, int count) {
        room(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
        return this;
    }

    /** What was collected; valid in the first {@link #length} octets. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Makes room behind what there is, and tells where it begins. */
    int reserve(int count) {
        room(count);
        return length;
    }

    /** So many octets were put where {@link #reserve} said. */
    void filled(int count) {
        length += count;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private HeadWriter text(String text) {
        int count = text.length();
        room(count);
        for (int i = 0; i < count; i++) {
            bytes[length + i] = (byte) text.charAt(i);
        }
        length += count;
        return this;
    }

    private static void check(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7f || c > 0xff) {
                throw new IllegalArgumentException("a character that a head cannot have");
            }
        }
    }

    private void room(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
