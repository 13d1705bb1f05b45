package hakube.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What extended headers say of the member behind them: POSIX pax records and the long names of GNU tar. All else in them is of no
 * matter for finding a member.
 *
 * @param size of the member's content in octets
 */
record PaxRecords(Optional<String> path, Optional<Long> size) {

    static final PaxRecords NONE = new PaxRecords(Optional.empty(), Optional.empty());

    private static final char FOR_NEXT = 'x';
    private static final char FOR_NEXT_SOLARIS = 'X';
    private static final char FOR_ALL = 'g';
    private static final char LONG_NAME = 'L';
    private static final char LONG_LINK = 'K';

    /** Whether that type flag is of a header that speaks of the next member. */
    static boolean isExtension(char type) {
        return type == FOR_NEXT
                || type == FOR_NEXT_SOLARIS
                || type == FOR_ALL
                || type == LONG_NAME
                || type == LONG_LINK;
    }

    /** These, and what another header says. */
    PaxRecords with(char type, byte[] content) throws NotABackup {
        return switch (type) {
            case FOR_NEXT, FOR_NEXT_SOLARIS -> withRecords(content);
            case LONG_NAME -> new PaxRecords(Optional.of(untilZero(content)), size);
            default -> this;
        };
    }

    private PaxRecords withRecords(byte[] content) throws NotABackup {
        PaxRecords all = this;
        int at = 0;
        while (at < content.length && content[at] != 0) {
            int space = indexOf(content, (byte) ' ', at);
            long told = wholeNumber(content, at, space);
            // The least is the number itself, the space and the end of the line.
            if (told < space - at + 2 || told > content.length - at) {
                throw damaged();
            }
            int length = (int) told;
            all = all.withRecord(new String(content, space + 1, at + length - space - 2, StandardCharsets.UTF_8));
            at += length;
        }
        return all;
    }

    private PaxRecords withRecord(String record) throws NotABackup {
        if (record.startsWith("path=")) {
            return new PaxRecords(Optional.of(record.substring("path=".length())), size);
        }
        if (record.startsWith("size=")) {
            byte[] digits = record.substring("size=".length()).getBytes(StandardCharsets.UTF_8);
            return new PaxRecords(path, Optional.of(wholeNumber(digits, 0, digits.length)));
        }
        return this;
    }

    private static int indexOf(byte[] content, byte wanted, int from) throws NotABackup {
        for (int i = from; i < content.length; i++) {
            if (content[i] == wanted) {
                return i;
            }
        }
        throw damaged();
    }

    private static long wholeNumber(byte[] content, int from, int to) throws NotABackup {
        String digits = new String(Arrays.copyOfRange(content, from, to), StandardCharsets.UTF_8);
        if (!digits.matches("[0-9]{1,18}")) {
            throw damaged();
        }
        return Long.parseLong(digits);
    }

    private static String untilZero(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        int zero = text.indexOf('\0');
        return zero < 0 ? text : text.substring(0, zero);
    }

    private static NotABackup damaged() {
        return new NotABackup("an extended header in it is damaged");
    }
}
