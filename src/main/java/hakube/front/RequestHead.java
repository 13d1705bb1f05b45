package hakube.front;

import hakube.relay.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The head of a plain request: {@code GET} or {@code HEAD} of HTTP/1.1, without a body, on a connection that stays, and nothing in it that any
 * two readers could read differently.
 *
 * @param path as it came
 * @param query as it came, without the question mark; empty for none
 * @param fields in their order
 */
public record RequestHead(String method, String path, String query, List<Field> fields) {

    /** Octets; far below what the server allows. */
    static final int LARGEST = 8 * 1024;

    private static final int MOST_FIELDS = 100;
    private static final int LINE_END = 2;
    private static final byte[] VERSION = " HTTP/1.1".getBytes(StandardCharsets.US_ASCII);

    /** Each says something about a body, or about what becomes of the connection. */
    private static final List<String> UNUSUAL =
            List.of("content-length", "transfer-encoding", "expect", "upgrade", "te", "trailer");

    private static final BitSet TOKEN = set("!#$%&'*+-.^_`|~");
    private static final BitSet PATH = set("/-._~!$&'()*+,=:@%");
    private static final BitSet QUERY = set("/?-._~!$&'()*+,;=:@%");
    private static final BitSet HOST = set(".-:");

    /**
     * Reads one.
     *
     * @param bytes what has come, from the beginning on
     * @param length octets of it
     * @return empty when it is anything else, or less, or more
     */
    static Optional<RequestHead> of(byte[] bytes, int length) {
        if (length > LARGEST) {
            return Optional.empty();
        }
        int lineEnd = end(bytes, 0, length);
        String method = method(bytes, lineEnd);
        if (method.isEmpty()) {
            return Optional.empty();
        }
        int pathBegin = method.length() + 1;
        int targetEnd = lineEnd - VERSION.length;
        int pathEnd = pathBegin;
        while (pathEnd < targetEnd && bytes[pathEnd] != '?') {
            pathEnd++;
        }
        int queryBegin = Math.min(pathEnd + 1, targetEnd);
        if (!isPlain(bytes, pathBegin, pathEnd, PATH) || !isPlain(bytes, queryBegin, targetEnd, QUERY)) {
            return Optional.empty();
        }
        String path = text(bytes, pathBegin, pathEnd);
        // What ways there are to say the same of a path is for the gate to know, and for the server.
        if (path.contains("/.") || path.contains("//")) {
            return Optional.empty();
        }
        List<Field> fields = fields(bytes, lineEnd + LINE_END, length);
        return fields.isEmpty()
                ? Optional.empty()
                : Optional.of(new RequestHead(method, path, text(bytes, queryBegin, targetEnd), fields));
    }

    /** Empty for every other, and for a line that does not end as it should. */
    private static String method(byte[] bytes, int lineEnd) {
        String method = begins(bytes, lineEnd, "GET /") ? "GET" : begins(bytes, lineEnd, "HEAD /") ? "HEAD" : "";
        int version = lineEnd - VERSION.length;
        return version > method.length() && Arrays.equals(bytes, version, lineEnd, VERSION, 0, VERSION.length)
                ? method
                : "";
    }

    private static boolean begins(byte[] bytes, int length, String text) {
        if (length < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Empty when they are not what they should be, or do not end where the octets do. */
    private static List<Field> fields(byte[] bytes, int from, int length) {
        List<Field> fields = new ArrayList<>();
        int hosts = 0;
        int at = from;
        for (int end = end(bytes, at, length); end > at; end = end(bytes, at, length)) {
            Field field = field(bytes, at, end);
            if (field == null || fields.size() == MOST_FIELDS) {
                return List.of();
            }
            if (field.is("host")) {
                hosts++;
            }
            fields.add(field);
            at = end + LINE_END;
        }
        boolean isWhole = at == length - LINE_END && bytes[at] == '\r' && bytes[at + 1] == '\n';
        return isWhole && hosts == 1 ? fields : List.of();
    }

    /** Null for one that is not plain. */
    private static Field field(byte[] bytes, int begin, int end) {
        int colon = begin;
        while (colon < end && TOKEN.get(bytes[colon] & 0xff)) {
            colon++;
        }
        if (colon == begin || colon == end || bytes[colon] != ':') {
            return null;
        }
        int from = colon + 1;
        int to = end;
        while (from < to && isBlank(bytes[from])) {
            from++;
        }
        while (from < to && isBlank(bytes[to - 1])) {
            to--;
        }
        for (int i = from; i < to; i++) {
            if (bytes[i] >= 0 && bytes[i] < ' ' && bytes[i] != '\t' || bytes[i] == 0x7f) {
                return null;
            }
        }
        Field field = new Field(text(bytes, begin, colon), text(bytes, from, to));
        return isUnusual(field) || field.is("host") && !isPlain(bytes, from, to, HOST) ? null : field;
    }

    private static boolean isUnusual(Field field) {
        if (field.is("connection")) {
            return !field.value().equalsIgnoreCase("keep-alive");
        }
        for (String name : UNUSUAL) {
            if (field.is(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether all are among those; percent signs have their two digits. */
    private static boolean isPlain(byte[] bytes, int from, int to, BitSet allowed) {
        for (int i = from; i < to; i++) {
            if (!allowed.get(bytes[i] & 0xff)
                    || bytes[i] == '%' && !(i + 2 < to && isHex(bytes[i + 1]) && isHex(bytes[i + 2]))) {
                return false;
            }
        }
        return true;
    }

    /** Where the line ends, before its two last octets; -1 when it does not. */
    private static int end(byte[] bytes, int from, int length) {
        for (int i = from; i + 1 < length; i++) {
            if (bytes[i] == '\r') {
                return bytes[i + 1] == '\n' ? i : -1;
            }
        }
        return -1;
    }

    private static boolean isHex(byte octet) {
        return Character.digit(octet, 16) >= 0;
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** Letters, digits and those. */
    private static BitSet set(String others) {
        BitSet set = new BitSet(256);
        set.set('0', '9' + 1);
        set.set('A', 'Z' + 1);
        set.set('a', 'z' + 1);
        others.chars().forEach(set::set);
        return set;
    }
}
