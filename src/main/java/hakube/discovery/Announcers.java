package hakube.discovery;

import java.util.List;
import java.util.Map;

/** What this room asks of apps; the room of apps answers. */
public interface Announcers {

    /** Whether that app is installed and in state {@code started}. */
    boolean isStarted(String slug);

    /** Whether that app is installed and stays so: one that is being uninstalled must leave no message behind. */
    boolean isInstalled(String slug);

    /** Full slugs of all apps, installed or only offered, by each service that their manifests let them announce. */
    Map<String, List<String>> byService();
}
