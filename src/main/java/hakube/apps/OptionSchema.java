package hakube.apps;

import hakube.store.AppManifest;
import hakube.store.PythonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an app's options must be; pure (upstream {@code supervisor/addons/options.py}, 2026-08).
 *
 * @param app name and slug as messages show them
 * @param types by option: the text of a type, a list whose first entry is the type of all, or an object; depth is not limited
 */
record OptionSchema(String app, Map<String, Object> types) {

    private static final int LONGEST_VALUE_SHOWN = 500;

    /** Of an installed app; {@code schema: false} knows no option. */
    static OptionSchema of(InstalledApp app) {
        return of(app.slug(), app.manifest());
    }

    static OptionSchema of(String slug, AppManifest manifest) {
        return new OptionSchema(
                manifest.name() + " (" + slug + ")", manifest.schema().orElse(Map.of()));
    }

    /**
     * Checks and converts; unknown keys are dropped. Ends at the first fault, in the order of the options.
     *
     * @param options of the kinds of {@link hakube.store.PlainValues}
     * @param secrets by name, for values that begin with {@code !secret }
     */
    CheckedOptions check(Object options, Map<String, Object> secrets) {
        OptionPass pass = new OptionPass(app, secrets);
        try {
            if (!(options instanceof Map<?, ?> map)) {
                throw new OptionFault("expected dict");
            }
            Map<String, Object> checked = object(types, map, "root", pass);
            return new CheckedOptions.Fitting(checked, pass.dropped(), pass.passwords());
        } catch (OptionFault e) {
            return new CheckedOptions.Faulty(e.getMessage() + ". Got " + shown(options), pass.passwords());
        }
    }

    private Map<String, Object> object(Map<String, Object> members, Map<?, ?> options, String key, OptionPass pass)
            throws OptionFault {
        Map<String, Object> checked = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : options.entrySet()) {
            if (entry.getKey() instanceof String name && members.containsKey(name)) {
                checked.put(name, value(members.get(name), entry.getValue(), name, pass));
            } else {
                pass.drop(PythonText.str(entry.getKey()));
            }
        }
        for (Map.Entry<String, Object> member : members.entrySet()) {
            if (!checked.containsKey(member.getKey()) && isRequired(member.getValue())) {
                throw new OptionFault("Missing option '" + member.getKey() + "' in " + key + " in " + app);
            }
        }
        return checked;
    }

    private Object value(Object type, Object value, String key, OptionPass pass) throws OptionFault {
        return switch (type) {
            case List<?> list
            when list.isEmpty() -> throw new OptionFault("Type error for option '" + key + "' in " + app);
            case List<?> list -> pass.list(value, key, item -> single(list.getFirst(), item, key, pass));
            case null, default -> single(type, value, key, pass);
        };
    }

    private Object single(Object type, Object value, String key, OptionPass pass) throws OptionFault {
        return switch (type) {
            case Map<?, ?> members
            when value instanceof Map<?, ?> options -> object(JsonValues.object(members), options, key, pass);
            case Map<?, ?> ignored -> throw new OptionFault("Invalid dict for option '" + key + "' in " + app);
            case String text -> pass.value(text, value, key);
            case null, default -> throw new OptionFault("Type error for option '" + key + "' in " + app);
        };
    }

    /** Only a scalar that says so, alone or in a list, may be left out. */
    private static boolean isRequired(Object type) {
        Object first = type instanceof List<?> list && !list.isEmpty() ? list.getFirst() : type;
        return !(first instanceof String text && text.endsWith("?"));
    }

    private static String shown(Object options) {
        String text = PythonText.repr(options);
        if (text.codePointCount(0, text.length()) <= LONGEST_VALUE_SHOWN) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, LONGEST_VALUE_SHOWN - 3)) + "...";
    }
}
