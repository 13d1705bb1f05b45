package hakube.jobs;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Names that clients know from before add-ons became apps (upstream {@code supervisor/jobs/__init__.py},
 * {@code process_job_dict_for_legacy_compatibility}, 2026-08). A feature flag decides, not the version of the API.
 */
public final class LegacyNames {

    /** The last two are not upstream's: its rename lost them, and released Cores read an app's failure from nowhere else. */
    private static final Map<String, String> NAMES = Map.of(
            "app_manager_update", "addon_manager_update",
            "backup_store_apps", "backup_store_addons",
            "backup_app_save", "backup_addon_save");

    private static final Set<String> STAGED = Set.of(
            "backup_manager_full_backup",
            "backup_manager_partial_backup",
            "backup_manager_full_restore",
            "backup_manager_partial_restore");

    private static final Map<String, String> STAGES = Map.of(
            "app_repositories", "addon_repositories",
            "apps", "addons",
            "await_app_restarts", "await_addon_restarts",
            "remove_delta_apps", "remove_delta_addons");

    private LegacyNames() {}

    /** The fields of event {@code job} with the old names. */
    public static Map<String, Object> of(Map<String, Object> fields) {
        String name = String.valueOf(fields.get("name"));
        Map<String, Object> named = new HashMap<>(fields);
        named.put("name", name(name));
        named.put("stage", stage(name, (String) fields.get("stage")));
        return named;
    }

    static JobInfo of(JobInfo job) {
        return job.called(
                name(job.name()),
                stage(job.name(), job.stage()),
                job.childJobs().stream().map(LegacyNames::of).toList());
    }

    private static String name(String name) {
        return NAMES.getOrDefault(name, name);
    }

    private static String stage(String name, String stage) {
        return stage != null && STAGED.contains(name) ? STAGES.getOrDefault(stage, stage) : stage;
    }
}
