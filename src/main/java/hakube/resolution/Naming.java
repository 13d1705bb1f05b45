package hakube.resolution;

import java.util.Map;
import java.util.Optional;

/**
 * Which words a client knows: version 1 of the API and the events by default say add-on, version 2 says app (upstream
 * {@code supervisor/resolution/const.py}, 2026-08).
 */
public enum Naming {
    /** Add-on. */
    LEGACY(Map.of(
            "deprecated_app", "deprecated_addon",
            "deprecated_arch_app", "deprecated_arch_addon",
            "detached_app_missing", "detached_addon_missing",
            "detached_app_removed", "detached_addon_removed")),
    /** App. */
    PRESENT(Map.of());

    private static final String PWNED = "app_pwned";
    private static final String LEGACY_PWNED = "addon_pwned";

    private final Map<String, String> words;

    Naming(Map<String, String> words) {
        this.words = words;
    }

    /** What such a client calls a type of issues. */
    public String issueType(String type) {
        return words.getOrDefault(type, type);
    }

    /** What such a client calls a check. */
    String check(String slug) {
        return this == LEGACY && slug.equals(PWNED) ? LEGACY_PWNED : issueType(slug);
    }

    /** The check that such a client means; one of version 1 may use both words. */
    String slugOf(String check) {
        if (this == LEGACY && check.equals(LEGACY_PWNED)) {
            return PWNED;
        }
        Optional<String> present = words.entrySet().stream()
                .filter(word -> word.getValue().equals(check))
                .map(Map.Entry::getKey)
                .findFirst();
        return present.orElse(check);
    }

    /** An issue in its words. */
    Issue of(Issue issue) {
        return new Issue(
                issue.uuid(), issueType(issue.type()), issue.context(), issue.reference(), issue.referenceExtra());
    }
}
