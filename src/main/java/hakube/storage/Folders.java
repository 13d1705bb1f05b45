package hakube.storage;

import hakube.config.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** The layout of the shared claim; each sub-path of a pod's mount is a folder below {@link #root}. */
@Singleton
public final class Folders {

    /** Core's configuration. */
    public static final String HOME_ASSISTANT = "homeassistant";

    /** Private folders of apps, {@code addons/data/<slug>}. */
    public static final String APP_DATA = "addons/data";

    /** The local repository. */
    public static final String LOCAL_APPS = "addons/local";

    /** Cloned repositories. */
    public static final String GIT_APPS = "addons/git";

    /** Public folders of apps, {@code addon_configs/<slug>}. */
    public static final String APP_CONFIGS = "addon_configs";

    public static final String SSL = "ssl";
    public static final String SHARE = "share";
    public static final String MEDIA = "media";
    public static final String BACKUP = "backup";

    private final Path root;

    @Inject
    public Folders(Settings settings) {
        this(settings.supervisor().share());
    }

    public Folders(Path root) {
        this.root = root;
    }

    /** Where the whole claim is mounted. */
    public Path root() {
        return root;
    }

    /** The folder behind a sub-path of the claim. */
    public Path of(String subPath) {
        return root.resolve(subPath);
    }

    /** Sub-path of an app's private folder. */
    public static String appData(String slug) {
        return APP_DATA + "/" + slug;
    }

    /** Sub-path of an app's public folder. */
    public static String appConfig(String slug) {
        return APP_CONFIGS + "/" + slug;
    }
}
