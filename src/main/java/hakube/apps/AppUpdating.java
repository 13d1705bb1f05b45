package hakube.apps;

import hakube.store.ManifestReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An update that has begun. It stands in {@code apps.json} beside the version that it brings, so that one write changes both, and is
 * gone when the update is over: what finds it at a start of the Supervisor knows what a crash cut off.
 *
 * @param before what comes back when the new version does not start
 * @param wasRunning whether the app is to be started again
 */
record AppUpdating(AppRevision before, boolean wasRunning) {

    /** Empty for what no update has written, or somebody has damaged since. */
    static Optional<AppUpdating> read(Map<String, Object> json) {
        if (!(json.get("version") instanceof String version
                && json.get("arch") instanceof String arch
                && json.get("manifest") instanceof Map<?, ?> values
                && ManifestReader.read(values) instanceof ManifestReader.Valid valid)) {
            return Optional.empty();
        }
        Optional<String> image = Optional.ofNullable(json.get("image")).map(String::valueOf);
        return Optional.of(new AppUpdating(
                new AppRevision(version, image, arch, valid.manifest()), Boolean.TRUE.equals(json.get("running"))));
    }

    /** As {@link #read} takes it. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", before.version());
        json.put("image", before.image().orElse(null));
        json.put("arch", before.arch());
        json.put("running", wasRunning);
        json.put("manifest", before.manifest().values());
        return json;
    }
}
