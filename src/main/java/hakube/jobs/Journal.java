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
     */
    public record Entry(String uuid, String name, String reference) {}
}
