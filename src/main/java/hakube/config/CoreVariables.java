package hakube.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Home Assistant Core. */
final class CoreVariables {

    static final Setting<List<String>> TRUSTED_PROXIES = Setting.of("SUPERVISOR_K8S_HA_TRUSTED_PROXIES", Networks.CIDRS)
            .or("10.42.0.0/16")
            .example("10.42.0.0/16,fd00:10:42::/56")
            .effect("Whose `X-Forwarded-For` Core believes: the pods of the gateway.");

    static final Setting<String> SERVICE = Setting.of("SUPERVISOR_K8S_SERVICE_HOMEASSISTANT", Names.LABEL)
            .or("homeassistant")
            .effect("Service of Core, backend of `/`.");

    static final Setting<Integer> SERVICE_PORT = Setting.of("SUPERVISOR_K8S_SERVICE_HOMEASSISTANT_PORT", Rule.port(1))
            .or("8123")
            .effect("Port of that Service.");

    static final Setting<String> IMAGE = Setting.of("SUPERVISOR_CORE_IMAGE", Names.UNTAGGED_IMAGE)
            .orNothing("from the update channel")
            .example("ghcr.io/home-assistant/generic-x86-64-homeassistant")
            .effect("Run Core from this image.");

    static final Setting<String> VERSION = Setting.of("SUPERVISOR_CORE_VERSION", Names.VERSION)
            .orNothing("from the update channel")
            .example("2026.11.0")
            .effect("Run this version of Core.");

    static final Setting<String> VERSION_URL = Setting.of("SUPERVISOR_VERSION_URL", Networks.URL_TEMPLATE)
            .or("https://version.home-assistant.io/{channel}.json")
            .effect("The update channel file.");

    static final Setting<Duration> START_TIMEOUT = Setting.of("SUPERVISOR_CORE_START_TIMEOUT", Amounts.DURATION)
            .or("PT10M")
            .example("PT20M")
            .effect("How long a starting Core is waited for.");

    static final Setting<String> LINK = Setting.of("SUPERVISOR_K8S_CORE_LINK", Rule.oneOf("auto", "socket", "token"))
            .or("auto")
            .example("token")
            .effect("How the Supervisor talks to Core: through Core's socket, with Core's token, or as Core's version "
                    + "asks for.");

    static final Setting<Boolean> LINK_POLICY = Setting.of("SUPERVISOR_K8S_CORE_LINK_POLICY", Rule.BOOLEAN)
            .or("true")
            .example("false")
            .effect("Make the NetworkPolicy that lets only the Supervisor reach the link to Core.");

    static final List<Setting<?>> ALL = List.of(
            TRUSTED_PROXIES, SERVICE, SERVICE_PORT, IMAGE, VERSION, VERSION_URL, START_TIMEOUT, LINK, LINK_POLICY);

    private CoreVariables() {}

    static Settings.CoreSettings of(Values values) {
        return new Settings.CoreSettings(
                values.get(TRUSTED_PROXIES),
                values.get(SERVICE),
                values.get(SERVICE_PORT),
                values.find(IMAGE),
                values.find(VERSION),
                values.get(VERSION_URL),
                values.get(START_TIMEOUT),
                Settings.Link.valueOf(values.get(LINK).toUpperCase(Locale.ROOT)),
                values.get(LINK_POLICY));
    }
}
