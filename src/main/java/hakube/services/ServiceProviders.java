package hakube.services;

import java.util.List;

/** What this room asks of installed apps; the room of apps answers. */
public interface ServiceProviders {

    /** Full slugs of the installed apps whose manifest provides that service, in the order of installation. */
    List<String> of(String service);

    /** Whether that app is installed and stays so: one that is being uninstalled must leave no data behind. */
    boolean isInstalled(String slug);
}
