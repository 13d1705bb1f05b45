package hakube.backups;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a backup names a repository (upstream {@code supervisor/store/validate.py}, 2026-08): a word for those built in, or an address. */
final class RepositoryName {

    private static final Pattern BUILT_IN = Pattern.compile("[a-z0-9_]+");
    private static final Pattern ADDRESS = Pattern.compile("([^#]+)(?:#[\\w\\-./]+)?");

    private RepositoryName() {}

    /** What is wrong with it; empty when nothing is. */
    static Optional<String> faultOf(String name) {
        Matcher address = ADDRESS.matcher(name);
        boolean isGood = BUILT_IN.matcher(name).matches() || address.matches() && isUrl(address.group(1));
        return isGood ? Optional.empty() : Optional.of("No valid repository format!");
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
