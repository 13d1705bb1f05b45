package hakube.backups;

import hakube.api.ApiFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * The content of the first part of a multipart body (RFC 2046), whatever its name and its headers are, as it comes: it takes some
 * 64 KiB of memory however long the body is. What follows the part is left unread.
 *
 * <p>What breaks the form ends the request: {@link ApiFailure.BadRequest}. That the body is at its end before the boundary comes is
 * such a fault, too: the part may be cut.
 */
final class FirstPart extends InputStream {

    /** Of the boundary, in characters (RFC 2046, 5.1.1). */
    private static final int LONGEST_BOUNDARY = 70;

    /** Before the first boundary, and of the headers of the part, in octets each. */
    private static final int MOST_AROUND = 64 * 1024;

    private static final int BUFFER = 64 * 1024;
    private static final byte[] LINE_END = {'\r', '\n'};

    private final InputStream body;
    private final Needle delimiter;
    private final byte[] buffer;

    /** What is read and not yet given out. */
    private int from;

    private int to;

    /** Up to here no delimiter begins; there is one exactly here if {@link #isFound}. */
    private int safe;

    private boolean isFound;

    private FirstPart(InputStream body, byte[] delimiter) {
        this.body = body;
        this.delimiter = new Needle(delimiter);
        this.buffer = new byte[BUFFER + delimiter.length];
        // The first boundary may stand at the very beginning, where no line ends.
        System.arraycopy(LINE_END, 0, buffer, 0, LINE_END.length);
        this.to = LINE_END.length;
    }

    /**
     * Reads up to where the content begins.
     *
     * @throws ApiFailure.BadRequest there is no part, or it is itself of parts
     */
    static FirstPart of(InputStream body, String boundary) throws IOException {
        if (boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY) {
            throw malformed();
        }
        FirstPart part = new FirstPart(body, ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1));
        part.skipPreamble();
        part.skipHeaders();
        return part;
    }

    /** What is said of all that is no multipart body (upstream {@code supervisor/api/backups.py}, {@code upload}). */
    static ApiFailure malformed() {
        return new ApiFailure.BadRequest("Improperly formatted upload, could not read backup");
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (from == safe && !isFound) {
            fill();
        }
        if (from == safe) {
            return length == 0 ? 0 : -1;
        }
        int count = Math.min(length, safe - from);
        System.arraycopy(buffer, from, into, offset, count);
        from += count;
        return count;
    }

    private void skipPreamble() throws IOException {
        int skipped = 0;
        search();
        while (!isFound) {
            skipped += safe - from;
            requireFew(skipped);
            from = safe;
            fill();
        }
        from = safe + delimiter.length();
        isFound = false;
        String rest = line();
        if (!rest.isBlank()) {
            // Two hyphens: the end, before there was any part.
            throw malformed();
        }
    }

    private void skipHeaders() throws IOException {
        int read = 0;
        String header = line();
        while (!header.isEmpty()) {
            read += header.length() + LINE_END.length;
            requireFew(read);
            if (header.toLowerCase(Locale.ROOT).matches("content-type:\\s*multipart/.*")) {
                throw malformed();
            }
            header = line();
        }
        search();
    }

    /** The next line, without its end. */
    private String line() throws IOException {
        int end = from;
        while (true) {
            for (; end + 1 < to; end++) {
                if (buffer[end] == '\r' && buffer[end + 1] == '\n') {
                    String line = new String(buffer, from, end - from, StandardCharsets.ISO_8859_1);
                    from = end + LINE_END.length;
                    safe = from;
                    return line;
                }
            }
            end -= from;
            more();
            end += from;
        }
    }

    private void fill() throws IOException {
        more();
        search();
    }

    private void search() {
        int found = delimiter.in(buffer, safe, to);
        isFound = found >= 0;
        safe = isFound ? found : Math.max(safe, to - delimiter.length() + 1);
    }

    /** Reads on; what was given out makes room. */
    private void more() throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            safe -= from;
            from = 0;
        }
        if (to == buffer.length) {
            // A line without an end.
            throw malformed();
        }
        int read = body.read(buffer, to, buffer.length - to);
        if (read < 0) {
            throw new ApiFailure.BadRequest("Improperly formatted upload, it ended in the middle of the backup");
        }
        to += read;
    }

    private static void requireFew(int octets) {
        if (octets > MOST_AROUND) {
            throw malformed();
        }
    }

    /** What is looked for, with how far to go on where it is not (Horspool). */
    private record Needle(byte[] octets, int[] steps) {

        Needle(byte[] octets) {
            this(octets, new int[256]);
            Arrays.fill(steps, octets.length);
            for (int i = 0; i < octets.length - 1; i++) {
                steps[octets[i] & 0xff] = octets.length - 1 - i;
            }
        }

        int length() {
            return octets.length;
        }

        /** Where it begins first, -1 for nowhere. */
        int in(byte[] hay, int from, int to) {
            int last = octets.length - 1;
            int at = from;
            while (at + last < to) {
                int end = hay[at + last] & 0xff;
                if (hay[at + last] == octets[last] && Arrays.equals(hay, at, at + last, octets, 0, last)) {
                    return at;
                }
                at += steps[end];
            }
            return -1;
        }
    }
}
