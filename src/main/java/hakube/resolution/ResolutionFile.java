package hakube.resolution;

import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code resolution.json} keeps (upstream {@code supervisor/resolution/validate.py}, 2026-08).
 *
 * @param checks by upstream's word, also of checks that do not exist here: they are kept
 */
public record ResolutionFile(Map<String, Entry> checks) {

    /** @param enabled null counts as true */
    public record Entry(Boolean enabled) {}

    /** Words of before add-ons became apps are read as the present ones. */
    public ResolutionFile {
        Map<String, Entry> present = new TreeMap<>();
        if (checks != null) {
            checks.forEach((slug, entry) -> present.put(Naming.LEGACY.slugOf(slug), entry));
        }
        checks = Map.copyOf(present);
    }

    boolean isEnabled(String slug) {
        Entry entry = checks.get(slug);
        return entry == null || !Boolean.FALSE.equals(entry.enabled());
    }

    ResolutionFile with(String slug, boolean enabled) {
        Map<String, Entry> changed = new TreeMap<>(checks);
        changed.put(slug, new Entry(enabled));
        return new ResolutionFile(changed);
    }
}
