package hakube.jobs;

import java.util.List;

/**
 * What {@code jobs.json} holds: the work that was under way when the file was written.
 *
 * @param running in the order of begin
 */
public record Journal(List<Entry> running) {

    public Journal {
        running = running == null ? List.of() : List.copyOf(running);
    }

    /**
     * @param name of the work, such as {@code addon_manager_install}
     * @param reference what it works on, such as a slug
     * @param uuid 32 hex digits
     */
    public record Entry(String uuid, String name, String reference) {}
}
