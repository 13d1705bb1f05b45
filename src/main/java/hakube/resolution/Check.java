package hakube.resolution;

import java.util.List;

/**
 * Looks for one kind of trouble, every hour and when a person asks (upstream {@code supervisor/resolution/checks}, 2026-08).
 * Upper rooms implement it. It may take its time and may fail; neither holds up other checks for good.
 */
public interface Check {

    /** Upstream's present word, such as {@code free_space}. */
    String slug();

    /** Type of its issues. */
    String type();

    /** Context of its issues. */
    String context();

    /** What is the matter now. */
    List<Finding> find();

    /** Whether an open issue of this type and context, whoever reported it, is still true; it is closed otherwise. */
    boolean isStillTrue(Issue issue);
}
