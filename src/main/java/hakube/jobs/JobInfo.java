package hakube.jobs;

import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;
import java.util.Map;

/**
 * A job in answers; every key is required by clients (aiohasupervisor 0.6 to 0.11).
 *
 * @param uuid 32 hex digits
 * @param progress 0 to 100, one decimal
 * @param done null before it began
 * @param created ISO 8601 with offset and microseconds
 * @param childJobs oldest first
 */
public record JobInfo(
        String name,
        String reference,
        String uuid,
        double progress,
        String stage,
        Boolean done,
        List<JobError> errors,
        String created,
        Map<String, Object> extra,
        @JsonbProperty("child_jobs") List<JobInfo> childJobs) {

    /** The same, as another name and stage have it. */
    JobInfo called(String newName, String newStage, List<JobInfo> newChildren) {
        return new JobInfo(newName, reference, uuid, progress, newStage, done, errors, created, extra, newChildren);
    }
}
