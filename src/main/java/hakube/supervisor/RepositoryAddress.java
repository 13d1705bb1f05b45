package hakube.supervisor;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a repository is named in a request (upstream {@code supervisor/store/validate.py}, 2026-08). */
final class RepositoryAddress {

    /** Those that have no address. */
    static final Set<String> WORDS = Set.of("local", "core");

    private static final Pattern FORM = Pattern.compile("([^#]+)(?:#[\\w\\-./]+)?");

    private RepositoryAddress() {}

    /** What is wrong with it; empty when nothing is. */
    static Optional<String> faultOf(String text) {
        if (WORDS.contains(text)) {
            return Optional.empty();
        }
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.of("No valid repository format!");
        }
        return isUrl(parts.group(1)) ? Optional.empty() : Optional.of("expected a URL");
    }

    private static boolean isUrl(String text) {
        try {
            URI url = new URI(text);
            return url.getScheme() != null && url.getRawAuthority() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
