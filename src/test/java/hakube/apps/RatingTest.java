package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatingTest {

    private static final String APP = """
            name: Sample
            version: "1.0"
            slug: sample
            description: A sample
            arch: [amd64]
            """;

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            url: https://example.com ; 5
            apparmor: false ; 4
            ingress: true ; 7
            auth_api: true ; 6
            ingress: true, auth_api: true ; 7
            privileged: [BPF] ; 4
            privileged: [CHECKPOINT_RESTORE] ; 4
            privileged: [DAC_READ_SEARCH] ; 4
            privileged: [NET_ADMIN] ; 4
            privileged: [NET_RAW] ; 4
            privileged: [PERFMON] ; 4
            privileged: [SYS_ADMIN] ; 4
            privileged: [SYS_MODULE] ; 4
            privileged: [SYS_PTRACE] ; 4
            privileged: [SYS_RAWIO] ; 4
            privileged: [IPC_LOCK, SYS_NICE, SYS_RESOURCE, SYS_TIME] ; 5
            kernel_modules: true ; 4
            privileged: [NET_ADMIN, NET_RAW], kernel_modules: true ; 4
            hassio_api: true, hassio_role: homeassistant ; 5
            hassio_role: backup ; 5
            hassio_role: manager ; 4
            hassio_role: admin ; 3
            host_network: true ; 4
            host_pid: true ; 3
            host_ipc: true, host_dbus: true ; 5
            host_uts: true ; 5
            host_uts: true, privileged: [SYS_ADMIN] ; 3
            docker_api: true, ingress: true ; 1
            full_access: true, ingress: true ; 1
            apparmor: false, hassio_role: admin, host_network: true, host_pid: true ; 1
            """)
    void eachThingThatAnAppIsTrustedWithCounts(String keys, int rating) {
        assertEquals(rating, Rating.of(AppsHome.manifest("{" + APP.strip().replace("\n", ", ") + ", " + keys + "}")));
    }
}
