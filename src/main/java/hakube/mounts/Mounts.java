package hakube.mounts;

import hakube.api.ApiFailure;
import hakube.api.Body;
import jakarta.inject.Singleton;
import java.util.Map;

/** What there is of mounts: none (upstream {@code supervisor/api/mounts.py}, 2026-08). */
@Singleton
final class Mounts {

    private static final String DEFAULT_BACKUP_MOUNT = "default_backup_mount";

    MountsInfo info() {
        return MountsInfo.NONE;
    }

    /**
     * Takes {@code default_backup_mount: null}, which is so already.
     *
     * @throws ApiFailure.NotFound {@code mount_not_found_error} for every name
     */
    void options(String text) {
        Body body = Body.of(text);
        var name = body.nullableText(DEFAULT_BACKUP_MOUNT);
        body.check();
        name.ifPresent(given -> {
            throw new ApiFailure.NotFound(
                    "No mount exists with name '" + given + "'", "mount_not_found_error", Map.of("name", given));
        });
    }
}
