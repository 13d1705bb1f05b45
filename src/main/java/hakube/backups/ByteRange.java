package hakube.backups;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a request wants of a file, by its header {@code Range}; pure. As upstream's server, several ranges at once are none. */
sealed interface ByteRange {

    /** All of it. */
    record Whole() implements ByteRange {}

    /** @param from first octet, from 0; {@code count} of them */
    record Part(long from, long count) implements ByteRange {}

    /** Nothing that the file has. */
    record Outside() implements ByteRange {}

    /** The form; more digits would not fit a long. */
    Pattern FORM = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /** @param size of the file in octets */
    static ByteRange of(Optional<String> header, long size) {
        if (header.isEmpty()) {
            return new Whole();
        }
        Matcher wanted = FORM.matcher(header.get());
        if (!wanted.matches()) {
            return new Outside();
        }
        String from = wanted.group(1);
        String to = wanted.group(2);
        if (from.isEmpty()) {
            return to.isEmpty() ? new Outside() : last(Long.parseLong(to), size);
        }
        long begin = Long.parseLong(from);
        long end = to.isEmpty() ? size - 1 : Math.min(Long.parseLong(to), size - 1);
        return begin <= end ? new Part(begin, end - begin + 1) : new Outside();
    }

    private static ByteRange last(long wanted, long size) {
        long count = Math.min(wanted, size);
        return count == 0 ? new Outside() : new Part(size - count, count);
    }
}
