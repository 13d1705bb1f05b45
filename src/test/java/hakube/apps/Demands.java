package hakube.apps;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What stands against a manifest on a cluster, read off the file as it is written: a second opinion, which shares nothing with the
 * reader and the requirements that it judges.
 */
final class Demands {

    private static final List<String> SWITCHES = List.of(
            "host_network",
            "host_pid",
            "host_ipc",
            "host_uts",
            "host_dbus",
            "docker_api",
            "full_access",
            "uart",
            "usb",
            "gpio",
            "video",
            "audio",
            "kernel_modules",
            "journald");

    private Demands() {}

    /** The keys, that of a capability with its name; {@code arch} alone when there is no image for that architecture. */
    static Set<String> of(Map<?, ?> written, String arch) {
        if (!(written.get("arch") instanceof List<?> supported && supported.contains(arch))) {
            return Set.of("arch");
        }
        Set<String> keys = new TreeSet<>();
        SWITCHES.stream().filter(key -> Boolean.TRUE.equals(written.get(key))).forEach(keys::add);
        if (written.get("privileged") instanceof List<?> capabilities) {
            capabilities.forEach(capability -> keys.add("privileged " + capability));
        }
        if (written.get("devices") instanceof List<?> devices && !devices.isEmpty()) {
            keys.add("devices");
        }
        if (Boolean.TRUE.equals(written.get("auto_uart"))) {
            keys.add("uart");
        }
        if (written.get("image") == null) {
            keys.add("image");
        } else if (String.valueOf(written.get("version")).contains(" ")) {
            keys.add("version");
        }
        if (written.get("ports") instanceof Map<?, ?> ports
                && ports.keySet().stream().anyMatch(Demands::isNoPort)) {
            keys.add("ports");
        }
        if (written.get("map") instanceof List<?> folders && folders.stream().anyMatch(Demands::isElsewhere)) {
            keys.add("map");
        }
        return keys;
    }

    private static boolean isNoPort(Object key) {
        int number = Integer.parseInt(key.toString().split("/", 2)[0]);
        return number < 1 || number > 65535;
    }

    private static boolean isElsewhere(Object folder) {
        return folder instanceof Map<?, ?> object
                && object.get("path") instanceof String path
                && (path.contains("..") || path.equals("/data") && !"data".equals(object.get("type")));
    }
}
