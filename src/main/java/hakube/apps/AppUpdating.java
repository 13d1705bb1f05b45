package hakube.apps;

import java.util.Map;
import java.util.Optional;

/**
 * An update, or a return to a revision, that has begun. It stands in {@code apps.json} beside the version that it brings, so that one
 * write changes both, and is gone when it is over: what finds it at a start of the Supervisor knows what a crash cut off.
 *
 * @param before what comes back when the new version does not start
 * @param digest of the image that ran until then, empty where none did
 * @param wasRunning whether the app is to be started again
 */
record AppUpdating(AppRevision before, Optional<String> digest, boolean wasRunning) {

    /** Empty for what no update has written, or somebody has damaged since. */
    static Optional<AppUpdating> read(Map<String, Object> json) {
        return AppRevision.read(json)
                .map(before ->
                        new AppUpdating(before, AppHistory.digest(json), Boolean.TRUE.equals(json.get("running"))));
    }

    /** As {@link #read} takes it. */
    Map<String, Object> json() {
        Map<String, Object> json = before.json();
        json.put("digest", digest.orElse(null));
        json.put("running", wasRunning);
        return json;
    }
}
