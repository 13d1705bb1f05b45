package hakube.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that upstream's examples have no case for, each at its edge. */
class ManifestRulesTest {

    private static final Map<Object, Object> BASE =
            Map.of("name", "Frost", "version", "1.0", "slug", "frost", "description", "d", "arch", List.of("amd64"));

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            boot: automatic ; expected AppBootConfig or one of 'auto', 'manual', 'manual_only' @ data['boot']
            boot: null ; expected AppBootConfig or one of 'auto', 'manual', 'manual_only' @ data['boot']
            stage: beta ; expected AppStage or one of 'deprecated', 'experimental', 'stable' @ data['stage']
            discovery: mqtt ; expected a list @ data['discovery']
            discovery: [mqtt, 5] ; expected str @ data['discovery'][1]
            ports: [80] ; expected a dictionary @ data['ports']
            ports: {80/tcp: 65536} ; not a valid value @ data['ports']['80/tcp']
            ports: {80/tcp: web} ; not a valid value @ data['ports']['80/tcp']
            ports: {web: 80} ; does not match regular expression [0-9]+(?:/tcp|/udp)? @ data['ports']['web']
            ports: {80/sctp: 80} ; does not match regular expression [0-9]+(?:/tcp|/udp)? @ data['ports']['80/sctp']
            ports_description: {80/tcp: 5} ; expected str @ data['ports_description']['80/tcp']
            ports_description: {80/tcp: } ; expected str @ data['ports_description']['80/tcp']
            ports_description: {web: Web} ; does not match regular expression [0-9]+(?:/tcp|/udp)? @ data['ports_description']['web']
            backup_exclude: "*.log" ; expected a list @ data['backup_exclude']
            backup_exclude: [{a: b}] ; expected str @ data['backup_exclude'][0]
            panel_icon: 5 ; expected str @ data['panel_icon']
            panel_title: [Frost] ; expected str @ data['panel_title']
            panel_admin: sometimes ; expected boolean @ data['panel_admin']
            ingress_port: 65536 ; value must be at most 65535 @ data['ingress_port']
            ingress_port: web ; expected int @ data['ingress_port']
            ulimits: nofile ; expected a dictionary @ data['ulimits']
            ulimits: {nofile: many} ; expected int @ data['ulimits']['nofile']
            ulimits: {core: {soft: 0, hard: all}} ; expected int @ data['ulimits']['core']['hard']
            """)
    void aValueBeyondItsRuleIsRefusedByItsKey(String written, String reason) throws Unreadable {
        ManifestReader.Outcome outcome = read(written);

        assertEquals(
                reason,
                assertInstanceOf(ManifestReader.Invalid.class, outcome, outcome::toString)
                        .reason());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            boot: manual ; boot: manual
            stage: deprecated ; stage: deprecated
            discovery: [] ; discovery: []
            ports: {80/tcp: "65535"} ; ports: {80/tcp: 65535}
            ports: {"80": 1} ; ports: {"80": 1}
            ports_description: {80/udp: ""} ; ports_description: {80/udp: ""}
            backup_exclude: ["*.log", ""] ; backup_exclude: ["*.log", ""]
            panel_icon: "" ; panel_icon: ""
            panel_title: Frost ; panel_title: Frost
            panel_admin: "OFF" ; panel_admin: false
            ingress_port: "65535" ; ingress_port: 65535
            ingress_port: 0 ; ingress_port: 0
            ulimits: {nofile: -1} ; ulimits: {nofile: -1}
            ulimits: {core: {soft: "0", hard: 1, x: 2}} ; ulimits: {core: {soft: 0, hard: 1}}
            """)
    void aValueAtTheEdgeOfItsRuleIsTaken(String written, String taken) throws Unreadable {
        ManifestReader.Outcome outcome = read(written);

        Map<String, Object> values = assertInstanceOf(ManifestReader.Valid.class, outcome, outcome::toString)
                .manifest()
                .values();
        ((Map<?, ?>) YamlReader.read(taken)).forEach((key, value) -> assertEquals(value, values.get(key)));
    }

    /** Only a port that is chosen later could meet one of them. */
    @ParameterizedTest
    @CsvSource({
        "0, 61999, true",
        "0, 62000, false",
        "0, 65500, false",
        "0, 65501, true",
        "62000, 62000, true",
        "8099, 65500, true"
    })
    void aPublishedPortOfTheReservedRangeIsRefusedBesideAChosenIngressPortAlone(
            int ingressPort, int port, boolean isTaken) throws Unreadable {
        ManifestReader.Outcome outcome =
                read("{ingress: true, ingress_port: %d, ports: {%d/udp: 1}}".formatted(ingressPort, port));

        assertEquals(isTaken, outcome instanceof ManifestReader.Valid, outcome::toString);
    }

    /** Upstream's smallest manifest, with these keys. */
    private static ManifestReader.Outcome read(String written) throws Unreadable {
        Map<Object, Object> manifest = new LinkedHashMap<>(BASE);
        manifest.putAll((Map<?, ?>) YamlReader.read(written));
        return ManifestReader.read(manifest);
    }
}
