package hakube.git;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a tree is fetched from.
 *
 * @param url may hold a user and a password
 * @param branch or tag; empty: what the other side has as its head
 */
public record GitAddress(String url, Optional<String> branch) {

    private static final Pattern USER = Pattern.compile("://[^/@\\s]*@");

    /** Without user and password, for logs and messages. */
    public String shown() {
        return withoutUsers(url) + branch.map("#"::concat).orElse("");
    }

    /** In lower case; empty when the text has none. */
    String scheme() {
        int end = url.indexOf("://");
        return end < 0 ? "" : url.substring(0, end).toLowerCase(Locale.ROOT);
    }

    /** The same host and credentials, another path; an address of its own stays what it is. */
    GitAddress submodule(String other) throws URISyntaxException {
        if (!other.startsWith("./") && !other.startsWith("../")) {
            return new GitAddress(other, Optional.empty());
        }
        URI folder = new URI(url.endsWith("/") ? url : url + "/");
        return new GitAddress(folder.resolve(other).toString(), Optional.empty());
    }

    /** A text of somebody else that may quote the address. */
    static String withoutUsers(String text) {
        return USER.matcher(text).replaceAll("://");
    }
}
