package hakube.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rule of each key of a manifest; upstream's {@code supervisor/apps/validate.py}, 2026-08. */
final class ManifestRules {

    static final Set<String> ARCHITECTURES = Set.of("aarch64", "amd64", "armhf", "armv7", "i386");

    private static final Set<String> CAPABILITIES = Set.of(
            "BPF",
            "CHECKPOINT_RESTORE",
            "DAC_READ_SEARCH",
            "IPC_LOCK",
            "NET_ADMIN",
            "NET_RAW",
            "PERFMON",
            "SYS_ADMIN",
            "SYS_MODULE",
            "SYS_NICE",
            "SYS_PTRACE",
            "SYS_RAWIO",
            "SYS_RESOURCE",
            "SYS_TIME");

    private static final String MACHINES = "intel-nuc|khadas-vim3|generic-aarch64|generic-x86-64|odroid-c2|odroid-c4"
            + "|odroid-m1|odroid-n2|odroid-xu|qemuarm-64|qemuarm|qemux86-64|qemux86|raspberrypi|raspberrypi2"
            + "|raspberrypi3-64|raspberrypi3|raspberrypi4-64|raspberrypi4|raspberrypi5-64|yellow|green|tinker";

    private static final Pattern PORT_KEY = Pattern.compile("[0-9]+(?:/tcp|/udp)?");
    private static final String PLACE = "://\\[HOST\\]:";
    /** Whatever Python's {@code .*$} matches: one line, and the line feed with which a YAML block ends. */
    private static final String REST = ".*\n?";

    private static final Pattern WATCHDOG = Pattern.compile(
            "(?:https?|\\[PROTO:\\w+\\]|tcp)" + PLACE + "(?:\\[PORT:[0-9]+\\]|[0-9]+)" + REST, Pattern.UNIX_LINES);
    private static final Pattern WEBUI =
            Pattern.compile("(?:https?|\\[PROTO:\\w+\\])" + PLACE + "\\[PORT:[0-9]+\\]" + REST, Pattern.UNIX_LINES);

    /** @param byDefault value of an absent key; {@code null}: the key stays absent */
    private record Key(Rule rule, boolean required, Object byDefault) {}

    private static final Map<String, Key> KEYS = keys();

    private ManifestRules() {}

    /**
     * Checks and converts; unknown keys are dropped.
     *
     * @param manifest after {@link ManifestMigration}
     */
    static Map<String, Object> check(Map<?, ?> manifest) throws Violation {
        Map<String, Object> checked = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : manifest.entrySet()) {
            Key key = entry.getKey() instanceof String name ? KEYS.get(name) : null;
            if (key != null) {
                try {
                    checked.put((String) entry.getKey(), key.rule.check(entry.getValue()));
                } catch (Violation e) {
                    throw e.under(entry.getKey());
                }
            }
        }
        for (Map.Entry<String, Key> entry : KEYS.entrySet()) {
            if (entry.getValue().required && !checked.containsKey(entry.getKey())) {
                throw new Violation("required key not provided").under(entry.getKey());
            } else if (entry.getValue().byDefault != null) {
                checked.putIfAbsent(entry.getKey(), entry.getValue().byDefault);
            }
        }
        return checked;
    }

    /** All keys that have a rule. */
    static Set<String> names() {
        return KEYS.keySet();
    }

    private static Map<String, Key> keys() {
        Map<String, Key> keys = new LinkedHashMap<>();
        required(keys, "name", Rule.text());
        required(keys, "version", Rule.version());
        required(keys, "slug", Rule.matching(Pattern.compile("[-_.A-Za-z0-9]+")));
        required(keys, "description", Rule.text());
        required(keys, "arch", Rule.list(Rule.oneOf(ARCHITECTURES)));
        optional(keys, "machine", Rule.unique(Rule.list(Rule.matching(Pattern.compile("!?(?:|" + MACHINES + ")")))));
        optional(keys, "url", Rule.url());
        optional(keys, "startup", Rule.word("AppStartup", words(AppManifest.Startup.values())), "application");
        optional(keys, "boot", Rule.word("AppBootConfig", words(AppManifest.Boot.values())), "auto");
        optional(keys, "stage", Rule.word("AppStage", words(AppManifest.Stage.values())), "stable");
        optional(keys, "ports", Rule.map(portKey(), Rule.orNull(Rule.port())));
        optional(keys, "ports_description", Rule.map(portKey(), Rule.text()));
        optional(keys, "watchdog", Rule.matching(WATCHDOG));
        optional(keys, "webui", Rule.matching(WEBUI));
        optional(keys, "ingress_port", ManifestRules::ingressPort, 8099L);
        optional(keys, "ingress_entry", Rule.text());
        optional(keys, "panel_icon", Rule.text(), "mdi:puzzle");
        optional(keys, "panel_title", Rule.text());
        optional(keys, "homeassistant", Rule.version());
        optional(
                keys,
                "hassio_role",
                Rule.oneOf(Set.of("admin", "backup", "default", "homeassistant", "manager")),
                "default");
        optional(keys, "devices", Rule.list(Rule.text()));
        optional(keys, "map", Rule.list(ManifestRules::folder), List.of());
        optional(keys, "environment", Rule.map(Rule.text(), Rule.text()));
        optional(keys, "privileged", Rule.list(Rule.word("Capabilities", CAPABILITIES)));
        optional(keys, "services", Rule.list(Rule.matching(Pattern.compile("(?:mqtt|mysql):(?:provide|want|need)"))));
        optional(keys, "discovery", Rule.list(Rule.text()));
        optional(keys, "backup", Rule.word("AppBackupMode", Set.of("hot", "cold")), "hot");
        optional(keys, "backup_pre", Rule.text());
        optional(keys, "backup_post", Rule.text());
        optional(keys, "backup_exclude", Rule.list(Rule.text()));
        optional(keys, "options", ManifestRules::options, Map.of());
        optional(keys, "schema", ManifestRules::schema, Map.of());
        optional(keys, "image", ImageName::check);
        optional(keys, "ulimits", Rule.map(Rule.text(), ManifestRules::ulimit), Map.of());
        optional(keys, "timeout", Rule.number(10, 300), 10L);
        optional(keys, "breaking_versions", Rule.list(Rule.version()), List.of());
        for (String key : List.of("init", "panel_admin", "apparmor")) {
            optional(keys, key, Rule.truth(), true);
        }
        for (String key : List.of(
                "advanced",
                "ingress",
                "ingress_stream",
                "hassio_api",
                "homeassistant_api",
                "auth_api",
                "docker_api",
                "host_network",
                "host_pid",
                "host_ipc",
                "host_uts",
                "host_dbus",
                "uart",
                "usb",
                "gpio",
                "video",
                "audio",
                "udev",
                "devicetree",
                "kernel_modules",
                "realtime",
                "journald",
                "full_access",
                "tmpfs",
                "stdin",
                "legacy")) {
            optional(keys, key, Rule.truth(), false);
        }
        return keys;
    }

    private static void required(Map<String, Key> keys, String name, Rule rule) {
        keys.put(name, new Key(rule, true, null));
    }

    private static void optional(Map<String, Key> keys, String name, Rule rule) {
        keys.put(name, new Key(rule, false, null));
    }

    private static void optional(Map<String, Key> keys, String name, Rule rule, Object byDefault) {
        keys.put(name, new Key(rule, false, byDefault));
    }

    static Rule portKey() {
        return key -> Rule.matching(PORT_KEY).check(Rule.text().check(key));
    }

    private static Object ingressPort(Object value) throws Violation {
        return value instanceof Long number && number == 0 ? value : Rule.port().check(value);
    }

    private static Object folder(Object value) throws Violation {
        Map<String, Rule> rules = Map.of(
                "type",
                Rule.word("MappingType", words(FolderType.values())),
                "read_only",
                Rule.realBoolean(),
                "path",
                Rule.text());
        Map<String, Object> checked = known(value, rules);
        checked.putIfAbsent("read_only", true);
        return checked;
    }

    private static Object ulimit(Object value) throws Violation {
        Rule number = Rule.number(Long.MIN_VALUE, Long.MAX_VALUE);
        if (!(value instanceof Map)) {
            return number.check(value);
        }
        Map<String, Object> checked = known(value, Map.of("soft", number, "hard", number));
        for (String key : List.of("soft", "hard")) {
            if (!checked.containsKey(key)) {
                throw new Violation("required key not provided").under(key);
            }
        }
        return checked;
    }

    private static Map<String, Object> known(Object value, Map<String, Rule> rules) throws Violation {
        Map<String, Object> checked = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
            Rule rule = entry.getKey() instanceof String name ? rules.get(name) : null;
            if (rule == null) {
                continue;
            }
            try {
                checked.put((String) entry.getKey(), rule.check(entry.getValue()));
            } catch (Violation e) {
                throw e.under(entry.getKey());
            }
        }
        return checked;
    }

    private static Object options(Object value) throws Violation {
        if (!PlainValues.isObject(value)) {
            throw new Violation("expected dict");
        }
        return value;
    }

    private static Object schema(Object value) throws Violation {
        return Boolean.FALSE.equals(value)
                ? value
                : Rule.map(Rule.text(), ManifestRules::schemaEntry).check(value);
    }

    private static Object schemaEntry(Object value) throws Violation {
        if (!(value instanceof List<?> list)) {
            return schemaType(value);
        }
        List<Object> checked = new ArrayList<>();
        for (Object entry : list) {
            try {
                checked.add(schemaType(entry));
            } catch (Violation e) {
                throw e.under(checked.size());
            }
        }
        return checked;
    }

    /** A word of the grammar or an object; a list may not stand directly in a list. */
    private static Object schemaType(Object value) throws Violation {
        return switch (value) {
            case Map<?, ?> map ->
                Rule.map(Rule.text(), ManifestRules::schemaEntry).check(map);
            case String text when OptionType.parse(text).isPresent() -> text;
            case String text ->
                throw new Violation("does not match regular expression of option types: " + PythonText.repr(text));
            case null, default -> throw new Violation("expected string or buffer");
        };
    }

    private static Set<String> words(Enum<?>... values) {
        return Stream.of(values).map(ManifestRules::word).collect(Collectors.toUnmodifiableSet());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
