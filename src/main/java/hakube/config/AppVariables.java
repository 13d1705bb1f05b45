package hakube.config;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What apps get and may, and where they come from. */
final class AppVariables {

    static final Setting<String> MOUNT = Setting.of(
                    "SUPERVISOR_K8S_ADDON_HOMEASSISTANT_MOUNT", Rule.oneOf("always", "mapped"))
            .or("always")
            .example("mapped")
            .effect(
                    "`/homeassistant` in every add-on, read-only unless mapped `rw`, or only where the add-on maps it.");

    static final Setting<String> INGRESS_SOURCE = Setting.of(
                    "SUPERVISOR_K8S_INGRESS_SOURCE", Rule.oneOf("relay", "direct"))
            .or("relay")
            .example("direct")
            .effect(
                    "Reach add-ons through a relay whose address is 172.30.32.2, which most of them ask for, or directly.");

    static final Setting<Set<String>> CAPABILITIES = Setting.of(
                    "SUPERVISOR_K8S_ALLOWED_CAPABILITIES",
                    Rule.someOf("NET_ADMIN", "NET_RAW", "IPC_LOCK", "SYS_NICE", "SYS_RESOURCE"))
            .orNothing("none")
            .example("NET_ADMIN,NET_RAW")
            .effect("Capabilities that add-ons may ask for.");

    static final Setting<String> SECCOMP = Setting.of(
                    "SUPERVISOR_K8S_SECCOMP", Rule.oneOf("RuntimeDefault", "Unconfined"))
            .or("RuntimeDefault")
            .example("Unconfined")
            .effect("Seccomp profile of add-ons.");

    static final Setting<Map<String, String>> REQUESTS = Setting.of("SUPERVISOR_K8S_ADDON_REQUESTS", Amounts.QUANTITIES)
            .orNothing("none")
            .example("{\"cpu\": \"50m\", \"memory\": \"64Mi\"}")
            .effect("Resource requests of every add-on.");

    static final Setting<Map<String, String>> LIMITS = Setting.of("SUPERVISOR_K8S_ADDON_LIMITS", Amounts.QUANTITIES)
            .orNothing("none")
            .example("{\"memory\": \"1Gi\"}")
            .effect("Resource limits of every add-on.");

    static final Setting<Boolean> SUBMODULES = Setting.of("SUPERVISOR_REPOSITORY_SUBMODULES", Rule.BOOLEAN)
            .or("false")
            .example("true")
            .effect("Fetch the submodules of add-on repositories.");

    static final Setting<Set<String>> SCHEMES = Setting.of(
                    "SUPERVISOR_REPOSITORY_SCHEMES", Rule.someOf("https", "http", "git", "ssh", "file"))
            .or("https,http")
            .example("https,ssh")
            .effect("Which repository addresses are accepted.");

    static final List<Setting<?>> ALL =
            List.of(MOUNT, INGRESS_SOURCE, CAPABILITIES, SECCOMP, REQUESTS, LIMITS, SUBMODULES, SCHEMES);

    private AppVariables() {}

    static Settings.AppSettings apps(Values values) {
        return new Settings.AppSettings(
                values.get(MOUNT).equals("always"),
                values.find(CAPABILITIES).orElse(Set.of()),
                values.get(SECCOMP),
                values.get(INGRESS_SOURCE).equals("relay"),
                values.find(REQUESTS).orElse(Map.of()),
                values.find(LIMITS).orElse(Map.of()));
    }

    static Settings.StoreSettings store(Values values) {
        return new Settings.StoreSettings(values.get(SUBMODULES), values.get(SCHEMES));
    }
}
