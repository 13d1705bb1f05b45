package hakube.resolution;

import java.util.Optional;

/**
 * Tells whether something makes this installation one that nobody supports (upstream
 * {@code supervisor/resolution/evaluations}, 2026-08). Upper rooms implement it; from memory, no call.
 */
public interface Evaluation {

    /** Upstream's word, such as {@code home_assistant_core_version}. */
    String reason();

    /** Why, for the log; empty while it does not. */
    Optional<String> complaint();
}
