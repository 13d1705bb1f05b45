package hakube.apps;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What became of options that were held against their schema. */
sealed interface CheckedOptions {

    /**
     * SHA-1 of each password that was met, lower-case hex: what a check for leaked passwords asks for. It is known also
     * when the options do not fit.
     */
    Set<String> passwords();

    /**
     * They fit.
     *
     * @param options normalised
     * @param dropped keys, at any depth, that the schema does not know
     */
    record Fitting(Map<String, Object> options, List<String> dropped, Set<String> passwords) implements CheckedOptions {
        public Fitting {
            dropped = List.copyOf(dropped);
            options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
            passwords = Set.copyOf(passwords);
        }
    }

    /** They do not. @param message in upstream's words, with what was got */
    record Faulty(String message, Set<String> passwords) implements CheckedOptions {
        public Faulty {
            passwords = Set.copyOf(passwords);
        }
    }
}
