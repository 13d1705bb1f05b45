package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.storage.Folders;
import hakube.testing.Logged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppsFileTest {

    @TempDir
    private Path share;

    private final List<SupervisorEvent> told = new ArrayList<>();

    @Test
    void whatIsPutIsThereAfterARestart() {
        AppsFile before = file();
        InstalledApp first = app("zulu", "1.0");
        InstalledApp second = app("alpha", "2.0");
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("zz", 3);
        options.put("aa", 3.0);
        options.put("none", null);
        UserLayer user = second.user()
                .withOptions(options)
                .withBoot("manual")
                .withNetwork(Optional.of(new HashMap<>(Map.of("7/tcp", 17))))
                .withFlags(new UserLayer.Flags(true, false, true, true, true))
                .withAudio(Optional.of("in"), Optional.of("out"))
                .withSystemManagedConfigEntry(Optional.of("entry"))
                .withLeaving(Optional.of(true));
        before.put(first);
        before.put(second.with(user));

        AppsFile after = file();
        assertEquals(List.of(first, second.with(user)), after.all());
        assertEquals(
                List.of("zz", "aa", "none"),
                List.copyOf(
                        after.find("local_alpha").orElseThrow().user().options().keySet()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"half\"", "{}", "{\"version\": \"1.0\", \"arch\": \"amd64\", \"manifest\": {}}"})
    void anUpdateThatCannotBeReadIsToldAndTheAppStays(String mark) throws IOException {
        file().put(app("sample", "2.0"));
        Path path = share.resolve("apps.json");
        Files.writeString(
                path,
                Files.readString(path)
                        .replaceFirst("\"uuid\"", Matcher.quoteReplacement("\"updating\": " + mark + ", \"uuid\"")));
        try (Logged log = Logged.by(UserLayers.class)) {
            UserLayer user = file().find("local_sample").orElseThrow().user();
            assertEquals(Optional.empty(), user.updating());
            assertEquals("2.0", user.version());
            assertEquals(
                    List.of("What apps.json says of an update of local_sample that was cut off cannot be read: the app"
                            + " stays at version 2.0, and is not started by itself where the update had stopped it"),
                    log.lines());
        }
    }

    @Test
    void theFileHasUpstreamsShapeAndNoToken() throws IOException {
        file().put(app("sample", "1.0"));
        String text = Files.readString(share.resolve("apps.json"));
        assertTrue(text.replaceAll("\\s", "").startsWith("{\"user\":{\"local_sample\":{\"version\":\"1.0\""), text);
        assertTrue(text.contains("\"system\""), text);
        assertFalse(text.contains("access_token"), text);
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(share.resolve("apps.json"))));
    }

    @Test
    void anEarlierFileIsTakenOverByItsOldName() throws IOException {
        file().put(app("sample", "1.0"));
        Files.move(share.resolve("apps.json"), share.resolve("addons.json"));
        assertEquals(Set.of("local_sample"), file().slugs());
        assertTrue(Files.exists(share.resolve("apps.json")));
        assertFalse(Files.exists(share.resolve("addons.json")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"user\": {", "[1, 2]", "\"text\"", "7", "nonsense", "", "{\"user\":{},}", "\u0000\u0001"})
    void aDamagedFileIsSetAsideAndToldOf(String content) throws IOException {
        Files.writeString(share.resolve("apps.json"), content);
        AppsFile file = file();
        assertEquals(List.of(), file.all());
        assertEquals(1, told.size());
        SupervisorEvent.IssueFound issue = (SupervisorEvent.IssueFound) told.getFirst();
        assertEquals("corrupt_file", issue.type());
        Path aside = Path.of(issue.reference().orElseThrow());
        assertEquals(content, Files.readString(aside));

        file.put(app("sample", "1.0"));
        assertEquals(content, Files.readString(aside));
        assertEquals(Set.of("local_sample"), file().slugs());
    }

    @Test
    void anEntryThatCannotBeReadStaysInTheFileAndIsNotFree() throws IOException {
        Files.writeString(
                share.resolve("apps.json"),
                "{\"user\":{\"x_broken\":{\"version\":\"9\",\"options\":{\"a\":1}},\"x_half\":{}},"
                        + "\"system\":{\"x_broken\":{\"name\":\"Broken\",\"odd\":[1]}}}");
        AppsFile file = file();
        file.put(app("sample", "1.0"));
        AppsFile next = file();
        assertEquals(1, next.all().size());
        assertEquals(Set.of("local_sample", "x_broken", "x_half"), next.slugs());
        assertTrue(next.knows("x_broken"));
        assertTrue(Files.readString(share.resolve("apps.json")).contains("odd"));
        assertEquals(List.of(), told);
    }

    @Test
    void aUserLayerOfWrongTypesGetsDefaults() throws IOException {
        AppsFile before = file();
        before.put(app("sample", "1.0"));
        String text = Files.readString(share.resolve("apps.json"));
        Files.writeString(
                share.resolve("apps.json"),
                text.replaceFirst("\"watchdog\":\\s*false", "\"watchdog\": \"yes\"")
                        .replaceFirst("\"options\":\\s*\\{\\s*}", "\"options\": 7"));
        InstalledApp read = file().find("local_sample").orElseThrow();
        assertFalse(read.user().flags().watchdog());
        assertEquals(Map.of(), read.user().options());
        assertEquals("1.0", read.user().version());
    }

    @Test
    void memoryChangesOnlyAfterTheDiskDid() throws IOException {
        AppsFile file = file();
        InstalledApp before = app("sample", "1.0");
        file.put(before);
        // A folder of that name cannot be replaced by a file, whoever runs this.
        Files.delete(share.resolve("apps.json"));
        Files.createDirectories(share.resolve("apps.json/full"));
        assertThrows(UncheckedIOException.class, () -> file.put(app("sample", "2.0")));
        assertThrows(UncheckedIOException.class, () -> file.remove("local_sample"));
        assertEquals(List.of(before), file.all());
        try (Stream<Path> left = Files.list(share)) {
            assertEquals(1, left.count(), "no half-written file stays");
        }
    }

    @Test
    void aRemovedAppIsGone() {
        AppsFile file = file();
        file.put(app("sample", "1.0"));
        file.remove("local_sample");
        assertFalse(file.knows("local_sample"));
        assertEquals(Set.of(), file().slugs());
    }

    private AppsFile file() {
        Events events = new Events();
        events.listen(told::add);
        AppsFile file = new AppsFile(new Folders(share), events);
        file.load();
        return file;
    }

    private static InstalledApp app(String slug, String version) {
        var manifest = AppsHome.manifest(AppsHome.SAMPLE
                .replace("slug: sample", "slug: " + slug)
                .replace("version: \"1.0\"", "version: \"" + version + "\""));
        return new InstalledApp(
                "local_" + slug, "local", "amd64", manifest, UserLayer.fresh(version, Optional.of("localhost/sample")));
    }
}
