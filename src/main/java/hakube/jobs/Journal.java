package hakube.jobs;

import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;

/**
 * What {@code jobs.json} holds: upstream's key, and the work that was under way when the file was written.
 *
 * @param ignoreConditions words of {@link JobCondition}
 * @param running in the order of begin; not upstream's
 */
public record Journal(@JsonbProperty("ignore_conditions") List<String> ignoreConditions, List<Entry> running) {

    public Journal {
        ignoreConditions = ignoreConditions == null ? List.of() : List.copyOf(ignoreConditions);
        running = running == null ? List.of() : List.copyOf(running);
    }

    /**
     * @param name of the work, such as {@code addon_manager_install}
     * @param reference what it works on, such as a slug
     * @param uuid 32 hex digits
     * @param created ISO 8601; absent in a file of old
     * @param stage that it has reached, may be null
     * @param kept whether clients are to find it when it is done
     */
    public record Entry(String uuid, String name, String reference, String created, String stage, Boolean kept) {

        public Entry {
            kept = Boolean.TRUE.equals(kept);
        }

        static Entry of(Job job) {
            Job.Standing now = job.now();
            return new Entry(
                    job.uuid(),
                    job.work().name(),
                    now.reference(),
                    job.created(),
                    now.stage(),
                    job.work().isKept());
        }
    }
}
