package hakube.relay;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Status line and headers that came from the far side.
 *
 * @param minor of the version: 0 or 1
 * @param reason may be empty
 */
public record AnswerHead(int minor, int status, String reason, List<Field> fields) {

    /** Octets at the end of a line, and at the end of all. */
    private static final int LINE_END = 2;

    private static final int END = 4;
    private static final String VERSION = "HTTP/1.";
    private static final int STATUS_AT = 9;
    private static final int STATUS_END = 12;

    /**
     * Reads one.
     *
     * @param length of the head with its last empty line
     * @throws FarFailure what is there is no head
     */
    static AnswerHead parse(byte[] bytes, int offset, int length) throws FarFailure {
        int last = offset + length - END;
        int end = endOfLine(bytes, offset, last);
        String first = text(bytes, offset, end);
        if (!isStatusLine(first) || !isText(bytes, offset, end)) {
            throw new FarFailure("the answer has no status line");
        }
        List<Field> fields = new ArrayList<>();
        while (end < last) {
            int begin = end + LINE_END;
            end = endOfLine(bytes, begin, last);
            fields.add(field(bytes, begin, end));
        }
        return new AnswerHead(
                first.charAt(VERSION.length()) - '0',
                Integer.parseInt(first.substring(STATUS_AT, STATUS_END)),
                first.length() > STATUS_END ? first.substring(STATUS_END + 1) : "",
                fields);
    }

    /** Where the head ends that begins there, behind its empty line, or -1. */
    static int end(byte[] bytes, int from, int limit) {
        for (int i = from; i + 3 < limit; i++) {
            if (bytes[i + 3] == '\n' && bytes[i + 2] == '\r' && bytes[i + 1] == '\n' && bytes[i] == '\r') {
                return i + END;
            }
        }
        return -1;
    }

    /** The first value of that name, or null. */
    String first(String name) {
        for (Field field : fields) {
            if (field.is(name)) {
                return field.value();
            }
        }
        return null;
    }

    /** Whether the connection serves another request when this answer has been read. */
    boolean keepsAlive() {
        String connection = first("connection");
        return minor == 1 ? !"close".equalsIgnoreCase(connection) : "keep-alive".equalsIgnoreCase(connection);
    }

    /** Whether it only says that the answer is still to come. */
    boolean isInterim() {
        return status < 200 && status != 101;
    }

    /** Whether there is no body, whatever the headers say. */
    boolean isBare(String method) {
        return status < 200 || status == 204 || status == 304 || method.equals("HEAD");
    }

    private static boolean isStatusLine(String line) {
        return line.length() >= STATUS_END
                && line.startsWith(VERSION)
                && (line.charAt(VERSION.length()) == '0' || line.charAt(VERSION.length()) == '1')
                && line.charAt(STATUS_AT - 1) == ' '
                && line.charAt(STATUS_AT) >= '1'
                && isDigit(line.charAt(STATUS_AT))
                && isDigit(line.charAt(STATUS_AT + 1))
                && isDigit(line.charAt(STATUS_END - 1))
                && (line.length() == STATUS_END || line.charAt(STATUS_END) == ' ');
    }

    /** A line that goes on from the one before is refused: readers disagree about it (RFC 9112, 5.2). */
    private static Field field(byte[] bytes, int begin, int end) throws FarFailure {
        int colon = begin;
        while (colon < end && bytes[colon] != ':') {
            colon++;
        }
        if (colon == end || !Tokens.isToken(bytes, begin, colon) || !isText(bytes, colon, end)) {
            throw new FarFailure("the answer has a line that is no header");
        }
        int valueBegin = colon + 1;
        int valueEnd = end;
        while (valueBegin < valueEnd && isBlank(bytes[valueBegin])) {
            valueBegin++;
        }
        while (valueBegin < valueEnd && isBlank(bytes[valueEnd - 1])) {
            valueEnd--;
        }
        return new Field(text(bytes, begin, colon), text(bytes, valueBegin, valueEnd));
    }

    /** Where the line ends that begins there: before its last two octets, or at the end of all. */
    private static int endOfLine(byte[] bytes, int begin, int last) {
        for (int i = begin; i + 1 < last; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                return i;
            }
        }
        return last;
    }

    private static String text(byte[] bytes, int begin, int end) {
        return new String(bytes, begin, end - begin, StandardCharsets.ISO_8859_1);
    }

    private static boolean isText(byte[] bytes, int begin, int end) {
        for (int i = begin; i < end; i++) {
            byte octet = bytes[i];
            if (octet >= 0 && octet < ' ' && octet != '\t' || octet == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
