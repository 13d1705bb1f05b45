package hakube.ports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.ports.ExternalPort.Protocol;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryDocumentTest {

    private static final ExternalPort MQTT = new ExternalPort(1883, Protocol.TCP);
    private static final ExternalPort DNS = new ExternalPort(53, Protocol.UDP);
    private static final ExternalPort DNS_OVER_TCP = new ExternalPort(53, Protocol.TCP);

    @Test
    void hasTheFormOfTheOriginalRuntime() {
        String text = RegistryDocument.EMPTY
                .with("core_mosquitto", "core-mosquitto", Map.of(MQTT, 1884))
                .text();

        assertEquals(
                "{\"1883/tcp\":{\"addon\":\"core_mosquitto\",\"service\":\"core-mosquitto\","
                        + "\"targetPort\":1884,\"protocol\":\"tcp\"}}",
                text);
    }

    @Test
    void readsWhatItWrote() {
        RegistryDocument document = RegistryDocument.EMPTY
                .with("dns", "dns", Map.of(DNS, 5353, DNS_OVER_TCP, 5353))
                .with("mqtt", "mqtt", Map.of(MQTT, 1883));

        assertEquals(document, RegistryDocument.parse(document.text()));
        assertEquals(
                List.of(DNS_OVER_TCP, DNS, MQTT), List.copyOf(document.entries().keySet()));
    }

    @Test
    void claimReplacesAllThatTheAppHad() {
        RegistryDocument document = RegistryDocument.EMPTY
                .with("dns", "dns", Map.of(DNS, 5353))
                .with("mqtt", "mqtt", Map.of(MQTT, 1883))
                .with("dns", "dns", Map.of(DNS_OVER_TCP, 5353));

        assertEquals(List.of(DNS_OVER_TCP, MQTT), List.copyOf(document.entries().keySet()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{\"1883/tcp\":",
                "{\"1883\":{\"addon\":\"a\",\"service\":\"a\",\"targetPort\":1}}",
                "{\"1883/sctp\":{\"addon\":\"a\",\"service\":\"a\",\"targetPort\":1}}",
                "{\"0/tcp\":{\"addon\":\"a\",\"service\":\"a\",\"targetPort\":1}}",
                "{\"65536/tcp\":{\"addon\":\"a\",\"service\":\"a\",\"targetPort\":1}}",
                "{\"1883/tcp\":{\"addon\":\"a\",\"service\":\"a\",\"targetPort\":70000}}",
                "{\"1883/tcp\":{\"addon\":\"a\",\"service\":\"a\",\"targetPort\":1.5}}",
                "{\"1883/tcp\":{\"addon\":\"\",\"service\":\"a\",\"targetPort\":1}}",
                "{\"1883/tcp\":{\"addon\":\"a\",\"targetPort\":1}}",
                "{\"1883/tcp\":7}"
            })
    void refusesWhatIsNoRegistry(String text) {
        IllegalArgumentException fault =
                assertThrows(IllegalArgumentException.class, () -> RegistryDocument.parse(text));

        assertTrue(!fault.getMessage().isBlank());
    }

    @Test
    void portsReadTheirOwnSpelling() {
        assertEquals(DNS, ExternalPort.parse("53/udp"));
        assertEquals("1883/tcp", MQTT.toString());
        assertThrows(IllegalArgumentException.class, () -> ExternalPort.parse("+53/udp"));
    }
}
