package hakube.kubernetes;

import java.util.Map;

/** Labels and annotations that the original runtime uses and other tools rely on (kubernetes backend of the mission). */
public final class Labels {

    /** {@code "true"} on everything that the Supervisor owns; nothing without it is ever deleted. */
    public static final String MANAGED = "io.hass.managed";

    /** {@code core}, {@code addon}, {@code supervisor}, {@code gateway}. */
    public static final String TYPE = "io.hass.type";

    /** Full slug, made label-safe; the annotation of the same name has the exact text. */
    public static final String SLUG = "io.hass.slug";

    public static final String REPOSITORY = "io.hass.repository";
    public static final String VERSION = "io.hass.version";
    public static final String ARCH = "io.hass.arch";

    /** {@code internal-l4} on the proxy of the internal address. */
    public static final String COMPONENT = "io.hass.component";

    /** Annotation of a pod template: a changed configuration changes it. */
    public static final String CONFIG_HASH = "io.hass.config-hash";

    /** Annotation of a pod template: first 12 hex digits of the token's SHA-256. */
    public static final String TOKEN_HASH = "io.hass.token-hash";

    /** Annotation of a Deployment: exit code of the last run that ended by itself. */
    public static final String EXIT_CODE = "io.hass.exit-code";

    /** Annotation of a Deployment: manifest keys that have no effect here, comma-separated. */
    public static final String IGNORED = "io.hass.ignored";

    /** Selects all that the Supervisor owns. */
    public static final String MANAGED_SELECTOR = MANAGED + "=true";

    private Labels() {}

    /** Of what belongs to the Supervisor itself rather than to Core or one app. */
    public static Map<String, String> ofSupervisor() {
        return Map.of(
                MANAGED,
                "true",
                TYPE,
                "supervisor",
                "app.kubernetes.io/part-of",
                "home-assistant",
                "app.kubernetes.io/managed-by",
                "hass-supervisor");
    }
}
