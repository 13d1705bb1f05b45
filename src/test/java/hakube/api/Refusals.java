package hakube.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a cluster cannot do, by path (errors.md 4): the feature and the subject of the uniform answer. */
public final class Refusals {

    private static final Map<String, Refusal> BY_PATH = new LinkedHashMap<>();

    static {
        put("/host/reboot", "host_power", "Rebooting the host");
        put("/host/shutdown", "host_power", "Shutting down the host");
        put("/host/options", "host_options", "Changing host options");
        put("/network/interface/.*/(update|accesspoints|vlan/.*)", "network_manager", "Configuring network interfaces");
        put(
                "/os/(update|config/.*|datadisk/move|datadisk/wipe|boot-slot)",
                "home_assistant_os",
                "Managing Home Assistant OS");
        put("/os/boards/.*", "boards", "Managing board hardware");
        put("/time/options", "host_time", "Changing time servers");
        put("/audio/(?!info|logs).*", "plugin_audio", "The audio plug-in");
        put("/dns/(?!info|logs).*", "plugin_dns", "The DNS plug-in");
        put("/cli/(?!info|logs).*", "plugin_cli", "The CLI plug-in");
        put("/observer/(?!info|logs).*", "plugin_observer", "The observer plug-in");
        put("/multicast/(?!info|logs).*", "plugin_multicast", "The multicast plug-in");
        put("/docker/(options|migrate-storage-driver)", "docker_engine", "Configuring the Docker engine");
        put("/mounts(/.*)?", "mounts", "Managing network storage mounts");
        put("/(addons|apps)/[^/]+/rebuild", "app_build", "Building add-on images");
        put("/supervisor/update", "supervisor_update", "Updating Supervisor from within");
    }

    /** Both are stable: clients show the subject and may look at the feature. */
    public record Refusal(String feature, String subject) {}

    private Refusals() {}

    /** For a route of either version that is refused by name; empty where the contract has another answer. */
    public static Optional<Refusal> of(String asked) {
        String path = asked.replaceFirst("^/v2(/|$)", "/");
        return BY_PATH.entrySet().stream()
                .filter(entry -> path.matches(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static void put(String path, String feature, String subject) {
        BY_PATH.put(path, new Refusal(feature, subject));
    }
}
