package hakube.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    private static final String LABEL = "a DNS-1123 label: `a-z`, `0-9` and inner `-`, at most 63 characters";
    private static final String SUBDOMAIN =
            "a DNS-1123 subdomain: labels of `a-z`, `0-9` and inner `-`, parted by dots, at most 253 characters";
    private static final String BOOLEAN = "`true/false`, `1/0`, `yes/no` or `on/off`, in any case";
    private static final String URL = "an `http` or `https` address";
    private static final String CIDRS = "comma-separated IPv4 or IPv6 networks, `address/prefix`";
    private static final String QUANTITIES = "a JSON object of Kubernetes quantities above 0";
    private static final String IMAGE = "an image reference: `[registry[:port]/]name[:tag][@digest]`";
    private static final String ADDRESS = "an IPv4 or IPv6 address";
    private static final String DURATION = "an ISO 8601 duration above 0";
    private static final String FORM = "not of the allowed form";

    @TempDir
    Path folder;

    /** One wrong value: variable, value, problem, what is allowed, example. */
    private record Wrong(String variable, String text, String problem, String allowed, String example) {

        String lines(String source) {
            return "\n  %s holds \"%s\" (%s): %s\n      allowed: %s\n      example: %s=%s"
                    .formatted(variable, text, source, problem, allowed, variable, example);
        }
    }

    private static final List<Wrong> WRONG = List.of(
            new Wrong(
                    "SUPERVISOR_RUNTIME",
                    "docker",
                    "only the Kubernetes runtime is built here, Docker is not",
                    "`kubernetes`",
                    "kubernetes"),
            new Wrong("SUPERVISOR_RUNTIME", "podman", "no runtime of that name", "`kubernetes`", "kubernetes"),
            new Wrong("SUPERVISOR_NAME", "Super_Visor", FORM, LABEL, "supervisor"),
            new Wrong("SUPERVISOR_NAME", "a".repeat(64), "64 characters, at most 63 are allowed", LABEL, "supervisor"),
            new Wrong("SUPERVISOR_SHARE", "data", "not absolute", "an absolute path of a writable directory", "/data"),
            new Wrong(
                    "SUPERVISOR_SHARE",
                    "/no/such/folder",
                    "there is no such directory",
                    "an absolute path of a writable directory",
                    "/data"),
            new Wrong(
                    "SUPERVISOR_MACHINE",
                    "my machine",
                    FORM,
                    "a machine name that Home Assistant knows; another one is accepted with a warning",
                    "generic-x86-64"),
            new Wrong(
                    "SUPERVISOR_LOG_LEVEL",
                    "loud",
                    "unknown",
                    "`debug`, `info`, `warning`, `error`, `critical`",
                    "debug"),
            new Wrong(
                    "SUPERVISOR_CONNECTIVITY_URL",
                    "ftp://check.example",
                    "not an `http` or `https` address with a host",
                    URL,
                    "https://checkonline.home-assistant.io/online.txt"),
            new Wrong(
                    "SUPERVISOR_PWNED_URL",
                    "https://a b",
                    "not an address",
                    URL,
                    "https://api.pwnedpasswords.com/range/"),
            new Wrong("SERVER_PORT", "http", "not a port number", "1 to 65535, or 0 for any free port", "8080"),
            new Wrong("MANAGEMENT_PORT", "65536", "out of range", "1 to 65535, or 0 for any free port", "9090"),
            new Wrong("MANAGEMENT_PORT", "-1", "not a port number", "1 to 65535, or 0 for any free port", "9090"),
            new Wrong(
                    "SUPERVISOR_K8S_KUBECONFIG",
                    "/no/such/file",
                    "there is no such file, or it cannot be read",
                    "a readable file",
                    "/etc/rancher/k3s/k3s.yaml"),
            new Wrong("SUPERVISOR_K8S_NAMESPACE", "my.home", FORM, LABEL, "home-assistant"),
            new Wrong("SUPERVISOR_K8S_SERVICE_SUPERVISOR", "-x", FORM, LABEL, "supervisor"),
            new Wrong("SUPERVISOR_K8S_SERVICE_SUPERVISOR_PORT", "0", "out of range", "1 to 65535", "80"),
            new Wrong("SUPERVISOR_K8S_CLUSTER_DOMAIN", "10.0.0.1", FORM, "a DNS name", "cluster.local"),
            new Wrong("SUPERVISOR_K8S_NODE_ARCH", "armv7", "unknown", "`amd64`, `arm64`", "arm64"),
            new Wrong("SUPERVISOR_K8S_STORAGE_MODE", "host_path", "unknown", "`shared_pvc`", "shared_pvc"),
            new Wrong("SUPERVISOR_K8S_SHARED_PVC_CLAIM", "HA", FORM, SUBDOMAIN, "ha-shared-rwx"),
            new Wrong("SUPERVISOR_K8S_SHARED_PVC_STORAGE_CLASS", "a..b", FORM, SUBDOMAIN, "longhorn-rwx"),
            new Wrong(
                    "SUPERVISOR_K8S_SHARED_PVC_SIZE",
                    "50 GB",
                    "not a quantity",
                    "a Kubernetes quantity above 0",
                    "50Gi"),
            new Wrong("SUPERVISOR_K8S_SHARED_PVC_SIZE", "0Gi", "not above 0", "a Kubernetes quantity above 0", "50Gi"),
            new Wrong("SUPERVISOR_K8S_ALLOW_RWO", "maybe", "neither yes nor no", BOOLEAN, "true"),
            new Wrong(
                    "SUPERVISOR_K8S_HA_TRUSTED_PROXIES",
                    "10.42.0.0/16,10.43.0.0",
                    "`10.43.0.0` has no prefix; one address alone is `10.43.0.0/32`",
                    CIDRS,
                    "10.42.0.0/16,fd00:10:42::/56"),
            new Wrong(
                    "SUPERVISOR_K8S_HA_TRUSTED_PROXIES",
                    "10.42.0.1/16",
                    "`10.42.0.1/16` has host bits; its network is `10.42.0.0/16`",
                    CIDRS,
                    "10.42.0.0/16,fd00:10:42::/56"),
            new Wrong(
                    "SUPERVISOR_K8S_HA_TRUSTED_PROXIES",
                    "fd00::/129",
                    "`fd00::/129` has a prefix that is not in 0 to 128",
                    CIDRS,
                    "10.42.0.0/16,fd00:10:42::/56"),
            new Wrong(
                    "SUPERVISOR_K8S_HA_TRUSTED_PROXIES",
                    "gateway/24",
                    "`gateway` is no IPv4 or IPv6 address",
                    CIDRS,
                    "10.42.0.0/16,fd00:10:42::/56"),
            new Wrong("SUPERVISOR_K8S_SERVICE_HOMEASSISTANT", "home assistant", FORM, LABEL, "homeassistant"),
            new Wrong("SUPERVISOR_K8S_SERVICE_HOMEASSISTANT_PORT", "812x", "not a port number", "1 to 65535", "8123"),
            new Wrong(
                    "SUPERVISOR_CORE_IMAGE",
                    "localhost/core:1",
                    FORM,
                    "an image without tag: `[registry[:port]/]name`",
                    "ghcr.io/home-assistant/generic-x86-64-homeassistant"),
            new Wrong("SUPERVISOR_CORE_VERSION", "2026/11", FORM, "a version as image tag", "2026.11.0"),
            new Wrong(
                    "SUPERVISOR_VERSION_URL",
                    "{channel}.json",
                    "not an `http` or `https` address with a host",
                    "an `http` or `https` address, in which `{channel}` stands for the update channel",
                    "https://version.home-assistant.io/{channel}.json"),
            new Wrong("SUPERVISOR_CORE_START_TIMEOUT", "10m", "not a duration", DURATION, "PT20M"),
            new Wrong("SUPERVISOR_CORE_START_TIMEOUT", "PT0S", "not above 0", DURATION, "PT20M"),
            new Wrong("SUPERVISOR_K8S_CORE_LINK", "tcp", "unknown", "`auto`, `socket`, `token`", "token"),
            new Wrong("SUPERVISOR_K8S_CORE_LINK_POLICY", "2", "neither yes nor no", BOOLEAN, "false"),
            new Wrong(
                    "SUPERVISOR_K8S_INTERNAL_GATEWAY_ADDRESS",
                    "ha.example.com",
                    "`ha.example.com` is no IPv4 or IPv6 address",
                    ADDRESS,
                    "192.168.100.130"),
            new Wrong(
                    "SUPERVISOR_K8S_INTERNAL_GATEWAY_ADDRESS",
                    "0.0.0.0",
                    "no address that one machine can have",
                    ADDRESS,
                    "192.168.100.130"),
            new Wrong("SUPERVISOR_K8S_INTERNAL_GATEWAY_NAME", "ha_internal", FORM, LABEL, "ha-internal"),
            new Wrong("SUPERVISOR_K8S_INTERNAL_GATEWAY_CLASS", "Cilium", FORM, LABEL, "metallb"),
            new Wrong("SUPERVISOR_K8S_INTERNAL_L4_IMAGE", "https://nginx", FORM, IMAGE, "nginx:1.25-alpine"),
            new Wrong(
                    "SUPERVISOR_K8S_INTERNAL_L4_SERVICE_ANNOTATIONS",
                    "a=b",
                    "not a JSON object",
                    "a JSON object of strings",
                    "{\"metallb.io/loadBalancerIPs\": \"192.168.100.130\"}"),
            new Wrong(
                    "SUPERVISOR_K8S_INTERNAL_L4_SERVICE_ANNOTATIONS",
                    "{\"a\": 1}",
                    "the value of `a` is no string",
                    "a JSON object of strings",
                    "{\"metallb.io/loadBalancerIPs\": \"192.168.100.130\"}"),
            new Wrong("SUPERVISOR_K8S_EXTERNAL_TRAFFIC_POLICY", "Node", "unknown", "`Cluster`, `Local`", "Local"),
            new Wrong("SUPERVISOR_K8S_PORT_REGISTRY_CONFIGMAP", "ports!", FORM, SUBDOMAIN, "supervisor-port-registry"),
            new Wrong(
                    "SUPERVISOR_K8S_PORT_REGISTRY_KEY",
                    "a/b",
                    FORM,
                    "a ConfigMap key: letters, digits, `-`, `_` and `.`",
                    "registry.json"),
            new Wrong("SUPERVISOR_K8S_MANAGE_PUBLIC_GATEWAY", "ja", "neither yes nor no", BOOLEAN, "true"),
            new Wrong("SUPERVISOR_K8S_GATEWAY_HOSTNAME", "ha_home.example", FORM, "a DNS name", "ha.example.com"),
            new Wrong("SUPERVISOR_K8S_GATEWAY_TLS_SECRET", "TLS", FORM, SUBDOMAIN, "ha-tls"),
            new Wrong("SUPERVISOR_K8S_GATEWAY_CLASS", "a_b", FORM, SUBDOMAIN, "cilium"),
            new Wrong("SUPERVISOR_K8S_GATEWAY_NAME", "main.gateway", FORM, LABEL, "main-gateway"),
            new Wrong("SUPERVISOR_K8S_HTTPROUTE_NAME", "ha/http", FORM, LABEL, "ha-http"),
            new Wrong("SUPERVISOR_K8S_ADDON_HOMEASSISTANT_MOUNT", "never", "unknown", "`always`, `mapped`", "mapped"),
            new Wrong("SUPERVISOR_K8S_INGRESS_SOURCE", "nat", "unknown", "`relay`, `direct`", "direct"),
            new Wrong(
                    "SUPERVISOR_K8S_ALLOWED_CAPABILITIES",
                    "NET_ADMIN,SYS_ADMIN",
                    "`SYS_ADMIN` is unknown",
                    "a comma-separated list out of `NET_ADMIN`, `NET_RAW`, `IPC_LOCK`, `SYS_NICE`, `SYS_RESOURCE`",
                    "NET_ADMIN,NET_RAW"),
            new Wrong("SUPERVISOR_K8S_SECCOMP", "Localhost", "unknown", "`RuntimeDefault`, `Unconfined`", "Unconfined"),
            new Wrong(
                    "SUPERVISOR_K8S_ADDON_REQUESTS",
                    "{\"cpu\": \"much\"}",
                    "the value of `cpu` is not a quantity",
                    QUANTITIES,
                    "{\"cpu\": \"50m\", \"memory\": \"64Mi\"}"),
            new Wrong(
                    "SUPERVISOR_K8S_ADDON_LIMITS",
                    "{\"memory\": true}",
                    "the value of `memory` is no quantity",
                    QUANTITIES,
                    "{\"memory\": \"1Gi\"}"),
            new Wrong("SUPERVISOR_REPOSITORY_SUBMODULES", "recursive", "neither yes nor no", BOOLEAN, "true"),
            new Wrong(
                    "SUPERVISOR_REPOSITORY_SCHEMES",
                    "https,ftp",
                    "`ftp` is unknown",
                    "a comma-separated list out of `https`, `http`, `git`, `ssh`, `file`",
                    "https,ssh"));

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
            for (int round = 0; round < 200; round++) {
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
}
