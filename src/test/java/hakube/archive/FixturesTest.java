package hakube.archive;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Backups of upstream's own library come out as its index says; damaged ones are refused in the way it says. */
class FixturesTest {

    private static final int KEPT = 0755;

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();
    private Path target;

    static Stream<JsonObject> valid() {
        return ArchiveFixtures.all().stream().filter(file -> file.getBoolean("valid"));
    }

    static Stream<JsonObject> damaged() {
        return ArchiveFixtures.all().stream().filter(file -> !file.getBoolean("valid"));
    }

    @BeforeEach
    void makeTarget() throws IOException {
        target = Files.createDirectory(folder.resolve("target"));
    }

    @Test
    void allAreThere() {
        assertEquals(13, valid().count());
        assertEquals(13, damaged().count());
    }

    @ParameterizedTest
    @MethodSource("valid")
    void everyPartComesOutAsUpstreamPutItIn(JsonObject file) throws IOException, NotABackup {
        boolean isCompressed = file.getBoolean("compressed");
        try (ArchiveReader reader = open(file)) {
            for (Map.Entry<String, JsonValue> inner :
                    file.getJsonObject("inner").entrySet()) {
                String part = part(inner.getKey());
                Path place = Files.createDirectory(target.resolve(part));
                assertTrue(reader.has(part, isCompressed));
                assertFalse(reader.has(part, !isCompressed));
                assertTrue(reader.opens(part, isCompressed, password(file)));
                reader.verify(part, isCompressed, password(file));

                reader.unpack(part, isCompressed, password(file), place, warnings::add);

                assertEquals(expected(inner.getValue().asJsonObject()), found(place), part);
            }
        }
        assertEquals(List.of(), warnings);
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void everyDamagedOneIsRefusedInItsWay(JsonObject file) throws Exception {
        switch (file.getString("error")) {
            case "wrong_password" -> {
                try (ArchiveReader reader = open(file)) {
                    String part = part(reader.members().getFirst().name());
                    assertFalse(reader.opens(part, true, password(file)));
                    assertThrows(WrongPassword.class, () -> unpack(reader, file));
                    assertThrows(WrongPassword.class, () -> reader.verify(part, true, password(file)));
                }
            }
            case "inner_corrupt", "unsupported_version", "path_escape" -> {
                try (ArchiveReader reader = open(file)) {
                    String reason = assertThrows(DamagedArchive.class, () -> unpack(reader, file))
                            .getMessage();
                    assertTrue(reason.length() > 20, reason);
                }
            }
            // That its metadata is none is another room's business.
            case "not_loadable" ->
                assertDoesNotThrow(() -> {
                    try (ArchiveReader reader = open(file)) {
                        reader.members();
                    } catch (NotABackup expected) {
                        assertTrue(expected.getMessage().contains("no tar"));
                    }
                });
            default -> throw new AssertionError("nobody said what becomes of " + file);
        }
        assertEquals(List.of(file.getString("file"), "target"), namesIn(folder));
    }

    @Test
    void whatIsWrongIsSaid() throws IOException, NotABackup {
        assertReason("bad-v3-truncated.tar", "does not fit to its size");
        assertReason("bad-v3-bitflip.tar", "encrypted data is damaged");
        assertReason("bad-unknown-version.tar", "unknown version of SecureTar: 9");
        assertReason("bad-traversal.tar", "leads out of the folder");
        assertReason("bad-symlink-escape.tar", "leads through a link");
        assertReason("bad-outer-traversal.tar", "leads out of the folder");
    }

    private void assertReason(String name, String reason) throws IOException, NotABackup {
        JsonObject file = damaged()
                .filter(damaged -> damaged.getString("file").equals(name))
                .findFirst()
                .orElseThrow();
        target = Files.createTempDirectory(folder, "target");
        try (ArchiveReader reader = open(file)) {
            String said = assertThrows(DamagedArchive.class, () -> unpack(reader, file))
                    .getMessage();
            assertTrue(said.contains(reason), said);
        }
    }

    private void unpack(ArchiveReader reader, JsonObject file) throws IOException, NotABackup {
        for (TarMember member : reader.members()) {
            if (!member.name().equals("./backup.json")) {
                reader.unpack(part(member.name()), true, password(file), target, warnings::add);
            }
        }
    }

    private ArchiveReader open(JsonObject file) throws IOException, NotABackup {
        String name = file.getString("file");
        return ArchiveReader.open(Files.write(folder.resolve(name), ArchiveFixtures.bytes(name)));
    }

    private static String part(String member) {
        return member.replaceFirst("^\\./", "").replaceFirst("\\.tar(\\.gz)?$", "");
    }

    private static Optional<Password> password(JsonObject file) {
        return file.get("password") instanceof JsonString password
                ? Password.of(password.getString())
                : Optional.empty();
    }

    private static List<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            return content.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static SortedMap<String, String> expected(JsonObject inner) {
        SortedMap<String, String> lines = new TreeMap<>();
        for (JsonObject entry : inner.getJsonArray("entries").getValuesAs(JsonObject.class)) {
            String name = entry.getString("name").replaceFirst("^\\.(/|$)", "");
            int mode = Integer.parseInt(entry.getString("mode"), 8) & KEPT;
            lines.put(
                    name,
                    switch (entry.getString("type")) {
                        case "dir" -> "directory %o".formatted(mode);
                        case "file" ->
                            "file %o %s %d %s"
                                    .formatted(
                                            mode,
                                            seconds(entry.getJsonNumber("mtime").bigDecimalValue()),
                                            entry.getInt("size"),
                                            entry.getString("sha256"));
                        case "symlink" -> "link to " + entry.getString("linkname");
                        case "hardlink" -> lines.get(entry.getString("linkname"));
                        default -> throw new AssertionError(entry);
                    });
        }
        return lines;
    }

    /** Without what was rounded when Python made a decimal of it. */
    private static String seconds(BigDecimal time) {
        return time.setScale(6, RoundingMode.HALF_UP).toPlainString();
    }

    private static SortedMap<String, String> found(Path place) throws IOException {
        SortedMap<String, String> lines = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(place)) {
            for (Path path : tree.toList()) {
                if (path.equals(place) && !isDescribed(place)) {
                    continue;
                }
                Found found = Found.of(path);
                String name = place.relativize(path).toString();
                if (found.isDirectory()) {
                    lines.put(name, "directory %o".formatted(found.permissions()));
                } else if (found.isLink()) {
                    lines.put(name, "link to " + Files.readSymbolicLink(path));
                } else {
                    BigDecimal time = BigDecimal.valueOf(found.modified().getEpochSecond())
                            .add(BigDecimal.valueOf(found.modified().getNano(), 9));
                    lines.put(
                            name,
                            "file %o %s %d %s"
                                    .formatted(found.permissions(), seconds(time), found.size(), Listing.sha256(path)));
                }
            }
        }
        return lines;
    }

    /** The part of the Supervisor has no member for its root. */
    private static boolean isDescribed(Path place) {
        return !place.getFileName().toString().equals("supervisor");
    }
}
