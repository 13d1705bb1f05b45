package hakube.archive;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What extended headers say of the members behind them: POSIX pax records, of one member or of all, and the long names of GNU tar.
 *
 * @param forAll values by key, until others come
 * @param forNext values by key, which count before those; an empty one takes the key away
 */
record PaxRecords(Map<String, String> forAll, Map<String, String> forNext) {

    static final PaxRecords NONE = new PaxRecords(Map.of(), Map.of());

    static final char FOR_NEXT = 'x';
    private static final char FOR_NEXT_SOLARIS = 'X';
    private static final char FOR_ALL = 'g';
    private static final char LONG_NAME = 'L';
    private static final char LONG_LINK = 'K';

    private static final String PATH = "path";
    private static final String LINK = "linkpath";

    /** That a file has holes that were left out: in one of three ways, and nobody makes backups so. */
    private static final String SPARSE = "GNU.sparse.";

    private static final Set<String> KNOWN = Set.of(PATH, LINK, "size", "uid", "gid", "mtime");
    private static final int NANOS = 9;

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
            case FOR_ALL -> new PaxRecords(merged(forAll, recordsOf(content)), forNext);
            case LONG_NAME -> new PaxRecords(forAll, merged(forNext, Map.of(PATH, untilZero(content))));
            case LONG_LINK -> new PaxRecords(forAll, merged(forNext, Map.of(LINK, untilZero(content))));
            default -> new PaxRecords(forAll, merged(forNext, recordsOf(content)));
        };
    }

    /** What is left of it behind a member. */
    PaxRecords afterMember() {
        return forNext.isEmpty() ? this : new PaxRecords(forAll, Map.of());
    }

    /** A member as it is with what was said of it. */
    TarEntry applied(TarEntry header) throws NotABackup {
        if (forAll.isEmpty() && forNext.isEmpty()) {
            return header;
        }
        return new TarEntry(
                value(PATH).map(RawName::new).orElse(header.name()),
                header.type(),
                number("size", header.size()),
                header.mode(),
                number("uid", header.uid()),
                number("gid", header.gid()),
                time().orElse(header.modified()),
                value(LINK).map(RawName::new).orElse(header.link()));
    }

    private Optional<String> value(String key) {
        String value = forNext.getOrDefault(key, forAll.getOrDefault(key, ""));
        return Optional.of(value).filter(known -> !known.isEmpty());
    }

    private long number(String key, long otherwise) throws NotABackup {
        Optional<String> digits = value(key);
        return digits.isPresent() ? wholeNumber(digits.get()) : otherwise;
    }

    /** Seconds, whose fraction may have any length. */
    private Optional<Instant> time() throws NotABackup {
        Optional<String> told = value("mtime");
        if (told.isEmpty()) {
            return Optional.empty();
        }
        if (!told.get().matches("-?[0-9]{1,15}(\\.[0-9]{0,40})?")) {
            throw damaged();
        }
        BigDecimal seconds = new BigDecimal(told.get());
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        long nanos = seconds.subtract(whole).movePointRight(NANOS).longValue();
        return Optional.of(Instant.ofEpochSecond(whole.longValueExact(), nanos));
    }

    private static Map<String, String> merged(Map<String, String> earlier, Map<String, String> later) {
        Map<String, String> all = new HashMap<>(earlier);
        all.putAll(later);
        return Map.copyOf(all);
    }

    private static Map<String, String> recordsOf(byte[] content) throws NotABackup {
        Map<String, String> records = new HashMap<>();
        String octets = RawName.of(content).octets();
        int at = 0;
        while (at < octets.length() && octets.charAt(at) != 0) {
            int space = octets.indexOf(' ', at);
            if (space < 0) {
                throw damaged();
            }
            long told = wholeNumber(octets.substring(at, space));
            // The least is the number itself, the space and the end of the line.
            if (told < space - at + 2 || told > octets.length() - at) {
                throw damaged();
            }
            int end = at + (int) told;
            keep(records, octets.substring(space + 1, end - 1));
            at = end;
        }
        return records;
    }

    private static void keep(Map<String, String> records, String record) throws NotABackup {
        int equals = record.indexOf('=');
        if (record.startsWith(SPARSE)) {
            throw new NotABackup("a file in it was stored without its holes");
        }
        if (equals > 0 && KNOWN.contains(record.substring(0, equals))) {
            records.put(record.substring(0, equals), record.substring(equals + 1));
        }
    }

    private static long wholeNumber(String digits) throws NotABackup {
        if (!digits.matches("[0-9]{1,18}")) {
            throw damaged();
        }
        return Long.parseLong(digits);
    }

    private static String untilZero(byte[] content) {
        String text = RawName.of(content).octets();
        int zero = text.indexOf('\0');
        return zero < 0 ? text : text.substring(0, zero);
    }

    private static NotABackup damaged() {
        return new NotABackup("an extended header in it is damaged");
    }
}
