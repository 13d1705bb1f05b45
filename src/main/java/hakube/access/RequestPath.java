package hakube.access;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The path of a request: what the gate judges and what the routes get, made from one and the same text. Upstream guards the decoded
 * path and routes by the raw one; here a path that the two could read differently meets no route.
 *
 * @param judged decoded once; what rules are held against
 * @param routed still encoded where it must be: needless escapes ({@code %61}) are undone, so that a route's words are found
 */
record RequestPath(String judged, String routed) {

    /** Handed on as it came: the far side may have its own idea of a path. */
    private static final Pattern RELAYED = Pattern.compile("(/v2)?/(ingress/" + IngressRoute.TOKEN
            + "|(core|homeassistant)/api)/.*|" + IngressRoute.ENTRY + IngressRoute.TOKEN + "/.*");

    private static final Pattern INGRESS = Pattern.compile("(/v2|/api)?/(hassio_)?ingress/.*");

    private static final String UNRESERVED = "-._~";

    /**
     * Reads a raw path.
     *
     * @return empty for what must not even be judged: a path that is none, climbs up, holds control characters, or hides a slash or
     *     backslash in an escape (in ingress an app's own paths may)
     */
    static Optional<RequestPath> of(String raw) {
        if (!raw.startsWith("/")) {
            return Optional.empty();
        }
        if (isOrdinary(raw)) {
            return Optional.of(new RequestPath(raw, raw));
        }
        RequestPath path = new RequestPath(Percent.once(raw).text(), withoutNeedlessEscapes(raw));
        Percent whole = Percent.undone(raw);
        boolean hidesSlash = whole.count('\\') > 0
                || whole.count('/') != raw.chars().filter(c -> c == '/').count();
        if (whole.hasControl() || path.climbs() || hidesSlash && !path.isIngress()) {
            return Optional.empty();
        }
        return Optional.of(path);
    }

    /** Whether it goes on to an app or to Core. */
    boolean isRelayed() {
        return RELAYED.matcher(routed).matches();
    }

    /**
     * Whether every reader takes it for the same: no empty segment, no dot segment, and no {@code ;}, which JAX-RS cuts off together with
     * what follows.
     */
    boolean isPlain() {
        boolean isOdd = routed.contains(";") || routed.contains("//") || routed.contains("/./");
        return routed.equals("/") || !isOdd && !routed.endsWith("/") && !routed.endsWith("/.");
    }

    /** What a reader sees who resolves dots, drops empty segments and cuts parameters off. */
    String collapsed() {
        StringBuilder kept = new StringBuilder();
        for (String segment : judged.split("/", -1)) {
            String bare = withoutParameters(segment);
            if (!bare.isEmpty() && !bare.equals(".")) {
                kept.append('/').append(bare);
            }
        }
        return kept.isEmpty() ? "/" : kept.toString();
    }

    /** As nearly all are: nothing to undo and nothing that could hide. */
    private static boolean isOrdinary(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            boolean isOrdinary =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "/_-".indexOf(c) >= 0;
            if (!isOrdinary) {
                return false;
            }
        }
        return true;
    }

    private boolean isIngress() {
        return isRelayed() && INGRESS.matcher(routed).matches();
    }

    private boolean climbs() {
        return judged.contains("..")
                && Stream.of(judged.split("/", -1))
                        .anyMatch(segment -> withoutParameters(segment).equals(".."));
    }

    private static String withoutParameters(String segment) {
        int end = segment.indexOf(';');
        return end < 0 ? segment : segment.substring(0, end);
    }

    private static String withoutNeedlessEscapes(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            int octet = raw.charAt(i) == '%' && i + 2 < raw.length() ? octet(raw, i + 1) : -1;
            boolean isNeedless =
                    octet >= 0 && octet < 0x80 && (Character.isLetterOrDigit(octet) || UNRESERVED.indexOf(octet) >= 0);
            text.append(isNeedless ? (char) octet : raw.charAt(i));
            i += isNeedless ? 2 : 0;
        }
        return text.toString();
    }

    private static int octet(String raw, int at) {
        int high = Character.digit(raw.charAt(at), 16);
        int low = Character.digit(raw.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
}
