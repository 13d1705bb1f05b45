package hakube.apps;

import static hakube.apps.AppsHome.NAME;
import static hakube.apps.AppsHome.SAMPLE;
import static hakube.apps.AppsHome.SLUG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.ports.PortEntry;
import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What holds whenever no work is under way. */
final class Order {

    private Order() {}

    /** Files parse, nothing belongs to no app, and an installed app has what a start needs. */
    static void check(AppsHome home, String when) throws IOException {
        checkFiles(home.share, when);
        Set<String> objects = home.objects();
        if (home.apps.isInstalled(SLUG)) {
            assertTrue(objects.contains("Deployment " + NAME), when + ": " + objects);
            assertTrue(objects.contains("Service " + NAME), when + ": " + objects);
        } else {
            assertEquals(Set.of(), objects, when);
            assertEquals(List.of(), home.ports.entries(), when);
            for (String file : List.of("apps.json", "ingress.json", "jobs.json")) {
                assertFalse(
                        Files.exists(home.share.resolve(file))
                                && Files.readString(home.share.resolve(file)).contains(SLUG),
                        when + ": " + file);
            }
            assertFalse(Files.exists(home.share.resolve("addons/data/" + SLUG)), when);
        }
        assertTrue(
                home.ports.entries().stream().map(PortEntry::slug).allMatch(home.apps::isInstalled),
                when + ": " + home.ports.entries());
    }

    /** From here the user can do whatever there is to do, and at the end all is gone. */
    static void checkGoesOn(AppsHome home, String when) throws IOException {
        if (!home.apps.isInstalled(SLUG)) {
            home.install(SAMPLE);
        }
        home.apps.start(SLUG);
        assertEquals(AppState.STARTED, home.apps.state(SLUG), when);
        assertEquals(SLUG, home.tokens.byToken(home.token(NAME)).orElseThrow().slug(), when);
        assertEquals(2, home.ports.entries().size(), when);
        home.apps.stop(SLUG);
        assertEquals(AppState.STOPPED, home.apps.state(SLUG), when);
        home.apps.uninstall(SLUG, true);
        check(home, when + ", uninstalled");
        assertFalse(home.apps.isInstalled(SLUG), when);
    }

    private static void checkFiles(Path share, String when) throws IOException {
        try (Stream<Path> files = Files.walk(share)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                assertFalse(name.endsWith(".part") || name.contains(".damaged-"), when + ": " + file);
                if (name.endsWith(".json")) {
                    try (var reader = Json.createReader(Files.newBufferedReader(file))) {
                        reader.readValue();
                    }
                }
            }
        }
    }
}
