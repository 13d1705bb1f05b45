package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.api.ApiFailure;
import hakube.store.AppManifest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppAvailabilityTest {

    private static final String HEAD =
            "{name: Sample, version: '1', slug: sample, description: d, image: localhost/x, arch: ";

    @Test
    void anotherArchitectureIsToldAsUpstreamDoes() {
        ApiFailure failure = misfit("[aarch64, i386]}", "2026.11.0").orElseThrow();
        assertEquals(Optional.of("app_not_supported_architecture_error"), failure.errorKey());
        assertEquals(
                "App Sample not supported on this platform, supported architectures: aarch64, i386",
                failure.getMessage());
        assertEquals(
                Map.of("app", "Sample", "slug", "local_sample", "architectures", "aarch64, i386"),
                failure.extraFields());
    }

    @Test
    void ofSeveralReasonsAllAreToldUnderTheKeyOfTheFirst() {
        AppManifest manifest =
                AppsHome.manifest(HEAD + "[aarch64], machine: [odroid-n2], homeassistant: 2099.1.0, usb: true}");
        List<String> texts = List.of(
                "not supported on this platform, supported architectures: aarch64",
                "not supported on this machine, supported machine types: odroid-n2",
                "not supported on this system, requires Home Assistant version 2099.1.0 or greater",
                "device passthrough is not available (USB)");
        ApiFailure failure = failure(manifest, "2026.11.0").orElseThrow();
        assertEquals(400, failure.status());
        assertEquals(Optional.of("app_not_supported_architecture_error"), failure.errorKey());
        assertEquals(
                "App Sample " + String.join("; ", texts.subList(0, 3)) + "; can't run on Kubernetes: "
                        + texts.getLast(),
                failure.getMessage());
        assertEquals(
                Map.of(
                        "app",
                        "Sample",
                        "slug",
                        "local_sample",
                        "architectures",
                        "aarch64",
                        "reasons",
                        List.of(
                                reason("arch", List.of("aarch64"), texts.get(0)),
                                reason("machine", List.of("odroid-n2"), texts.get(1)),
                                reason("homeassistant", "2099.1.0", texts.get(2)),
                                reason("usb", true, texts.get(3)))),
                failure.extraFields());
    }

    @Test
    void aMisfitBesideADemandOfKubernetesKeepsItsKey() {
        ApiFailure failure =
                misfit("[amd64], machine: [odroid-n2], usb: true}", "2026.11.0").orElseThrow();
        assertEquals(Optional.of("app_not_supported_machine_type_error"), failure.errorKey());
        assertEquals(2, ((List<?>) failure.extraFields().get("reasons")).size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|true",
                "[qemux86-64]|true",
                "[odroid-n2, qemux86-64]|true",
                "[odroid-n2]|false",
                "[qemux86-64, '!qemux86-64']|false",
                "['!odroid-n2']|false",
                "['!qemux86-64']|false",
                "[qemux86-64, '!odroid-n2']|true"
            })
    void theMachineMustBeListedAndNotNegated(String machines, boolean fits) {
        Optional<ApiFailure> failure = misfit("[amd64], machine: " + machines + "}", "2026.11.0");
        assertEquals(fits, failure.isEmpty());
    }

    @Test
    void aMachineThatIsNotListedIsToldWithTheList() {
        ApiFailure failure =
                misfit("[amd64], machine: [odroid-n2, '!raspberrypi4']}", "1.0").orElseThrow();
        assertEquals(400, failure.status());
        assertEquals(Optional.of("app_not_supported_machine_type_error"), failure.errorKey());
        assertEquals(
                "App Sample not supported on this machine, supported machine types: odroid-n2, !raspberrypi4",
                failure.getMessage());
        assertEquals(
                Map.of("app", "Sample", "slug", "local_sample", "machine_types", "odroid-n2, !raspberrypi4"),
                failure.extraFields());
    }

    @ParameterizedTest
    @CsvSource({
        "2026.11.0, 2026.11.0, true",
        "2026.11.0, 2026.11.1, true",
        "2026.9.0, 2026.10.0, true",
        "2026.11.0, 2026.11.0b3, false",
        "2026.12.0, 2026.11.9, false",
        "whatever, 2026.11.0, true",
        "2026.11.0, landingpage, true"
    })
    void coreMustBeNewEnoughWhereTheTwoCompare(String wanted, String core, boolean fits) {
        Optional<ApiFailure> failure = misfit("[amd64], homeassistant: '" + wanted + "'}", core);
        assertEquals(fits, failure.isEmpty());
        failure.ifPresent(known -> {
            assertEquals(Optional.of("app_not_supported_home_assistant_version_error"), known.errorKey());
            assertEquals(
                    "App Sample not supported on this system, requires Home Assistant version " + wanted
                            + " or greater",
                    known.getMessage());
            assertEquals(Map.of("app", "Sample", "slug", "local_sample", "version", wanted), known.extraFields());
        });
    }

    @Test
    void aCoreThatIsNotInstalledStandsAgainstNothing() {
        assertEquals(
                List.of(),
                Misfit.all(
                        AppsHome.manifest(HEAD + "[amd64], homeassistant: 2099.1.0}"),
                        "amd64",
                        "qemux86-64",
                        Optional.empty()));
    }

    private static Optional<ApiFailure> misfit(String rest, String core) {
        return failure(AppsHome.manifest(HEAD + rest), core);
    }

    private static Optional<ApiFailure> failure(AppManifest manifest, String core) {
        return Misfit.failure(
                manifest.name(),
                "local_sample",
                Misfit.all(manifest, "amd64", "qemux86-64", Optional.of(core)),
                AppRequirements.check("local_sample", manifest, false, WorkloadCase.PLAIN));
    }

    private static Map<String, Object> reason(String key, Object value, String reason) {
        return Map.of("key", key, "value", value, "reason", reason);
    }
}
