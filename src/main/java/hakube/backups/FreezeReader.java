package hakube.backups;

import hakube.api.ApiFailure;
import hakube.api.Body;
import java.time.Duration;

/** Reads how long the house may be held still (upstream {@code supervisor/api/backups.py}, {@code SCHEMA_FREEZE}, 2026-08); pure. */
final class FreezeReader {

    /** In seconds (upstream {@code supervisor/backups/const.py}, {@code DEFAULT_FREEZE_TIMEOUT}). */
    private static final int USUAL = 600;

    private FreezeReader() {}

    /** @throws ApiFailure.BadRequest for a body that does not fit */
    static Duration read(String text) {
        Body body = Body.of(text);
        int seconds = body.integer("timeout", 1).orElse(USUAL);
        body.check();
        return Duration.ofSeconds(seconds);
    }
}
