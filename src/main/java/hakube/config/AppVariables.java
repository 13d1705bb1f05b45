package hakube.config;

import java.time.Duration;
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
                    "SUPERVISOR_REPOSITORY_SCHEMES", Rule.someOf("https", "http", "git", "file"))
            .or("https,http")
            .example("https,git")
            .effect("Which repository addresses are accepted.");

    static final Setting<Long> SIZE = Setting.of("SUPERVISOR_REPOSITORY_SIZE", Amounts.BYTES)
            .or("256Mi")
            .example("1Gi")
            .effect(
                    "How much an add-on repository may send, and how much its files may take; more is refused while it comes.");

    static final Setting<Duration> TIME = Setting.of("SUPERVISOR_REPOSITORY_TIMEOUT", Amounts.DURATION)
            .or("PT2M")
            .example("PT10M")
            .effect("How long an add-on repository is waited for.");

    static final Setting<Set<String>> BUILT_IN = Setting.of(
                    "SUPERVISOR_REPOSITORY_BUILT_IN", Rule.someOf("core", "community", "esphome", "music-assistant"))
            .or("core,community,esphome,music-assistant")
            .emptyTurnsOff()
            .example("core")
            .effect(
                    "Which repositories are there without being added, besides the local one; empty: none, as where nothing "
                            + "outside of the cluster can be reached.");

    static final List<Setting<?>> ALL = List.of(
            MOUNT, INGRESS_SOURCE, CAPABILITIES, SECCOMP, REQUESTS, LIMITS, SUBMODULES, SCHEMES, SIZE, TIME, BUILT_IN);

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
        return new Settings.StoreSettings(
                values.get(SUBMODULES),
                values.get(SCHEMES),
                values.get(SIZE),
                values.get(TIME),
                values.find(BUILT_IN).orElse(Set.of()));
    }
}
