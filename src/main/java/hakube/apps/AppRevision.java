package hakube.apps;

import hakube.store.AppManifest;
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
}
