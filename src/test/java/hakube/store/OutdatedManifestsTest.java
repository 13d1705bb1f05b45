package hakube.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Logged;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who hears of what is outdated in the manifest of an app. */
class OutdatedManifestsTest extends RepositoriesCase {

    @ParameterizedTest
    @CsvSource({
        "garden, stable, nobody, 0",
        "garden, stable, user, 1",
        "garden, dev, nobody, 1",
        "community, stable, user, 0"
    })
    void anOutdatedManifestIsToldWhereSomeoneCanAct(String repository, String channel, String user, int told)
            throws IOException {
        String address = repository.equals("garden") ? GARDEN : "https://github.com/hassio-addons/repository";
        Files.writeString(claim.resolve("config.json"), "{\"channel\": \"" + channel + "\"}");
        state.load();
        Map<String, String> files = garden();
        files.put("frost/config.yaml", FakeRemote.manifest("frost", "1.0") + "\nstartup: before");
        remote.put(address, 1, files);
        String slug = Slugs.ofRepository(address) + "_frost";
        if (user.equals("user")) {
            installed.add(slug);
        }
        if (repository.equals("community")) {
            builtIn = Set.of("community");
            start();
        }
        try (Logged log = Logged.by(Store.class)) {
            if (repository.equals("garden")) {
                repositories.add(address);
            }
            repositories.reload();
            assertTrue(apps().contains(slug));
            assertEquals(
                    Collections.nCopies(
                            told, "Manifest of app " + slug + ": startup 'before' is an old word for 'services'"),
                    log.lines());
        }
    }
}
