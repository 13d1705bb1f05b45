package hakube.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Brings old spellings of a manifest to the new ones, before it is validated. */
final class ManifestMigration {

    private static final Pattern FOLDER = Pattern.compile("("
            + Stream.of(FolderType.values()).map(FolderType::key).collect(Collectors.joining("|"))
            + ")(?::(rw|ro))?");

    private static final Set<String> OLD_ARCHITECTURES = Set.of("armhf", "armv7", "i386");
    private static final Set<String> OLD_MACHINES = Set.of(
            "odroid-xu", "qemuarm", "qemux86", "raspberrypi", "raspberrypi2", "raspberrypi3", "raspberrypi4", "tinker");

    private final Map<Object, Object> manifest;
    private final Set<String> warnings = new LinkedHashSet<>();

    private ManifestMigration(Map<?, ?> manifest) {
        this.manifest = new LinkedHashMap<>(manifest);
    }

    /** @param warnings sentences for whoever maintains the app */
    record Migrated(Map<Object, Object> manifest, List<String> warnings) {}

    /** Never refuses anything: what makes no sense is left for the rules to find. */
    static Migrated of(Map<?, ?> manifest) {
        ManifestMigration migration = new ManifestMigration(manifest);
        migration.words();
        migration.renames();
        migration.folders();
        migration.remarks();
        return new Migrated(migration.manifest, List.copyOf(migration.warnings));
    }

    private void words() {
        if ("before".equals(manifest.get("startup"))) {
            manifest.put("startup", "services");
            warnings.add("startup 'before' is an old word for 'services'");
        } else if ("after".equals(manifest.get("startup"))) {
            manifest.put("startup", "application");
            warnings.add("startup 'after' is an old word for 'application'");
        }
        if (manifest.get("devices") instanceof List<?> devices
                && devices.stream().anyMatch(entry -> entry instanceof String text && text.contains(":"))) {
            List<Object> paths = new ArrayList<>();
            devices.forEach(entry -> paths.add(entry instanceof String text ? text.split(":", 2)[0] : entry));
            manifest.put("devices", paths);
            warnings.add("devices are plain paths, without target and rights");
        }
        if (manifest.containsKey("tmpfs") && !(manifest.get("tmpfs") instanceof Boolean)) {
            manifest.put("tmpfs", true);
            warnings.add("tmpfs is a boolean");
        }
    }

    private void renames() {
        rename("auto_uart", "uart");
        for (String suffix : List.of("_exclude", "_post", "_pre", "")) {
            rename("snapshot" + suffix, "backup" + suffix);
        }
        if (manifest.containsKey("codenotary")) {
            manifest.remove("codenotary");
            warnings.add("codenotary has no effect any more");
        }
    }

    private void rename(String old, String now) {
        if (manifest.containsKey(old)) {
            manifest.put(now, manifest.remove(old));
            warnings.add(old + " is called " + now + " now");
        }
    }

    private void folders() {
        if (!manifest.containsKey("map")) {
            manifest.put("map", List.of());
        } else if (manifest.get("map") instanceof List<?> entries) {
            List<Object> folders = new ArrayList<>();
            for (Object entry : entries) {
                Object folder = folder(entry);
                if (folder == null) {
                    warnings.add("map has an entry that means nothing, it is skipped: " + PythonText.repr(entry));
                } else {
                    folders.add(folder);
                }
            }
            manifest.put("map", folders);
        }
    }

    private static Object folder(Object entry) {
        if (entry instanceof Map<?, ?> object) {
            return object.containsKey("type") ? object : null;
        } else if (entry instanceof String text) {
            Matcher match = FOLDER.matcher(text);
            if (match.matches()) {
                Map<Object, Object> folder = new LinkedHashMap<>();
                folder.put("type", match.group(1));
                folder.put("read_only", !"rw".equals(match.group(2)));
                return folder;
            }
        }
        return null;
    }

    private void remarks() {
        if (manifest.containsKey("advanced")) {
            warnings.add("advanced has no effect any more");
        }
        if (isSet("full_access") && (isSet("devices") || isSet("uart") || isSet("usb") || isSet("gpio"))) {
            warnings.add("full_access makes devices, uart, usb and gpio needless");
        }
        if ("cold".equals(manifest.get("backup")) && (isSet("backup_pre") || isSet("backup_post"))) {
            warnings.add("a cold backup runs neither backup_pre nor backup_post");
        }
        listed("arch")
                .filter(OLD_ARCHITECTURES::contains)
                .forEach(arch -> warnings.add("arch " + arch + " is retired"));
        listed("machine")
                .map(machine -> machine.replaceFirst("^!+", ""))
                .filter(OLD_MACHINES::contains)
                .forEach(machine -> warnings.add("machine " + machine + " is retired"));
        Set<Object> types = manifest.get("map") instanceof List<?> folders
                ? folders.stream()
                        .map(folder -> ((Map<?, ?>) folder).get("type"))
                        .collect(Collectors.toCollection(LinkedHashSet::new))
                : Set.of();
        Map.of("addons", "local_apps", "all_addon_configs", "all_app_configs", "addon_config", "app_config")
                .forEach((old, now) -> {
                    if (types.contains(old)) {
                        warnings.add("map type " + old + " is called " + now + " now"
                                + (types.contains(now) ? " and does not count beside it" : ""));
                    }
                });
        if (types.contains("config")) {
            warnings.add("map type config is the old place of homeassistant_config; where it is, app_config,"
                    + " addon_config and homeassistant_config do not count");
        }
    }

    private boolean isSet(String key) {
        Object value = manifest.get(key);
        return value != null && !value.equals(false) && !value.equals("") && !value.equals(List.of());
    }

    private Stream<String> listed(String key) {
        return manifest.get(key) instanceof List<?> list
                ? list.stream().filter(String.class::isInstance).map(String.class::cast)
                : Stream.empty();
    }
}
