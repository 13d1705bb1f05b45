package hakube.store;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Validated values as the record that the house works with. */
final class ManifestRecord {

    private final Map<String, Object> values;

    private ManifestRecord(Map<String, Object> values) {
        this.values = values;
    }

    /** @param values checked by {@link ManifestRules} */
    static AppManifest of(Map<String, Object> values) {
        ManifestRecord manifest = new ManifestRecord(values);
        return new AppManifest(
                manifest.text("slug"),
                manifest.text("name"),
                manifest.text("version"),
                manifest.text("description"),
                manifest.texts("arch"),
                manifest.texts("machine"),
                manifest.maybe("url"),
                manifest.maybe("homeassistant"),
                manifest.word("stage", AppManifest.Stage.class),
                manifest.texts("breaking_versions"),
                manifest.run(),
                manifest.network(),
                manifest.web(),
                manifest.rights(),
                manifest.hardware(),
                manifest.access(),
                manifest.folders(),
                manifest.backup(),
                named(values.get("options")),
                values.get("schema") instanceof Map<?, ?> schema ? Optional.of(named(schema)) : Optional.empty(),
                values);
    }

    private AppManifest.Run run() {
        Map<String, String> environment = new LinkedHashMap<>();
        named(values.get("environment")).forEach((name, value) -> environment.put(name, (String) value));
        Map<String, AppManifest.Ulimit> ulimits = new LinkedHashMap<>();
        named(values.get("ulimits")).forEach((name, value) -> ulimits.put(name, ulimit(value)));
        return new AppManifest.Run(
                maybe("image"),
                word("startup", AppManifest.Startup.class),
                word("boot", AppManifest.Boot.class),
                flag("init"),
                Duration.ofSeconds((Long) values.get("timeout")),
                flag("tmpfs"),
                flag("stdin"),
                flag("legacy"),
                environment,
                ulimits);
    }

    private static AppManifest.Ulimit ulimit(Object value) {
        return value instanceof Map<?, ?> pair
                ? new AppManifest.Ulimit((Long) pair.get("soft"), (Long) pair.get("hard"))
                : new AppManifest.Ulimit((Long) value, (Long) value);
    }

    private AppManifest.Network network() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        named(values.get("ports"))
                .forEach((key, port) -> ports.put(key, port instanceof Long number ? number.intValue() : null));
        Map<String, String> descriptions = new LinkedHashMap<>();
        named(values.get("ports_description")).forEach((key, text) -> descriptions.put(key, (String) text));
        return new AppManifest.Network(ports, descriptions, flag("host_network"));
    }

    private AppManifest.Web web() {
        return new AppManifest.Web(
                flag("ingress"),
                ((Long) values.get("ingress_port")).intValue(),
                maybe("ingress_entry"),
                flag("ingress_stream"),
                text("panel_icon"),
                maybe("panel_title"),
                flag("panel_admin"),
                maybe("webui"),
                maybe("watchdog"));
    }

    private AppManifest.Rights rights() {
        return new AppManifest.Rights(
                flag("host_pid"),
                flag("host_ipc"),
                flag("host_uts"),
                flag("host_dbus"),
                flag("full_access"),
                flag("docker_api"),
                flag("apparmor"),
                new LinkedHashSet<>(texts("privileged")));
    }

    private AppManifest.Hardware hardware() {
        return new AppManifest.Hardware(
                texts("devices"),
                flag("uart"),
                flag("usb"),
                flag("gpio"),
                flag("video"),
                flag("audio"),
                flag("udev"),
                flag("devicetree"),
                flag("kernel_modules"),
                flag("realtime"),
                flag("journald"));
    }

    private AppManifest.Access access() {
        Map<String, String> services = new LinkedHashMap<>();
        for (String entry : texts("services")) {
            List<String> parts = List.of(entry.split(":", 2));
            services.put(parts.get(0), parts.get(1));
        }
        return new AppManifest.Access(
                flag("hassio_api"),
                text("hassio_role"),
                flag("homeassistant_api"),
                flag("auth_api"),
                services,
                texts("discovery"));
    }

    private Map<FolderType, AppManifest.Folder> folders() {
        Map<FolderType, AppManifest.Folder> folders = new LinkedHashMap<>();
        for (Object entry : (List<?>) values.get("map")) {
            Map<String, Object> folder = named(entry);
            FolderType type = FolderType.valueOf(((String) folder.get("type")).toUpperCase(Locale.ROOT));
            folders.put(
                    type,
                    new AppManifest.Folder(
                            type, Boolean.TRUE.equals(folder.get("read_only")), Optional.ofNullable((String)
                                    folder.get("path"))));
        }
        return folders;
    }

    private AppManifest.BackupRules backup() {
        return new AppManifest.BackupRules(
                text("backup").equals("cold"), maybe("backup_pre"), maybe("backup_post"), texts("backup_exclude"));
    }

    private String text(String key) {
        return (String) values.get(key);
    }

    private Optional<String> maybe(String key) {
        return Optional.ofNullable((String) values.get(key));
    }

    private boolean flag(String key) {
        return Boolean.TRUE.equals(values.get(key));
    }

    private List<String> texts(String key) {
        return values.get(key) instanceof List<?> list
                ? list.stream().map(String.class::cast).toList()
                : List.of();
    }

    private <E extends Enum<E>> E word(String key, Class<E> type) {
        return Enum.valueOf(type, text(key).toUpperCase(Locale.ROOT));
    }

    /** The keys are text, since the rules let nothing else through. */
    private static Map<String, Object> named(Object value) {
        Map<String, Object> named = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, entry) -> named.put((String) key, entry));
        }
        return named;
    }
}
