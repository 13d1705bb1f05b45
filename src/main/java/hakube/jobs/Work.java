package hakube.jobs;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be done, before it is.
 *
 * @param name of the job as upstream calls it: Home Assistant matches some of them
 * @param reference what it works on, such as a slug
 * @param group in which one job runs at a time, such as {@code app_<slug>}
 * @param method what the message about a condition calls it, upstream's {@code Class.method}
 * @param conditions that must be met, in the order of asking
 * @param isInternal neither listed nor told, as upstream's house-keeping
 * @param isKept stays in the list when it is done, with its children, until a person deletes it or the process ends
 */
public record Work(
        String name,
        Optional<String> reference,
        Optional<String> group,
        String method,
        List<JobCondition> conditions,
        boolean isInternal,
        boolean isKept) {

    public Work {
        Objects.requireNonNull(name, "name");
        conditions = List.copyOf(conditions);
    }

    /** Listed while it runs, without group or conditions. */
    public static Work of(String name) {
        return new Work(name, Optional.empty(), Optional.empty(), name, List.of(), false, false);
    }

    /** Listed while it runs, without group or conditions. */
    public static Work of(String name, String reference) {
        return new Work(name, Optional.of(reference), Optional.empty(), name, List.of(), false, false);
    }

    /** The same, alone in that group. */
    public Work in(String newGroup) {
        return new Work(name, reference, Optional.of(newGroup), method, conditions, isInternal, isKept);
    }

    /** The same, only under these conditions. */
    public Work requiring(String newMethod, JobCondition... newConditions) {
        return new Work(name, reference, group, newMethod, List.of(newConditions), isInternal, isKept);
    }

    /** The same, unseen. */
    public Work internal() {
        return new Work(name, reference, group, method, conditions, true, isKept);
    }

    /** The same, kept when done. */
    public Work kept() {
        return new Work(name, reference, group, method, conditions, isInternal, true);
    }
}
