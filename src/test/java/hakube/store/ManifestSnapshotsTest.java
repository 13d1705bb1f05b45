package hakube.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The manifests in the folders of apps that run and apps that are refused use all that a manifest can say. */
class ManifestSnapshotsTest {

    private static final List<Path> FOLDERS = List.of(
            Path.of("src/test/resources/hakube/apps/workload"), Path.of("src/test/resources/hakube/apps/refused"));

    /** Every key that upstream's documentation and validator know (2026-08), apart from the old spellings. */
    private static final Set<String> KEYS = Set.of("""
            name version slug description arch machine url startup boot init advanced stage ports ports_description watchdog webui
            ingress ingress_port ingress_entry ingress_stream panel_icon panel_title panel_admin homeassistant hassio_api hassio_role
            homeassistant_api auth_api docker_api host_network host_pid host_ipc host_uts host_dbus devices uart usb gpio video audio
            udev devicetree kernel_modules realtime journald full_access privileged apparmor tmpfs map environment stdin legacy
            services discovery backup backup_pre backup_post backup_exclude options schema image ulimits timeout
            breaking_versions""".split("\\s+"));

    private static final Map<String, Predicate<Map<?, ?>>> OLD_SPELLINGS = oldSpellings();

    private static final Map<String, Map<?, ?>> WRITTEN = new HashMap<>();
    private static final Map<String, AppManifest> READ = new HashMap<>();

    @BeforeAll
    static void read() throws IOException, Unreadable {
        for (Path folder : FOLDERS) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file :
                        (Iterable<Path>) files.filter(name -> name.toString().endsWith("-in.yaml"))::iterator) {
                    String name = file.getFileName().toString().replace("-in.yaml", "");
                    ManifestReader.Outcome outcome = ManifestReader.read(file);
                    WRITTEN.put(name, (Map<?, ?>) ManifestReader.document(file));
                    READ.put(
                            name,
                            assertInstanceOf(ManifestReader.Valid.class, outcome, name + ": " + outcome)
                                    .manifest());
                }
            }
        }
    }

    @Test
    void theRulesKnowEveryKeyAndNoOther() {
        assertEquals(new TreeSet<>(KEYS), new TreeSet<>(ManifestRules.names()));
    }

    /** What is set to its default proves nothing. */
    @Test
    void everyKeyIsSetSomewhereToAnotherValueThanItsDefault() {
        Map<String, Object> defaults = READ.get("built-here").values();
        Set<String> uncovered = new TreeSet<>(KEYS);
        WRITTEN.forEach((name, written) -> written.keySet().stream()
                .map(String.class::cast)
                .filter(key -> READ.get(name).values().containsKey(key))
                .filter(key -> name.equals("built-here")
                        || !READ.get(name).values().get(key).equals(defaults.get(key)))
                .forEach(uncovered::remove));
        assertEquals(Set.of(), uncovered);
    }

    @Test
    void everyOldSpellingIsWrittenSomewhere() {
        Set<String> unused = new TreeSet<>(OLD_SPELLINGS.keySet());
        OLD_SPELLINGS.forEach((spelling, isIn) -> {
            if (WRITTEN.values().stream().anyMatch(isIn)) {
                unused.remove(spelling);
            }
        });
        assertEquals(Set.of(), unused);
    }

    @Test
    void everyFolderIsMappedSomewhere() {
        Set<FolderType> unused = new TreeSet<>(List.of(FolderType.values()));
        READ.values().forEach(manifest -> unused.removeAll(manifest.folders().keySet()));
        assertEquals(Set.of(), unused);
    }

    @ParameterizedTest
    @CsvSource({"old-words, new-words", "old-hardware, hardware"})
    void theOldSpellingsAreReadAsTheNewOnes(String old, String now) {
        assertNotEquals(rest(WRITTEN.get(old)), rest(WRITTEN.get(now)));
        assertEquals(rest(READ.get(now).values()), rest(READ.get(old).values()));
    }

    /** All but the names, which tell the two apart. */
    private static Map<Object, Object> rest(Map<?, ?> manifest) {
        Map<Object, Object> rest = new HashMap<>(manifest);
        rest.keySet().removeAll(Set.of("name", "slug"));
        return rest;
    }

    private static Map<String, Predicate<Map<?, ?>>> oldSpellings() {
        Map<String, Predicate<Map<?, ?>>> spellings = new LinkedHashMap<>();
        for (String key : List.of(
                "advanced",
                "auto_uart",
                "codenotary",
                "snapshot",
                "snapshot_exclude",
                "snapshot_post",
                "snapshot_pre")) {
            spellings.put(key, manifest -> manifest.containsKey(key));
        }
        for (String word : List.of("before", "after")) {
            spellings.put("startup: " + word, manifest -> word.equals(manifest.get("startup")));
        }
        spellings.put("devices with a target", manifest -> entries(manifest, "devices").stream()
                .anyMatch(entry -> entry.toString().contains(":")));
        spellings.put("tmpfs with its options", manifest -> manifest.get("tmpfs") instanceof String);
        spellings.put(
                "map in words", manifest -> entries(manifest, "map").stream().anyMatch(String.class::isInstance));
        spellings.put("map that means nothing", manifest -> entries(manifest, "map").stream()
                .anyMatch(Number.class::isInstance));
        for (String retired : List.of("armhf", "i386")) {
            spellings.put(
                    "arch " + retired, manifest -> entries(manifest, "arch").contains(retired));
        }
        for (String retired : List.of("raspberrypi2", "!tinker")) {
            spellings.put("machine " + retired, manifest -> entries(manifest, "machine")
                    .contains(retired));
        }
        return spellings;
    }

    private static Collection<?> entries(Map<?, ?> manifest, String key) {
        return manifest.get(key) instanceof List<?> list ? list : new ArrayList<>();
    }
}
