package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.core.Core;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.storage.Folders;
import hakube.store.Repositories;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The phases of a boot on a cluster in memory, with one app in each. */
@HelidonTest
@AddBean(SupervisorHouse.class)
@AddConfig(key = "management.port", value = "0")
class BootTest {

    private static final List<String> PHASES = List.of("application", "services", "system", "initialize");

    private final Asked asked;
    private final Boot boot;
    private final Core core;
    private final Folders folders;
    private final Repositories repositories;
    private final State state;
    private final FakeCluster cluster;

    @Inject
    BootTest(
            WebTarget target,
            Boot boot,
            Core core,
            Folders folders,
            Repositories repositories,
            State state,
            Cluster cluster) {
        this.asked = new Asked(target);
        this.boot = boot;
        this.core = core;
        this.folders = folders;
        this.repositories = repositories;
        this.state = state;
        this.cluster = (FakeCluster) cluster;
    }

    @BeforeEach
    void coreAndOneAppOfEachPhaseAreInstalled() throws IOException {
        state.enter(SupervisorState.RUNNING);
        core.install();
        for (String phase : PHASES) {
            Path manifest = folders.of("addons/local/" + phase + "/config.yaml");
            Files.createDirectories(manifest.getParent());
            Files.writeString(manifest, """
                    name: Sample
                    version: "1.0"
                    slug: %1$s
                    description: Of that phase
                    arch: [amd64, aarch64]
                    image: localhost/sample
                    startup: %1$s
                    """.formatted(phase));
        }
        repositories.load();
        PHASES.forEach(phase -> asked.post(200, "/store/addons/local_" + phase + "/install", ""));
        asked.post(200, "/supervisor/options", "{\"wait_boot\": 1}");
        cluster.autoRun();
        cluster.forgetWrites();
    }

    @Test
    void coreStartsBetweenServicesAndApplicationAndEachPhaseTakesItsTime() throws InterruptedException {
        assertTrue(boot.isDue());
        long begin = System.nanoTime();

        boot.run();

        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        assertEquals(
                List.of(
                        "scale deployments/local-initialize 1",
                        "scale deployments/local-system 1",
                        "scale deployments/local-services 1",
                        "scale statefulsets/homeassistant 1",
                        "scale deployments/local-application 1"),
                cluster.writes().stream()
                        .filter(write -> write.startsWith("scale "))
                        .toList());
        assertTrue(taken.compareTo(Duration.ofSeconds(PHASES.size())) >= 0, "wait_boot is 1 s: " + taken);
    }
}
