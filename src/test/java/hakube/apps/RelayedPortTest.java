package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.ports.ExternalPort;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RelayedPortTest {

    private static final String DATABASE = AppsHome.SAMPLE
            .replace("ingress: true\ningress_port: 0\n", "services: [\"mysql:provide\"]\n")
            .replace("{7/tcp: 7, 7/udp: 7}", "{3306/tcp: 13306, 3306/udp: 13306, 81/tcp: 81}");

    @Test
    void aDatabaseForOthersIsReachedThroughTheRelay() {
        assertEquals(Optional.of(new RelayedPort(3306, 65502)), of(DATABASE));
        assertEquals(Optional.empty(), of(DATABASE.replace("mysql:provide", "mysql:want")));
        assertEquals(Optional.empty(), of(DATABASE.replace("mysql:provide", "mqtt:provide")));
        assertEquals(Optional.empty(), of(DATABASE.replace("3306/tcp: 13306, ", "")));
    }

    @Test
    void aPortThatTheAppHasItselfIsLeftToIt() {
        assertEquals(
                Optional.of(new RelayedPort(3306, 65504)),
                of(DATABASE.replace("81/tcp: 81", "65501/tcp: 1, 65503/tcp: 2")));
        assertEquals(
                Optional.of(new RelayedPort(3306, 65503)),
                of(DATABASE.replace("services:", "ingress: true\ningress_port: 65502\nservices:")));
    }

    @Test
    void theInternalAddressGoesAroundTheRelay() {
        ExternalPort tcp = ExternalPort.parse("13306/tcp");
        ExternalPort udp = ExternalPort.parse("13306/udp");
        ExternalPort web = ExternalPort.parse("81/tcp");
        assertEquals(
                Map.of(tcp, 65502, udp, 3306, web, 81),
                new RelayedPort(3306, 65502).around(Map.of(tcp, 3306, udp, 3306, web, 81)));
    }

    private static Optional<RelayedPort> of(String manifest) {
        return RelayedPort.of(AppsHome.manifest(manifest));
    }
}
