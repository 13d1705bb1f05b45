package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import hakube.store.ManifestReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebAddressTest {

    @ParameterizedTest
    @CsvSource({
        "http://[HOST]:[PORT:80],http://[HOST]:8080",
        "https://[HOST]:[PORT:443]/a?b=c,https://[HOST]:8443/a?b=c",
        "http://[HOST]:[PORT:1234]/,http://[HOST]:1234/",
        "[PROTO:ssl]://[HOST]:[PORT:80],https://[HOST]:8080",
        "[PROTO:plain]://[HOST]:[PORT:80],http://[HOST]:8080",
        "[PROTO:unknown]://[HOST]:[PORT:80],http://[HOST]:8080",
    })
    void schemeAndPortAreFilledInAndTheHostStays(String template, String expected) {
        assertEquals(Optional.of(expected), WebAddress.of(app(template)));
    }

    @Test
    void theLineFeedOfAYamlBlockIsNoPartOfTheAddress() {
        assertEquals(Optional.of("http://[HOST]:8080/a"), WebAddress.of(app("http://[HOST]:[PORT:80]/a\n")));
    }

    @Test
    void aPortThatIsNotPublishedHasNoAddress() {
        assertEquals(Optional.empty(), WebAddress.of(app("http://[HOST]:[PORT:81]/")));
    }

    @Test
    void thePortIsTheUsers() {
        InstalledApp app = app("http://[HOST]:[PORT:80]");
        InstalledApp moved = app.with(app.user().withNetwork(Optional.of(Map.of("80/tcp", 8090))));
        assertEquals(Optional.of("http://[HOST]:8090"), WebAddress.of(moved));
    }

    private static InstalledApp app(String template) {
        Map<String, Object> ports = new LinkedHashMap<>();
        ports.put("80/tcp", 8080);
        ports.put("443", 8443);
        ports.put("81/tcp", null);
        Map<String, Object> manifest = new LinkedHashMap<>(Map.of(
                "name", "Frost",
                "version", "1",
                "slug", "frost",
                "description", "",
                "arch", List.of("amd64"),
                "image", "localhost/sample",
                "options", Map.of("ssl", "yes", "plain", false),
                "schema", Map.of("ssl", "str", "plain", "bool")));
        manifest.put("webui", template);
        manifest.put("ports", ports);
        var read = assertInstanceOf(ManifestReader.Valid.class, ManifestReader.read(manifest))
                .manifest();
        return new InstalledApp(
                "local_frost", "local", "amd64", read, UserLayer.fresh("1", Optional.of("localhost/sample")));
    }
}
