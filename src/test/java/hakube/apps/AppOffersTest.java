package hakube.apps;

import static hakube.apps.AppsHome.SAMPLE;
import static hakube.apps.AppsHome.SLUG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an app told of itself lasts as long as the app. */
class AppOffersTest {

    private static final String SERVICES = """
            {"mqtt": {"host": "local-sample", "port": 1883, "app": "local_sample"},
             "mysql": {"host": "core-mariadb", "port": 3306, "app": "core_mariadb"}}
            """;

    private static final String DISCOVERY = """
            {"discovery": [
              {"app": "local_sample", "service": "mqtt", "uuid": "0123456789abcdef0123456789abcdef", "config": {}},
              {"app": "core_other", "service": "mqtt", "uuid": "00112233445566778899aabbccddeeff", "config": {}}]}
            """;

    @TempDir
    private Path share;

    @Test
    void anUninstallationTakesItBackAndNobodyElses() throws IOException {
        AppsHome home = homeWithOffers();
        home.apps.uninstall(SLUG, false);
        assertNothingIsLeft();
    }

    @Test
    void anUninstallationThatWasCutOffTakesItBackAtTheNextStart() throws IOException {
        AppsHome home = homeWithOffers();
        InstalledApp app = home.file.find(SLUG).orElseThrow();
        home.file.put(app.with(app.user().withLeaving(Optional.of(false))));

        new AppsHome(share, home.cluster).wake();

        assertNothingIsLeft();
    }

    @Test
    void anUninstallationThatFailsLeavesIt() throws IOException {
        AppsHome home = homeWithOffers();
        home.cluster.failOn("delete", AppsHome.away());
        assertThrows(ApiFailure.Unavailable.class, () -> home.apps.uninstall(SLUG, false));
        assertTrue(Files.readString(share.resolve("services.json")).contains(SLUG));
        assertTrue(Files.readString(share.resolve("discovery.json")).contains(SLUG));
    }

    @Test
    void whatCannotBeTakenBackKeepsTheAppForTheNextTry() throws IOException {
        AppsHome home = homeWithOffers();
        Path services = share.resolve("services.json");
        Path aside = Files.move(services, share.resolve("aside"));
        Files.createDirectories(services.resolve("in the way"));
        assertThrows(UncheckedIOException.class, () -> home.apps.uninstall(SLUG, false));
        assertTrue(home.apps.isInstalled(SLUG));

        Files.delete(services.resolve("in the way"));
        Files.delete(services);
        Files.move(aside, services);
        home.apps.uninstall(SLUG, false);
        assertNothingIsLeft();
        assertFalse(home.apps.isInstalled(SLUG));
    }

    private AppsHome homeWithOffers() throws IOException {
        Files.writeString(share.resolve("services.json"), SERVICES);
        Files.writeString(share.resolve("discovery.json"), DISCOVERY);
        AppsHome home = new AppsHome(share).wake();
        home.cluster.autoRun();
        return home.install(SAMPLE);
    }

    private void assertNothingIsLeft() throws IOException {
        assertEquals(
                "{'mqtt':{},'mysql':{'host':'core-mariadb','port':3306,'app':'core_mariadb'}}", read("services.json"));
        assertEquals(
                "{'discovery':[{'app':'core_other','service':'mqtt','uuid':'00112233445566778899aabbccddeeff',"
                        + "'config':{}}]}",
                read("discovery.json"));
    }

    private String read(String file) throws IOException {
        return Files.readString(share.resolve(file)).replaceAll("\\s", "").replace('"', '\'');
    }
}
