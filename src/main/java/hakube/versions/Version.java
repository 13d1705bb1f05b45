package hakube.versions;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version as Home Assistant and its apps write them: {@code 2026.11.0b3}, {@code 2026.4.0.dev202603250907}, {@code v1.2}.
 *
 * <p>Parts compare as numbers, a missing one is 0; {@code dev < alpha < beta < rc <} release; what follows {@code +} does not
 * count. A text of another form is equal to itself and has no order (upstream: the library AwesomeVersion, 2026-08).
 */
public record Version(String text) {

    private static final int LONGEST = 128;
    /** Digits that fit into a long. */
    private static final String NUMBER = "\\d{1,18}";

    private static final Pattern FORM = Pattern.compile("[vV]?(" + NUMBER + "(?:\\." + NUMBER + "){0,9})"
            + "(?:[.-]?(dev|alpha|a|beta|b|rc)[.-]?(" + NUMBER + ")?)?(?:\\+.*)?");

    /** In their order; a release has none of them and is later than all. */
    private static final List<String> STAGES = List.of("d", "a", "b", "r", "");

    /**
     * Compares as {@link java.util.Comparator} does.
     *
     * @return empty when one of the two has no order and they are not the same text
     */
    public OptionalInt compareTo(Version other) {
        if (text.equals(other.text)) {
            return OptionalInt.of(0);
        }
        Matcher one = FORM.matcher(text);
        Matcher two = FORM.matcher(other.text);
        if (!fits(text, one) || !fits(other.text, two)) {
            return OptionalInt.empty();
        }
        int order = compare(parts(one), parts(two));
        if (order == 0) {
            order = Integer.compare(stage(one), stage(two));
        }
        return OptionalInt.of(order == 0 ? Long.compare(stageNumber(one), stageNumber(two)) : order);
    }

    /** Whether this is known to be later than the other one; two without an order are not. */
    public boolean isLaterThan(Version other) {
        return compareTo(other).orElse(0) > 0;
    }

    /** Whether this is known to be the other one or a later one. */
    public boolean isAtLeast(Version other) {
        return compareTo(other).orElse(-1) >= 0;
    }

    /** Whether it can be compared with other versions at all. */
    public boolean isOrdered() {
        return fits(text, FORM.matcher(text));
    }

    private static boolean fits(String text, Matcher form) {
        return text.length() <= LONGEST && form.matches();
    }

    private static int compare(long[] one, long[] two) {
        int length = Math.max(one.length, two.length);
        return Arrays.compare(Arrays.copyOf(one, length), Arrays.copyOf(two, length));
    }

    private static long[] parts(Matcher form) {
        return Pattern.compile("\\.")
                .splitAsStream(form.group(1))
                .mapToLong(Long::parseLong)
                .toArray();
    }

    private static int stage(Matcher form) {
        String word = form.group(2) == null ? "" : form.group(2).toLowerCase(Locale.ROOT);
        return STAGES.indexOf(word.isEmpty() ? "" : word.substring(0, 1));
    }

    private static long stageNumber(Matcher form) {
        return form.group(3) == null ? 0 : Long.parseLong(form.group(3));
    }

    @Override
    public String toString() {
        return text;
    }
}
