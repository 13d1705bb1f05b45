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

    private static final String LINE_END = "\r\n";
    private static final String END = "\r\n\r\n";
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
        String text = new String(bytes, offset, length - END.length(), StandardCharsets.ISO_8859_1);
        int end = text.indexOf(LINE_END);
        String first = end < 0 ? text : text.substring(0, end);
        if (!isStatusLine(first)) {
            throw new FarFailure("the answer has no status line");
        }
        List<Field> fields = new ArrayList<>();
        while (end >= 0) {
            int begin = end + LINE_END.length();
            end = text.indexOf(LINE_END, begin);
            fields.add(field(end < 0 ? text.substring(begin) : text.substring(begin, end)));
        }
        return new AnswerHead(
                first.charAt(VERSION.length()) - '0',
                Integer.parseInt(first.substring(STATUS_AT, STATUS_END)),
                first.length() > STATUS_END ? first.substring(STATUS_END + 1) : "",
                fields);
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
                && (line.length() == STATUS_END || line.charAt(STATUS_END) == ' ')
                && isText(line);
    }

    /** A line that goes on from the one before is refused: readers disagree about it (RFC 9112, 5.2). */
    private static Field field(String line) throws FarFailure {
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : line.substring(0, colon);
        if (!Tokens.isToken(name) || !isText(line)) {
            throw new FarFailure("the answer has a line that is no header");
        }
        return new Field(name, line.substring(colon + 1).strip());
    }

    private static boolean isText(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
