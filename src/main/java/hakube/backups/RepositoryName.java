package hakube.backups;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a backup names a repository (upstream {@code supervisor/store/validate.py}, 2026-08): a word for those built in, or an address. */
final class RepositoryName {

    private static final Pattern BUILT_IN = Pattern.compile("[a-z0-9_]+");
    private static final Pattern ADDRESS = Pattern.compile("([^#]+)(?:#[\\w\\-./]+)?");

    /** A scheme and something between slashes, as upstream's check asks for: a stricter one would hide a whole backup. */
    private static final Pattern URL = Pattern.compile("(?s)[A-Za-z][A-Za-z0-9+.-]*://[^/?]+.*");

    private RepositoryName() {}

    /** What is wrong with it; empty when nothing is. */
    static Optional<String> faultOf(String name) {
        Matcher address = ADDRESS.matcher(name);
        boolean isGood = BUILT_IN.matcher(name).matches()
                || address.matches() && URL.matcher(address.group(1)).matches();
        return isGood ? Optional.empty() : Optional.of("No valid repository format!");
    }
}
