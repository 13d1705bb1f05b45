package hakube.store;

import java.util.LinkedHashMap;
import java.util.Map;

/** The words of one language for options and ports. */
final class Translations {

    private Translations() {}

    /** {@code configuration} and {@code network}, each only when it is there; unknown keys are dropped. */
    static Map<String, Object> check(Object document) throws Violation {
        if (!(document instanceof Map<?, ?> map)) {
            throw new Violation("expected a dictionary");
        }
        Map<String, Object> checked = new LinkedHashMap<>();
        if (map.containsKey("configuration")) {
            checked.put("configuration", words(map.get("configuration"), "configuration"));
        }
        if (map.containsKey("network")) {
            checked.put(
                    "network", Rule.map(ManifestRules.portKey(), Rule.text()).check(map.get("network")));
        }
        return checked;
    }

    private static Object words(Object value, String key) throws Violation {
        try {
            return Rule.map(Rule.text(), Translations::entry).check(value);
        } catch (Violation e) {
            throw e.under(key);
        }
    }

    private static Object entry(Object value) throws Violation {
        if (!(value instanceof Map<?, ?> map)) {
            throw new Violation("expected a dictionary");
        } else if (!map.containsKey("name")) {
            throw new Violation("required key not provided").under("name");
        }
        Map<String, Object> checked = new LinkedHashMap<>();
        checked.put("name", Rule.text().check(map.get("name")));
        if (map.get("description") != null) {
            checked.put("description", Rule.text().check(map.get("description")));
        }
        if (map.get("fields") != null) {
            checked.put("fields", words(map.get("fields"), "fields"));
        }
        return checked;
    }
}
