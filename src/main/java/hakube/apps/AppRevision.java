package hakube.apps;

import hakube.store.AppManifest;
import hakube.store.ManifestReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an update replaces of an installed app; everything else is the user's and stays.
 *
 * @param version also the image's tag
 * @param image without tag, empty when the app has none
 * @param arch architecture of the image, upstream's word
 */
record AppRevision(String version, Optional<String> image, String arch, AppManifest manifest) {

    /** What a manifest asks for on that architecture. */
    static AppRevision of(AppManifest manifest, String arch) {
        return new AppRevision(
                manifest.version(), manifest.run().image().map(name -> name.replace("{arch}", arch)), arch, manifest);
    }

    /** Empty for what {@link #json} has not made, or somebody has damaged since. */
    static Optional<AppRevision> read(Map<String, Object> json) {
        if (!(json.get("version") instanceof String version
                && json.get("arch") instanceof String arch
                && json.get("manifest") instanceof Map<?, ?> values
                && ManifestReader.read(values) instanceof ManifestReader.Valid valid)) {
            return Optional.empty();
        }
        Optional<String> image = Optional.ofNullable(json.get("image")).map(String::valueOf);
        return Optional.of(new AppRevision(version, image, arch, valid.manifest()));
    }

    /** As {@link #read} takes it; more may be added. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", version);
        json.put("image", image.orElse(null));
        json.put("arch", arch);
        json.put("manifest", manifest.values());
        return json;
    }
}
