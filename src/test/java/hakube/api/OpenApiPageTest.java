package hakube.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.testing.GeneratedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The OpenAPI document that the management socket serves is the table. */
class OpenApiPageTest {

    private static final String VERSION = "2026.11.0";

    @Test
    void documentIsTheTable() throws IOException {
        GeneratedFile.check(Path.of("src/main/resources/hakube/api/openapi.json"), OpenApiDocument.text(VERSION));
    }

    @Test
    void everyRowHasItsOperation() {
        JsonObject paths = JsonParser.parseString(OpenApiDocument.text(VERSION))
                .getAsJsonObject()
                .getAsJsonObject("paths");
        Set<String> absent = new TreeSet<>();
        for (Endpoint row : Endpoint.all()) {
            for (String path : row.paths()) {
                String plain = path.replaceAll(":[^}/]*}", "}");
                String method =
                        row.method().equals("ANY") ? "patch" : row.method().toLowerCase(Locale.ROOT);
                if (!paths.has(plain) || !paths.getAsJsonObject(plain).has(method)) {
                    absent.add(method + " " + path);
                }
            }
        }
        assertEquals(Set.of(), absent);
    }

    @Test
    void secondVersionHasItsOwnWords() {
        JsonObject paths = JsonParser.parseString(OpenApiDocument.text(VERSION))
                .getAsJsonObject()
                .getAsJsonObject("paths");

        assertTrue(paths.getAsJsonObject("/addons").toString().contains("\"addons\":"));
        assertTrue(paths.getAsJsonObject("/v2/apps").toString().contains("\"apps\":"));
        assertTrue(!paths.getAsJsonObject("/v2/supervisor/options").toString().contains("addons_repositories"));
    }
}
