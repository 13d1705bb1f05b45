package hakube.jobs;

import hakube.api.ApiFailure;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What went wrong in a job, on the wire (upstream {@code supervisor/jobs/__init__.py}, {@code SupervisorJobError}, 2026-08).
 *
 * @param type upstream's class of the failure, such as {@code APIError}
 * @param stage that the job was in, may be null
 * @param errorKey may be null
 * @param extraFields may be null
 */
public record JobError(
        String type,
        String message,
        String stage,
        @JsonbNillable @JsonbProperty("error_key") String errorKey,
        @JsonbNillable @JsonbProperty("extra_fields") Map<String, Object> extraFields) {

    private static final String BACKUP = "backup_";

    /** A failure that nobody expected is in the log and not here. */
    static JobError of(Throwable failure, Work work, String stage) {
        return failure instanceof ApiFailure known
                ? new JobError(
                        work.name().startsWith(BACKUP) ? "BackupError" : type(known),
                        known.getMessage(),
                        stage,
                        known.errorKey().orElse(null),
                        known.extraFields().isEmpty() ? null : known.extraFields())
                : new JobError("HassioError", "Unknown error, see Supervisor logs", stage, null, null);
    }

    private static String type(ApiFailure failure) {
        return switch (failure) {
            case ApiFailure.NotFound ignored -> "APINotFound";
            case ApiFailure.Unauthorized ignored -> "APIUnauthorized";
            case ApiFailure.Forbidden ignored -> "APIForbidden";
            case ApiFailure.Conflict ignored -> "APIConflict";
            case ApiFailure.Gone ignored -> "APIGone";
            case ApiFailure.Internal ignored -> "APIUnknownSupervisorError";
            case ApiFailure.BadRequest ignored -> "APIError";
            case ApiFailure.UnsupportedHere ignored -> "APIError";
            case ApiFailure.MissingPermission ignored -> "APIError";
            case ApiFailure.Unavailable ignored -> "APIError";
        };
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", type);
        fields.put("message", message);
        fields.put("stage", stage);
        fields.put("error_key", errorKey);
        fields.put("extra_fields", extraFields);
        return fields;
    }
}
