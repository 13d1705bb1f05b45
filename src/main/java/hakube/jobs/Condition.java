package hakube.jobs;

import java.util.Optional;

/** Tells whether one condition is met. A room that knows implements it; of a condition that nobody tells of, the cluster decides. */
public interface Condition {

    /** Which one. */
    JobCondition which();

    /** What stands in the way, in upstream's words such as {@code system is not healthy - setup}; empty when it is met. */
    Optional<String> obstacle();
}
