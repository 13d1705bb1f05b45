package hakube.backups;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Under which conditions a client wants a file, by the headers of its request; pure. In the order of RFC 9110, 13.2.2, as upstream's
 * server asks them (aiohttp 3.13, {@code FileResponse}). A date that is none is no condition.
 */
record Preconditions(
        Optional<String> match,
        Optional<String> unmodifiedSince,
        Optional<String> noneMatch,
        Optional<String> modifiedSince) {

    /** What they come to. */
    enum Verdict {
        SEND,
        /** 412: it is another file than the client means. */
        FAILED,
        /** 304: it is what the client has. */
        NOT_MODIFIED
    }

    /** @param tag of the file, with its quotation marks */
    Verdict of(String tag, Instant modified) {
        boolean isOther = match.isPresent()
                ? !names(match.get(), tag, false)
                : date(unmodifiedSince).filter(modified::isAfter).isPresent();
        if (isOther) {
            return Verdict.FAILED;
        }
        boolean isKnown = noneMatch.isPresent()
                ? names(noneMatch.get(), tag, true)
                : date(modifiedSince).filter(since -> !modified.isAfter(since)).isPresent();
        return isKnown ? Verdict.NOT_MODIFIED : Verdict.SEND;
    }

    private static boolean names(String header, String tag, boolean evenWeak) {
        return Stream.of(header.split(","))
                .map(String::strip)
                .anyMatch(one -> one.equals("*") || one.equals(tag) || evenWeak && one.equals("W/" + tag));
    }

    private static Optional<Instant> date(Optional<String> header) {
        try {
            return header.map(text -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
