package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.archive.Password;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every archive of upstream's own library comes back file by file, or nothing is touched. */
class RestoreFixturesTest extends RestoreCase {

    private static final Map<String, String> FOLDERS =
            Map.of("share", "share", "addons_local", "addons/local", "ssl", "ssl", "media", "media");

    /** Written anew by the start that follows; {@link RestoredAppSettingsTest} has what is in it. */
    private static final String REWRITTEN = "options.json";

    private static final String CONFIGURATION = "homeassistant/configuration.yaml";

    @Inject
    RestoreFixturesTest(RestoreHouse house) {
        super(house);
    }

    @BeforeEach
    void oldFilesAreThere() throws IOException {
        house.write("share/old", "old");
        house.write("ssl/old", "old");
        house.write("homeassistant/old", "old");
    }

    static Stream<String> whole() {
        return Fixtures.all().stream().filter(file -> file.getBoolean("valid")).map(file -> file.getString("file"));
    }

    static Stream<String> damaged() {
        return Fixtures.all().stream().filter(file -> !file.getBoolean("valid")).map(file -> file.getString("file"));
    }

    @ParameterizedTest
    @MethodSource("whole")
    void whatIsInsideComesBack(String name) throws IOException {
        JsonObject file = file(name);
        Backup backup = house.backup(name);
        boolean isWhole = restore(backup, file);
        assertEquals(!hasMounts(file), isWhole, "only network storage fails");
        for (Map.Entry<String, ?> part : file.getJsonObject("inner").entrySet()) {
            String called = part.getKey().replaceFirst("^\\./", "").replaceFirst("\\.tar(\\.gz)?$", "");
            for (JsonObject entry : entries(file, part.getKey())) {
                place(called, entry.getString("name"), file).ifPresent(path -> compare(name + ": ", path, entry));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void whatIsDamagedIsToldAndNothingIsTouched(String name) throws IOException {
        Fixtures.putAlone(name, house.folders, "it.tar");
        Optional<Backup> backup = house.listed();
        if (backup.isEmpty()) {
            return;
        }
        String message = assertThrows(ApiFailure.BadRequest.class, () -> restore(backup.get(), file(name)))
                .getMessage();
        assertTrue(message.contains(backup.get().slug()), message);
        assertEquals(Map.of("old", "old"), house.tree("share"));
        assertEquals(Map.of("old", "old"), house.tree("ssl"));
        assertEquals("old", house.tree("homeassistant").get("old"));
        assertTrue(house.core.isRunning());
        assertFalse(Files.exists(house.folders.of(".restore")));
    }

    private boolean restore(Backup backup, JsonObject file) {
        BackupMetadata metadata = backup.metadata();
        PartChoice choice =
                new PartChoice(metadata.core().isPresent(), new PartChoice.Apps.All(), Set.copyOf(metadata.folders()));
        Optional<Password> password =
                file.get("password") instanceof JsonString text ? Password.of(text.getString()) : Optional.empty();
        try {
            house.restorer.restore(backup, new RestoreRequest(Optional.of(choice), password, Optional.empty(), false));
            return true;
        } catch (ApiFailure.BadRequest failure) {
            if (!failure.getMessage().startsWith("An error occurred during restore")) {
                throw failure;
            }
            return false;
        }
    }

    private static JsonObject file(String name) {
        return Fixtures.all().stream()
                .filter(file -> file.getString("file").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonObject> entries(JsonObject file, String part) {
        return file.getJsonObject("inner")
                .getJsonObject(part)
                .getJsonArray("entries")
                .getValuesAs(JsonObject.class);
    }

    private static boolean hasMounts(JsonObject file) {
        return file.getJsonObject("inner").keySet().stream().anyMatch(part -> part.startsWith("supervisor"));
    }

    /** Where that entry comes to lie, if it is one of data. */
    private Optional<Path> place(String part, String entry, JsonObject file) {
        String name = entry.replaceFirst("^\\./", "");
        if (name.equals(".") || Path.of(name).endsWith(REWRITTEN)) {
            return Optional.empty();
        }
        if (FOLDERS.containsKey(part)) {
            return Optional.of(house.folders.of(FOLDERS.get(part)).resolve(name));
        }
        if (part.equals("homeassistant")) {
            boolean isOld = file.getJsonObject("inner").keySet().stream()
                    .filter(one -> one.contains(part))
                    .flatMap(one -> entries(file, one).stream())
                    .noneMatch(one -> one.getString("name").matches("(\\./)?data"));
            Path home = house.folders.of("homeassistant");
            return name.startsWith("data/")
                    ? Optional.of(home.resolve(name.substring("data/".length())))
                    : Optional.of(home.resolve(name)).filter(path -> isOld);
        }
        if (name.startsWith("data/")) {
            return Optional.of(house.folders.of("addons/data/" + part).resolve(name.substring("data/".length())));
        }
        return name.startsWith("config/")
                ? Optional.of(house.folders.of("addon_configs/" + part).resolve(name.substring("config/".length())))
                : Optional.empty();
    }

    private static void compare(String what, Path path, JsonObject entry) {
        try {
            switch (entry.getString("type")) {
                case "dir" -> assertTrue(Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS), what + path);
                case "symlink" ->
                    assertEquals(
                            entry.getString("linkname"),
                            Files.readSymbolicLink(path).toString(),
                            what + path);
                case "hardlink" -> assertTrue(Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS), what + path);
                default -> {
                    byte[] content = Files.readAllBytes(path);
                    int size = entry.getInt("size");
                    // The start that follows may add to the end of Core's configuration, and takes nothing away.
                    assertTrue(
                            content.length == size || path.endsWith(CONFIGURATION) && content.length > size,
                            what + path);
                    assertEquals(entry.getString("sha256"), sum(Arrays.copyOf(content, size)), what + path);
                    int mode = Integer.parseInt(entry.getString("mode"), 8) & 0755;
                    assertEquals(mode, (int) Files.getAttribute(path, "unix:mode") & 07777, what + path);
                }
            }
        } catch (IOException missing) {
            throw new AssertionError(what + path, missing);
        }
    }

    private static String sum(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
