package hakube.relay;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.List;

/**
 * Where the body of a request ends. What two readers could read differently is refused: behind it a second request could hide that
 * nobody judged (RFC 9112, 11.2).
 */
sealed interface Framing {

    /** Length of a body that tells by itself where it ends. */
    long UNKNOWN = -1;

    /** There is no body. */
    record None() implements Framing {}

    /** @param length octets, at least one */
    record OfLength(long length) implements Framing {}

    /** In chunks. */
    record Chunked() implements Framing {}

    /** Not to be served, and nothing after it either. */
    record Ambiguous() implements Framing {}

    /** Of a request with these headers. */
    static Framing of(Headers headers) {
        List<String> codings = headers.all(HeaderNames.TRANSFER_ENCODING, List::of);
        List<String> lengths = headers.all(HeaderNames.CONTENT_LENGTH, List::of);
        if (!codings.isEmpty()) {
            // The server knows this one spelling alone, and takes every other for a request without a body.
            boolean isPlain = codings.size() == 1 && codings.getFirst().equals("chunked") && lengths.isEmpty();
            return isPlain ? new Chunked() : new Ambiguous();
        }
        if (lengths.isEmpty()) {
            return new None();
        }
        try {
            long length = length(lengths);
            return length == 0 ? new None() : lengths.size() == 1 ? new OfLength(length) : new Ambiguous();
        } catch (FarFailure unreadable) {
            return new Ambiguous();
        }
    }

    /**
     * The number that all values give.
     *
     * @throws FarFailure they give none, or several
     */
    static long length(List<String> values) throws FarFailure {
        String value = values.getFirst();
        boolean isNumber = !value.isEmpty() && value.length() <= 18 && hasDigitsOnly(value);
        if (!isNumber || values.size() > 1 && values.stream().anyMatch(other -> !other.equals(value))) {
            throw new FarFailure("a length that is none");
        }
        return Long.parseLong(value);
    }

    private static boolean hasDigitsOnly(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
