package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchdogAddressTest {

    @ParameterizedTest
    @CsvSource({
        "http://[HOST]:[PORT:80]/health, http 80 /health",
        "https://[HOST]:8443, https 8443",
        "tcp://[HOST]:[PORT:1883], tcp 1883",
        "[PROTO:ssl]://[HOST]:[PORT:80]/, https 80 /",
        "[PROTO:plain]://[HOST]:[PORT:80]?x=1, http 80 ?x=1",
        "[PROTO:absent]://[HOST]:[PORT:80], http 80",
        "http://[HOST]:99999/,",
        "http://[HOST]:0/,",
        "http://[HOST]:80@elsewhere/,"
    })
    void aTemplateIsFilledInWithTheContainersPort(String template, String address) {
        String manifest = AppsHome.SAMPLE.replace(
                        "options: {greeting: hello}", "options: {greeting: hello, ssl: true, plain: false}")
                + "watchdog: \"" + template + "\"\n";
        InstalledApp app = new InstalledApp(
                AppsHome.SLUG, "local", "amd64", AppsHome.manifest(manifest), UserLayer.fresh("1.0", Optional.empty()));
        assertEquals(Optional.ofNullable(address), WatchdogAddress.of(app).map(found -> (found.scheme() + " "
                        + found.port() + " " + found.rest())
                .strip()));
    }
}
