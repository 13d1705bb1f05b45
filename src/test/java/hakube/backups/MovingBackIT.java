package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.archive.ArchiveReader;
import hakube.archive.Listing;
import hakube.archive.SecureTar;
import hakube.archive.TarMember;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever moves back to Home Assistant OS takes a backup along: upstream's own library opens it, part by part. */
class MovingBackIT {

    private static final String PASSWORD = "pässwörd ✓";
    private static final int HEADER = 10;

    /** Folders of the share, and where a backup has them. */
    private static final Map<String, String> TREES = Map.of(
            "share", "share",
            "ssl", "ssl",
            "media", "media",
            "addons/local", "addons_local",
            "homeassistant", "homeassistant/data",
            "addons/data/local_cold", "local_cold/data",
            "addons/data/local_hot", "local_hot/data",
            "addon_configs/local_hot", "local_hot/config");

    @TempDir
    private Path folder;

    private SecureTar securetar;

    /** @param version of SecureTar, 0 for none */
    record Form(boolean isCompressed, int version) {

        String password() {
            return version == 0 ? "" : PASSWORD;
        }

        String request() {
            JsonObject body = new JsonObject();
            body.addProperty("name", toString());
            body.addProperty("compressed", isCompressed);
            if (version != 0) {
                body.addProperty("password", PASSWORD);
            }
            return body.toString();
        }
    }

    @BeforeEach
    void prepare() throws Exception {
        securetar = SecureTar.saying(folder.resolve("said"));
    }

    @Test
    void everyPartOfAFullBackupIsOpenedWhateverItsForm() throws Exception {
        try (BackupWorld world = new BackupWorld(folder.resolve("world"), "back").begin(2)) {
            furnish(world);
            for (Form form : List.of(new Form(true, 0), new Form(false, 0), new Form(true, 3), new Form(false, 3))) {
                assertMovesBack(world, form, "2026.11.0");
            }
        }
    }

    @Test
    void withAnOlderCoreItIsOfTheOlderForm() throws Exception {
        try (BackupWorld world = new BackupWorld(folder.resolve("world"), "back").beginOlder(2)) {
            furnish(world);
            for (Form form : List.of(new Form(true, 2), new Form(false, 2))) {
                assertMovesBack(world, form, "2026.2.3");
            }
        }
    }

    private static void furnish(BackupWorld world) throws Exception {
        Path media = world.supervisor.share().resolve("media");
        Path deep = Files.createDirectories(media.resolve("d".repeat(120)).resolve("Füße"));
        Files.writeString(deep.resolve("日本語 ✓.txt"), "text");
        Files.createSymbolicLink(media.resolve("link"), Path.of("../outside"));
        Files.createDirectory(media.resolve("empty"));
        Files.write(media.resolve("zeros"), new byte[3 << 20]);
        Files.writeString(world.supervisor.share().resolve("addon_configs/local_hot/app.yaml"), "own");
        Files.writeString(world.supervisor.share().resolve("homeassistant/home-assistant.log"), "left out");
    }

    private void assertMovesBack(BackupWorld world, Form form, String core) throws Exception {
        String slug = world.supervisor
                .ask("POST", "/backups/new/full", form.request())
                .data()
                .get("slug")
                .getAsString();
        Path target = Files.createDirectory(folder.resolve(slug));

        securetar.unpack(world.file(slug), form.password(), target);

        assertEquals(form.version(), version(world.file(slug)), form.toString());
        assertTrees(world.supervisor.share(), target, form);
        JsonObject backup = json(target.resolve("backup.json"));
        assertEquals(2, backup.get("version").getAsInt());
        assertEquals("full", backup.get("type").getAsString());
        assertEquals(form.toString(), backup.get("name").getAsString());
        assertEquals(
                core, backup.getAsJsonObject("homeassistant").get("version").getAsString());
        assertEquals(
                core,
                json(target.resolve("homeassistant/homeassistant.json"))
                        .get("version")
                        .getAsString());
        for (String app : List.of(BackupWorld.COLD, BackupWorld.HOT)) {
            JsonObject note = json(target.resolve(app).resolve("addon.json"));
            assertEquals("started", note.get("state").getAsString());
            assertEquals("1.0", note.get("version").getAsString());
            assertEquals("1.0", note.getAsJsonObject("user").get("version").getAsString());
            assertEquals(
                    app.replace("local_", ""),
                    note.getAsJsonObject("system").get("slug").getAsString());
            assertEquals(
                    "local", note.getAsJsonObject("system").get("repository").getAsString());
        }
    }

    private static void assertTrees(Path share, Path target, Form form) throws Exception {
        for (Map.Entry<String, String> tree : TREES.entrySet()) {
            Map<String, String> before = lines(share.resolve(tree.getKey()));
            before.keySet().removeAll(List.of("x.tmp", "home-assistant.log"));
            assertEquals(before, lines(target.resolve(tree.getValue())), form + ": " + tree.getKey());
        }
    }

    /** Without times: an app writes when it starts again. */
    private static Map<String, String> lines(Path tree) throws Exception {
        Map<String, String> lines = new TreeMap<>(Listing.of(tree));
        lines.replaceAll((name, line) -> line.replaceFirst(" \\S+T\\S+Z ", " "));
        assertTrue(lines.size() > 1, tree + " is empty");
        return lines;
    }

    /** Of SecureTar, which every part begins with; 0 for none. */
    private static int version(Path backup) throws Exception {
        try (ArchiveReader archive = ArchiveReader.open(backup);
                RandomAccessFile file = new RandomAccessFile(backup.toFile(), "r")) {
            Set<Integer> versions = new TreeSet<>();
            for (TarMember member : archive.members()) {
                if (!member.name().endsWith(".json")) {
                    byte[] header = new byte[HEADER];
                    file.seek(member.offset());
                    file.readFully(header);
                    boolean isSealed = new String(header, 0, HEADER - 1, StandardCharsets.US_ASCII).equals("SecureTar");
                    versions.add(isSealed ? (int) header[HEADER - 1] : 0);
                }
            }
            assertEquals(1, versions.size(), versions.toString());
            return versions.iterator().next();
        }
    }

    private static JsonObject json(Path file) throws Exception {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }
}
