package hakube.backups;

import hakube.archive.ArchiveWriter;
import hakube.archive.PartBody;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A backup that a test makes, with whatever it needs inside. */
final class MadeBackup {

    private final Map<String, PartBody> parts = new LinkedHashMap<>();
    private final List<JsonObject> apps = new ArrayList<>();
    private final List<String> folders = new ArrayList<>();
    private final List<String> repositories = new ArrayList<>();
    private String type = "full";
    private JsonValue core = JsonValue.NULL;
    private String slug = "0badcafe";
    private String supervisor = "2026.04.0";

    MadeBackup slug(String text) {
        slug = text;
        return this;
    }

    MadeBackup partial() {
        type = "partial";
        return this;
    }

    MadeBackup by(String version) {
        supervisor = version;
        return this;
    }

    /** Names a repository, as {@code backup.json} does. */
    MadeBackup repository(String source) {
        repositories.add(source);
        return this;
    }

    /** Core's configuration. @param files content by path */
    MadeBackup core(String version, boolean excludesDatabase, Map<String, String> files) {
        core = Json.createObjectBuilder()
                .add("version", version)
                .add("exclude_database", excludesDatabase)
                .add("size", 0)
                .build();
        return part("homeassistant", part -> {
            part.directory(".");
            part.file("./homeassistant.json", octets("{\"port\": 8123, \"watchdog\": false}"), 0600);
            part.directory("data");
            for (Map.Entry<String, String> file : files.entrySet()) {
                part.file("data/" + file.getKey(), octets(file.getValue()), 0644);
            }
        });
    }

    /** A folder. @param name in upstream's words */
    MadeBackup folder(String name, Map<String, String> files) {
        folders.add(name);
        return part(name.replace('/', '_'), part -> {
            part.directory(".");
            for (Map.Entry<String, String> file : files.entrySet()) {
                part.file(file.getKey(), octets(file.getValue()), 0644);
            }
        });
    }

    /**
     * An app.
     *
     * @param manifest JSON beside what every manifest has, such as {@code "host_network": true}; may be empty
     */
    MadeBackup app(String slugOfApp, String version, String state, String manifest, Map<String, String> data) {
        return app(slugOfApp, version, state, manifest, "\"options\": {}", data);
    }

    /** As the other one. @param user JSON of what the user chose, beside the version */
    MadeBackup app(
            String slugOfApp, String version, String state, String manifest, String user, Map<String, String> data) {
        String more = "\"image\": \"localhost/sample\"" + (manifest.isEmpty() ? "" : ", " + manifest);
        return app(slugOfApp, version, note(slugOfApp, version, state, more, user), part -> {
            part.directory("data");
            for (Map.Entry<String, String> file : data.entrySet()) {
                part.file("data/" + file.getKey(), octets(file.getValue()), 0644);
            }
        });
    }

    /**
     * An app.
     *
     * @param note its {@code addon.json}
     * @param data writes the folder {@code data}
     */
    MadeBackup app(String slugOfApp, String version, String note, PartBody data) {
        apps.add(Json.createObjectBuilder()
                .add("slug", slugOfApp)
                .add("name", slugOfApp)
                .add("version", version)
                .add("size", 0)
                .build());
        return part(slugOfApp, part -> {
            part.directory(".");
            part.file("./addon.json", octets(note), 0600);
            data.write(part);
        });
    }

    /**
     * What an app's part tells of it.
     *
     * @param manifest JSON beside what every manifest has, {@code image} included; may be empty
     */
    static String note(String slugOfApp, String version, String state, String manifest) {
        return note(slugOfApp, version, state, manifest, "\"options\": {}");
    }

    private static String note(String slugOfApp, String version, String state, String manifest, String user) {
        return """
                {"user": {"version": "%2$s", %6$s},
                 "system": {"name": "%1$s", "version": "%2$s", "slug": "%3$s", "description": "For tests",
                            "arch": ["amd64", "aarch64"], "repository": "local" %5$s},
                 "version": "%2$s", "state": "%4$s"}
                """.formatted(
                        slugOfApp,
                        version,
                        slugOfApp.substring(slugOfApp.indexOf('_') + 1),
                        state,
                        manifest.isEmpty() ? "" : ", " + manifest,
                        user);
    }

    /** What it tells of itself stays, the part is not inside. @param name as the archive calls it */
    MadeBackup without(String name) {
        parts.remove(name);
        return this;
    }

    /** Adds its public folder to an app. */
    MadeBackup config(String slugOfApp, Map<String, String> files) {
        PartBody app = parts.get(slugOfApp);
        return part(slugOfApp, part -> {
            app.write(part);
            part.directory("config");
            for (Map.Entry<String, String> file : files.entrySet()) {
                part.file("config/" + file.getKey(), octets(file.getValue()), 0644);
            }
        });
    }

    MadeBackup part(String name, PartBody body) {
        parts.put(name, body);
        return this;
    }

    /** Writes it, in place of whatever is there. */
    Path write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        var options = new ArchiveWriter.Options(true, Optional.empty(), 1);
        try (ArchiveWriter writer = ArchiveWriter.create(file, options, warning -> {})) {
            for (Map.Entry<String, PartBody> part : parts.entrySet()) {
                writer.part(part.getKey(), part.getValue());
            }
            writer.finish(octets(metadata().toString()));
        }
        return file;
    }

    private JsonObject metadata() {
        JsonArrayBuilder addons = Json.createArrayBuilder();
        apps.forEach(addons::add);
        return Json.createObjectBuilder()
                .add("slug", slug)
                .add("version", 2)
                .add("name", "Made by a test")
                .add("date", "2026-08-13T02:56:14.977979+00:00")
                .add("type", type)
                .add("supervisor_version", supervisor)
                .add("compressed", true)
                .add("protected", false)
                .add("homeassistant", core)
                .add("folders", Json.createArrayBuilder(folders))
                .add("addons", addons)
                .add("repositories", Json.createArrayBuilder(repositories))
                .add("extra", JsonValue.EMPTY_JSON_OBJECT)
                .build();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
