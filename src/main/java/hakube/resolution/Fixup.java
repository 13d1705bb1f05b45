package hakube.resolution;

import hakube.api.ApiFailure;
import java.util.Set;

/**
 * Does what a suggestion says (upstream {@code supervisor/resolution/fixups}, 2026-08). Upper rooms implement it. A suggestion
 * without one is advice: it belongs to no issue, and clients cannot apply it.
 */
public interface Fixup {

    /** Type of the suggestions that it carries out. */
    String suggestion();

    /** Their context, and that of the issues. */
    String context();

    /** Types of the issues that are gone afterwards. */
    Set<String> issues();

    /** Whether the Supervisor does it by itself; asked each time. */
    default boolean isAutomatic() {
        return false;
    }

    /**
     * Does it; fine when there is nothing left to do.
     *
     * @throws ApiFailure it did not help: issue and suggestion stay
     */
    void apply(Suggestion suggestion);
}
