package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.config.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppRequirementsTest {

    private static final String HEAD = """
            name: Sample
            version: "1"
            slug: sample
            description: A sample
            arch: [amd64]
            """;
    private static final String IMAGE = "image: localhost/sample\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "docker_api: true | docker_api | there is no container engine socket",
                "host_network: true | host_network | host networking is not available",
                "host_pid: true | host_pid | the host's process list is not available",
                "host_ipc: true | host_ipc | the host's IPC namespace is not available",
                "host_uts: true | host_uts | the node's host name is not available",
                "host_dbus: true | host_dbus | no D-Bus on a cluster",
                "full_access: true | full_access | full access to the node's devices is not available",
                "uart: true | uart | device passthrough is not available (serial ports)",
                "usb: true | usb | device passthrough is not available (USB)",
                "gpio: true | gpio | device passthrough is not available (GPIO)",
                "video: true | video | device passthrough is not available (video)",
                "kernel_modules: true | kernel_modules | the node's kernel modules are not available",
                "journald: true | journald | the node's journal is not available",
                "audio: true | audio | there is no sound server"
            })
    void aDemandThatAClusterCannotMeetIsRefused(String line, String key, String reason) {
        assertEquals(List.of(new Suitability.Reason(key, true, reason)), refused(HEAD + IMAGE + line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker_api",
                "host_network",
                "host_pid",
                "host_ipc",
                "host_uts",
                "host_dbus",
                "full_access",
                "uart",
                "usb",
                "gpio",
                "video",
                "kernel_modules",
                "journald",
                "audio"
            })
    void theSameKeySaidToBeFalseIsFine(String key) {
        assertEquals(List.of(), ignored(HEAD + IMAGE + key + ": false"));
    }

    @Test
    void anAppWithoutAnImageIsRefused() {
        assertEquals(
                List.of(new Suitability.Reason(
                        "image",
                        null,
                        "needs an image built from its Dockerfile; there is no image builder on a cluster")),
                refused(HEAD));
    }

    @Test
    void devicesAreRefusedByNameAndAnEmptyListIsFine() {
        assertEquals(
                List.of(new Suitability.Reason(
                        "devices",
                        List.of("/dev/net/tun", "/dev/dri"),
                        "device passthrough is not available (/dev/net/tun, /dev/dri)")),
                refused(HEAD + IMAGE + "devices: [/dev/net/tun, /dev/dri]"));
        assertEquals(List.of(), ignored(HEAD + IMAGE + "devices: []"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SYS_ADMIN",
                "SYS_MODULE",
                "SYS_RAWIO",
                "SYS_PTRACE",
                "SYS_TIME",
                "BPF",
                "PERFMON",
                "CHECKPOINT_RESTORE",
                "DAC_READ_SEARCH"
            })
    void aCapabilityThatReachesBeyondThePodIsRefusedWhateverIsAllowed(String capability) {
        assertEquals(
                List.of(new Suitability.Reason(
                        "privileged", capability, "capability " + capability + " reaches beyond the pod")),
                reasons(check(
                        HEAD + IMAGE + "privileged: [" + capability + "]", allowing(Set.of(capability, "NET_ADMIN")))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NET_ADMIN", "NET_RAW", "IPC_LOCK", "SYS_NICE", "SYS_RESOURCE"})
    void anyOtherCapabilityNeedsTheSettingForItsName(String capability) {
        String manifest = HEAD + IMAGE + "privileged: [" + capability + "]";
        assertEquals(
                List.of(new Suitability.Reason(
                        "privileged",
                        capability,
                        "capability " + capability + " is not allowed (SUPERVISOR_K8S_ALLOWED_CAPABILITIES)")),
                reasons(check(manifest, allowing(Set.of()))));
        assertInstanceOf(Suitability.Supported.class, check(manifest, allowing(Set.of(capability))));
    }

    @Test
    void everyReasonIsToldAtOnce() {
        List<String> keys = refused(HEAD + "host_network: true\naudio: true\nprivileged: [SYS_ADMIN, NET_RAW]\n"
                        + "map: [{type: share, path: /dev/shm}]\nports: {70000/tcp: null}")
                .stream()
                .map(Suitability.Reason::key)
                .toList();
        assertEquals(List.of("image", "host_network", "privileged", "privileged", "audio", "ports", "map"), keys);
    }

    @Test
    void aRefusalHasTheShapeThatClientsKnow() {
        var refused = new Suitability.Refused(refused(HEAD + "usb: true"));
        ApiFailure failure = refused.failure("Sample", "local_sample");
        assertEquals(400, failure.status());
        assertEquals(Optional.of("runtime_not_supported_error"), failure.errorKey());
        assertEquals(
                "App Sample can't run on Kubernetes: needs an image built from its Dockerfile; there is no image builder"
                        + " on a cluster; device passthrough is not available (USB)",
                failure.getMessage());
        Map<String, Object> image = new HashMap<>();
        image.put("key", "image");
        image.put("value", null);
        image.put("reason", "needs an image built from its Dockerfile; there is no image builder on a cluster");
        assertEquals(
                Map.of(
                        "feature",
                        "app_requirement",
                        "runtime",
                        "kubernetes",
                        "app",
                        "local_sample",
                        "slug",
                        "local_sample",
                        "reasons",
                        List.of(
                                image,
                                Map.of(
                                        "key",
                                        "usb",
                                        "value",
                                        true,
                                        "reason",
                                        "device passthrough is not available (USB)"))),
                failure.extraFields());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/tcp", "65536/udp", "99999"})
    void aPortThatDoesNotExistIsRefused(String port) {
        assertEquals(
                List.of(new Suitability.Reason("ports", port, "port " + port + " is not one of 1 to 65535")),
                refused(HEAD + IMAGE + "ports: {\"" + port + "\": null}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "share", "./share", "/", "//", "/.", "/../share", "/share/..", "/a:b"})
    void aMountPathMustBeAbsoluteAndPlain(String path) {
        List<Suitability.Reason> reasons = refused(HEAD + IMAGE + "map: [{type: share, path: \"" + path + "\"}]");
        assertEquals(
                List.of("map"), reasons.stream().map(Suitability.Reason::key).toList());
        assertTrue(
                reasons.getFirst().reason().endsWith("is not an absolute plain path"),
                reasons.getFirst().reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/data", "/data/", "//data", "/./data", "/data/.", "/ssl", "/dev/shm", "/homeassistant/."})
    void twoMountsCannotHaveOnePath(String path) {
        String map = "map: [ssl, homeassistant_config, {type: share, path: " + path + "}]";
        List<Suitability.Reason> reasons = refused(HEAD + IMAGE + map);
        assertEquals(1, reasons.size(), reasons.toString());
        assertTrue(
                reasons.getFirst().reason().startsWith("mount path used twice: /"),
                reasons.getFirst().reason());
    }

    @Test
    void theFolderForTemporaryFilesIsTakenOnlyWhereItIsInMemory() {
        String map = "map: [{type: share, path: /tmp}]\n";
        assertEquals(1, refused(HEAD + IMAGE + map + "tmpfs: true").size());
        assertEquals(List.of(), ignored(HEAD + IMAGE + map));
    }

    @Test
    void oneMountInsideAnotherIsFine() {
        assertEquals(
                List.of(),
                ignored(HEAD + IMAGE
                        + "map: [app_config, {type: share, path: /config/custom}, {type: data, path: /d}]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "udev: true | udev",
                "devicetree: true | devicetree",
                "realtime: true | realtime",
                "ulimits: {nofile: 1024} | ulimits",
                "apparmor: false | apparmor"
            })
    void whatHasNoEffectIsOnlyTold(String line, String key) {
        assertEquals(List.of(key), ignored(HEAD + IMAGE + line));
    }

    @Test
    void aProfileBesideTheManifestIsOnlyTold() {
        assertEquals(
                List.of("apparmor.txt"),
                supported(AppRequirements.check(
                        "local_sample", AppsHome.manifest(HEAD + IMAGE), true, allowing(Set.of()))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1ST", "with space", "a=b", ".", "..", "..x", "ümlaut"})
    void aVariableWhoseNameTheClusterRefusesIsOnlyTold(String name) {
        assertEquals(List.of("environment." + name), ignored(HEAD + IMAGE + "environment: {\"" + name + "\": \"1\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "_", "a.b-c_D1", ".hidden", "-x"})
    void aVariableWhoseNameTheClusterTakesIsPassedOn(String name) {
        assertEquals(List.of(), ignored(HEAD + IMAGE + "environment: {\"" + name + "\": \"1\"}"));
    }

    private static List<Suitability.Reason> refused(String manifest) {
        return reasons(check(manifest, allowing(Set.of())));
    }

    private static List<String> ignored(String manifest) {
        return supported(check(manifest, allowing(Set.of())));
    }

    private static List<Suitability.Reason> reasons(Suitability suitability) {
        return assertInstanceOf(Suitability.Refused.class, suitability, suitability.toString())
                .reasons();
    }

    private static List<String> supported(Suitability suitability) {
        return assertInstanceOf(Suitability.Supported.class, suitability, suitability.toString())
                .ignored();
    }

    private static Suitability check(String manifest, Settings.AppSettings settings) {
        return AppRequirements.check("local_sample", AppsHome.manifest(manifest), false, settings);
    }

    private static Settings.AppSettings allowing(Set<String> capabilities) {
        return new Settings.AppSettings(true, capabilities, "RuntimeDefault", true, Map.of(), Map.of());
    }
}
