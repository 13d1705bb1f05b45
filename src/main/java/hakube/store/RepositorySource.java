package hakube.store;

import hakube.git.GitAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a repository is named in requests and in {@code store.json} (upstream {@code supervisor/store/validate.py}, 2026-08).
 *
 * @param text {@code local}, {@code core}, or an address with an optional {@code #branch}, exactly as it was given
 */
public record RepositorySource(String text) {

    private static final Pattern FORM = Pattern.compile("(?<url>[^#]+)(?:#(?<branch>[\\w\\-./]+))?");

    /** A {@code file} address has no host, which is fine where a setting allows it. */
    private static final String FILE = "file:///";

    /** The text as it is kept; a person may write the address of the core repository. */
    static RepositorySource of(String text) {
        return new RepositorySource(BuiltIn.of(text).map(BuiltIn::source).orElse(text));
    }

    /** What is wrong with it; empty when nothing is. */
    public static Optional<String> faultOf(String text) {
        if (BuiltIn.of(text).isPresent()) {
            return Optional.empty();
        }
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.of("No valid repository format!");
        }
        String url = parts.group("url");
        return RepositoryLabel.isUrl(url) || url.startsWith(FILE) ? Optional.empty() : Optional.of("expected a URL");
    }

    Optional<BuiltIn> builtIn() {
        return BuiltIn.of(text);
    }

    boolean isLocal() {
        return text.equals(BuiltIn.LOCAL.source());
    }

    /** See {@link Slugs#ofRepository}. */
    String slug() {
        return Slugs.ofRepository(text);
    }

    /** For logs and messages: no password is in it. */
    String shown() {
        return text.contains("://") ? address().shown() : text;
    }

    GitAddress address() {
        String plain = builtIn().map(BuiltIn::url).orElse(text);
        Matcher parts = FORM.matcher(plain);
        return parts.matches()
                ? new GitAddress(parts.group("url"), Optional.ofNullable(parts.group("branch")))
                : new GitAddress(plain, Optional.empty());
    }
}
