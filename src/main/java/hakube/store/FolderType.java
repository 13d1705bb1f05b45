package hakube.store;

import java.util.Locale;

/** What {@code map} of a manifest can name, with the place in the container when it gives none. */
public enum FolderType {
    /** Private data, always mounted and writable. */
    DATA("/data"),
    HOMEASSISTANT_CONFIG("/homeassistant"),
    /** Core's configuration at its old place; where it is mapped, the next three do not count. */
    CONFIG("/config"),
    APP_CONFIG("/config"),
    /** Older spelling of {@link #APP_CONFIG}, which counts when both are there. */
    ADDON_CONFIG("/config"),
    ALL_APP_CONFIGS("/app_configs"),
    /** Older spelling of {@link #ALL_APP_CONFIGS}. */
    ALL_ADDON_CONFIGS("/addon_configs"),
    LOCAL_APPS("/local_apps"),
    /** Older spelling of {@link #LOCAL_APPS}. */
    ADDONS("/addons"),
    SSL("/ssl"),
    BACKUP("/backup"),
    SHARE("/share"),
    MEDIA("/media");

    private final String place;

    FolderType(String place) {
        this.place = place;
    }

    /** The default place in the container. */
    public String place() {
        return place;
    }

    /** As a manifest writes it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
