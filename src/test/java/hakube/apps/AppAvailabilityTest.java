package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.api.ApiFailure;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppAvailabilityTest {

    private static final String HEAD =
            "{name: Sample, version: '1', slug: sample, description: d, image: localhost/x, arch: ";

    @Test
    void anotherArchitectureIsTheFirstThatCounts() {
        ApiFailure failure = misfit("[aarch64, i386], machine: [odroid-n2], homeassistant: 2099.1.0}", "2026.11.0")
                .orElseThrow();
        assertEquals(Optional.of("app_not_supported_architecture_error"), failure.errorKey());
        assertEquals(
                "App Sample not supported on this platform, supported architectures: aarch64, i386",
                failure.getMessage());
        assertEquals(
                Map.of("app", "Sample", "slug", "local_sample", "architectures", "aarch64, i386"),
                failure.extraFields());
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
        ApiFailure failure = misfit("[amd64], machine: [odroid-n2, '!raspberrypi4'], homeassistant: 2099.1.0}", "1.0")
                .orElseThrow();
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
                Optional.empty(),
                AppAvailability.misfit(
                        "local_sample",
                        AppsHome.manifest(HEAD + "[amd64], homeassistant: 2099.1.0}"),
                        "amd64",
                        "qemux86-64",
                        Optional.empty()));
    }

    private static Optional<ApiFailure> misfit(String rest, String core) {
        return AppAvailability.misfit(
                "local_sample", AppsHome.manifest(HEAD + rest), "amd64", "qemux86-64", Optional.of(core));
    }
}
