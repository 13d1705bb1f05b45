package hakube.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a repository says of itself: {@code repository.yaml}, {@code .yml} or {@code .json} in its root (upstream
 * {@code supervisor/store/validate.py}, 2026-08).
 *
 * @param url for people; empty where it names none
 */
record RepositoryLabel(String name, Optional<String> url, String maintainer) {

    static final String UNKNOWN = "unknown";

    private static final List<String> NAMES = List.of("repository.yaml", "repository.yml", "repository.json");

    /** @throws Unreadable there is none, or it breaks a rule; the message is for people */
    static RepositoryLabel in(Path root) throws Unreadable {
        for (String name : NAMES) {
            Path file = root.resolve(name);
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                try {
                    return read(ManifestReader.document(file));
                } catch (Unreadable | Violation e) {
                    String reason = e instanceof Violation violation ? violation.reason() : e.getMessage();
                    throw new Unreadable("its " + name + " is not valid: " + reason);
                }
            }
        }
        throw new Unreadable("it has no repository.yaml");
    }

    private static RepositoryLabel read(Object document) throws Violation {
        if (!(document instanceof Map<?, ?> map)) {
            throw new Violation("expected a dictionary");
        }
        String name = text(map, "name").orElse(null);
        if (name == null) {
            throw new Violation("required key not provided").under("name");
        }
        Optional<String> url = text(map, "url");
        if (url.isPresent() && !isUrl(url.get())) {
            throw new Violation("expected a URL").under("url");
        }
        return new RepositoryLabel(name, url, text(map, "maintainer").orElse(UNKNOWN));
    }

    private static Optional<String> text(Map<?, ?> map, String key) throws Violation {
        if (!map.containsKey(key)) {
            return Optional.empty();
        }
        try {
            return Optional.of((String) Rule.text().check(map.get(key)));
        } catch (Violation e) {
            throw e.under(key);
        }
    }

    /** Has a scheme and a host, which is all that upstream asks for. */
    static boolean isUrl(String text) {
        try {
            URI url = new URI(text);
            return url.getScheme() != null && url.getRawAuthority() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
