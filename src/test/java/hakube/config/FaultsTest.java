package hakube.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the one message says of each thing that can be wrong. */
class FaultsTest {

    @TempDir
    Path folder;

    /** One wrong value: variable, value, problem, what is allowed, example. */
    private record Wrong(String variable, String text, String problem, String allowed, String example) {

        String lines(String source) {
            return "\n  %s holds \"%s\" (%s): %s\n      allowed: %s\n      example: %s=%s"
                    .formatted(variable, text, source, problem, allowed, variable, example);
        }
    }

    private static final List<Wrong> WRONG = read();

    static Stream<Arguments> wrong() {
        return WRONG.stream().map(wrong -> Arguments.of(wrong.variable(), wrong));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("wrong")
    void aWrongValueIsToldWithWhatItHoldsWhatIsAllowedAndAnExample(String variable, Wrong wrong) {
        assertEquals(
                "The configuration has 1 fault. Nothing was started or changed."
                        + wrong.lines("test")
                        + "\nSet them in the environment of the Supervisor; see docs/configuration.md.",
                Given.required(folder).with(variable, wrong.text()).faulty().message());
    }

    @Test
    void eachVariableCanBeWrong() {
        Set<String> tried = new TreeSet<>();
        WRONG.forEach(wrong -> tried.add(wrong.variable()));
        Set<String> catalogue = new TreeSet<>();
        Catalogue.SETTINGS.forEach(setting -> catalogue.add(setting.variable()));

        assertEquals(catalogue, tried);
    }

    @Test
    void allFaultsStandInOneMessageInTheOrderOfTheCatalogue() {
        Map<String, String> all = new TreeMap<>();
        WRONG.forEach(wrong -> all.putIfAbsent(wrong.variable(), wrong.text()));
        String message = Given.required(folder).with(all).faulty().message();

        StringBuilder expected = new StringBuilder("The configuration has %d faults. Nothing was started or changed."
                .formatted(Catalogue.SETTINGS.size()));
        for (Setting<?> setting : Catalogue.SETTINGS) {
            expected.append(WRONG.stream()
                    .filter(wrong -> wrong.variable().equals(setting.variable()))
                    .findFirst()
                    .orElseThrow()
                    .lines("test"));
        }
        assertEquals(
                expected.append("\nSet them in the environment of the Supervisor; see docs/configuration.md.")
                        .toString(),
                message);
    }

    @Test
    void whatIsRequiredAndMissingIsNamedWithAnExample() {
        String message = new Given(Map.of("SUPERVISOR_SHARE", folder.toString()), Given.pod(folder))
                .faulty()
                .message();

        assertEquals(
                List.of(
                        "  SUPERVISOR_MACHINE is not set",
                        "  SUPERVISOR_K8S_STORAGE_MODE is not set",
                        "  SUPERVISOR_K8S_SHARED_PVC_CLAIM is not set",
                        "  SUPERVISOR_K8S_SHARED_PVC_STORAGE_CLASS is not set",
                        "  SUPERVISOR_K8S_SHARED_PVC_SIZE is not set",
                        "  SUPERVISOR_K8S_INTERNAL_GATEWAY_ADDRESS is not set"),
                message.lines().filter(line -> line.endsWith("is not set")).toList());
        assertTrue(message.contains("\n      example: SUPERVISOR_K8S_SHARED_PVC_CLAIM=ha-shared-rwx"), message);
    }

    @Test
    void aManagedGatewayNeedsItsNameAndSecret() {
        String message = Given.required(folder)
                .with("SUPERVISOR_K8S_MANAGE_PUBLIC_GATEWAY", "yes")
                .faulty()
                .message();

        assertTrue(message.startsWith("The configuration has 2 faults."), message);
        assertTrue(
                message.contains("SUPERVISOR_K8S_GATEWAY_HOSTNAME is not set: required since"
                        + " SUPERVISOR_K8S_MANAGE_PUBLIC_GATEWAY is true"),
                message);
        assertTrue(
                message.contains("SUPERVISOR_K8S_GATEWAY_TLS_SECRET is not set: required since"
                        + " SUPERVISOR_K8S_MANAGE_PUBLIC_GATEWAY is true"),
                message);
    }

    @Test
    void whatDoesNotGoTogetherIsAFaultOfItsOwn() {
        assertHolds(
                "MANAGEMENT_PORT holds \"8080\" (as read): SERVER_PORT holds the same",
                Map.of("SERVER_PORT", "8080", "MANAGEMENT_PORT", "8080"));
        assertHolds(
                "SUPERVISOR_K8S_SERVICE_HOMEASSISTANT holds \"supervisor\" (as read): SUPERVISOR_K8S_SERVICE_SUPERVISOR"
                        + " holds the same",
                Map.of("SUPERVISOR_K8S_SERVICE_HOMEASSISTANT", "supervisor"));
        assertHolds(
                "SUPERVISOR_K8S_INTERNAL_GATEWAY_NAME holds \"homeassistant\" (as read):"
                        + " SUPERVISOR_K8S_SERVICE_HOMEASSISTANT holds the same",
                Map.of("SUPERVISOR_K8S_INTERNAL_GATEWAY_NAME", "homeassistant"));
        assertHolds(
                "SUPERVISOR_K8S_ADDON_REQUESTS holds \"memory: 2Gi\" (as read): more than the limit 1024Mi of"
                        + " SUPERVISOR_K8S_ADDON_LIMITS",
                Map.of(
                        "SUPERVISOR_K8S_ADDON_REQUESTS",
                        "{\"memory\": \"2Gi\"}",
                        "SUPERVISOR_K8S_ADDON_LIMITS",
                        "{\"memory\": \"1024Mi\"}"));
    }

    @Test
    void bothPortsMayBeAnyFreeOne() {
        Configuration.Read read = Given.required(folder)
                .with(Map.of("SERVER_PORT", "0", "MANAGEMENT_PORT", "0"))
                .good();

        assertEquals(List.of(0, 0), List.of(read.serverPort(), read.managementPort()));
    }

    @Test
    void secretsAreMaskedWhereverTheyWerePut() {
        Map<String, String> all = Map.of(
                "SUPERVISOR_VERSION_URL", "ftp://user:hunter2@example.com/x",
                "SUPERVISOR_PWNED_URL", "gopher://x/?api_key=hunter2&token=hunter2",
                "SUPERVISOR_K8S_INTERNAL_L4_SERVICE_ANNOTATIONS", "{\"password\": \"hunter2\", \"a\": 1}",
                "SUPERVISOR_MACHINE", "SUPERVISOR_TOKEN=hunter2 x");
        String message = Given.required(folder).with(all).faulty().message();

        assertFalse(message.contains("hunter2"), message);
        assertTrue(message.contains("SUPERVISOR_VERSION_URL holds \"ftp://***@example.com/x\""), message);
        assertTrue(message.contains("SUPERVISOR_MACHINE holds \"SUPERVISOR_TOKEN=*** x\""), message);
        assertTrue(message.startsWith("The configuration has 4 faults."), message);
    }

    @Test
    void aValueCanNeitherFloodTheMessageNorPoseAsALineOfIt() {
        String message = Given.required(folder)
                .with("SUPERVISOR_MACHINE", "x\n  SUPERVISOR_NAME is not set\n" + "y".repeat(5000))
                .faulty()
                .message();

        assertEquals(5, message.lines().count(), message);
        assertTrue(message.length() < 1000, message);
    }

    @Test
    void anExpressionThatLeadsNowhereIsToldAsItIs() {
        String message = Given.required(folder)
                .with("SUPERVISOR_NAME", "${no.such.property}")
                .faulty()
                .message();

        assertTrue(message.contains("SUPERVISOR_NAME"), message);
        assertTrue(message.startsWith("The configuration has 1 fault."), message);
    }

    /** Whatever is written into a variable, the start ends with a sentence and never with a stack. */
    @Test
    void noTextBreaksTheReading() {
        Random random = new Random(20261125);
        List<String> pieces = List.of(
                "${",
                "}",
                "{",
                "[",
                "[".repeat(3000),
                "\"",
                ":",
                "1e999999999",
                "9".repeat(400),
                "\0",
                "\\",
                "ä",
                "\uD800",
                "::",
                "/",
                "PT",
                "Gi",
                "-",
                "%",
                "@",
                "a",
                " ",
                ",",
                "{\"cpu\":",
                "http://",
                "\n",
                ".",
                "0",
                "null");
        for (Setting<?> setting : Catalogue.SETTINGS) {
            for (int round = 0; round < 40; round++) {
                StringBuilder text = new StringBuilder();
                for (int piece = random.nextInt(1, 6); piece > 0; piece--) {
                    text.append(pieces.get(random.nextInt(pieces.size())));
                }
                Configuration configuration = Given.required(folder)
                        .with(setting.variable(), text.toString())
                        .read();
                if (configuration instanceof Configuration.Faulty faulty) {
                    assertTrue(faulty.message().contains(setting.variable()), faulty::message);
                }
            }
        }
    }

    private void assertHolds(String sentence, Map<String, String> variables) {
        String message = Given.required(folder).with(variables).faulty().message();
        assertTrue(message.startsWith("The configuration has 1 fault."), message);
        assertTrue(message.contains("\n  " + sentence + "\n      allowed: "), message);
    }

    private static List<Wrong> read() {
        try (InputStream table = FaultsTest.class.getResourceAsStream("faults.tsv")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(row -> new Wrong(row[0], row[1], row[2], row[3], row[4]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
