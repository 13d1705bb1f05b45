package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.store.AppManifest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppChecksTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[amd64]        | false",
                "[aarch64]      | false",
                "[armv7]        | true",
                "[armv7, amd64] | false",
                "[i386, armhf]  | true",
            })
    void anAppOfFormerArchitecturesAloneIsOfOne(String arch, boolean isFormer) {
        assertEquals(isFormer, AppChecks.isOfFormerArchitecture(manifest("arch: " + arch), "amd64"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                             | false",
                "[generic-x86-64]               | false",
                "[raspberrypi3]                 | true",
                "[raspberrypi3, generic-x86-64] | false",
                "[\"!raspberrypi3\"]            | true",
                "[yellow]                       | false",
            })
    void anAppOfFormerMachinesAloneIsOfOne(String machine, boolean isFormer) {
        assertEquals(
                isFormer,
                AppChecks.isOfFormerMachine(manifest("arch: [amd64]\nmachine: " + machine), "generic-x86-64"));
    }

    private static AppManifest manifest(String more) {
        return AppsHome.manifest(
                "name: x\nversion: \"1\"\nslug: x\ndescription: d\nimage: localhost/x\n" + more + "\n");
    }
}
