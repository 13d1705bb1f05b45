package hakube.core;

import static hakube.core.InstalledCore.AWAY;
import static hakube.core.InstalledCore.PATIENCE;
import static hakube.core.InstalledCore.settings;
import static hakube.core.InstalledCore.withPort;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there when a write fails, and that the next try works. */
class CoreWritesFailTest {

    @TempDir
    private Path share;

    private InstalledCore home;
    private FakeCluster cluster;
    private Core core;

    @BeforeEach
    void install() {
        home = new InstalledCore(share);
        cluster = home.cluster;
        core = home.core;
    }

    @Test
    void whicheverWriteOfAStartFailsThereIsNoPodAndTheNextStartWorks() {
        core.start();
        List<String> writes = cluster.writes();
        core.stop();
        for (String write : writes) {
            cluster.failOn(write, AWAY);
            assertThrows(ApiFailure.Unavailable.class, core::start, write);
            assertEquals(Optional.empty(), core.pod(), write);
            assertFalse(core.isRunning(), write);
            cluster.recover();
            core.start();
            assertEquals(
                    CoreSecret.hash(home.token()),
                    core.pod().orElseThrow().getMetadata().getAnnotations().get("io.hass.token-hash"));
            core.stop();
        }
    }

    @Test
    void whicheverWriteOfARestartFailsTheFormerPodStaysAndTheNextRestartWorks() {
        core.start();
        cluster.forgetWrites();
        core.restart(false);
        for (String write : cluster.writes()) {
            String before = home.uid();
            cluster.failOn(write, AWAY);
            assertThrows(ApiFailure.Unavailable.class, () -> core.restart(true), write);
            assertEquals(before, home.uid(), write);
            assertFalse(Files.exists(share.resolve("homeassistant/safe-mode")), write);
            cluster.recover();
            core.restart(false);
            assertNotEquals(before, home.uid(), write);
        }
    }

    @Test
    void whicheverWriteOfAnUpdateFailsTheFormerVersionStaysAndTheNextUpdateWorks() {
        core.start();
        cluster.forgetWrites();
        core.update(Optional.of("2026.11.1"), false);
        int version = 1;
        for (String write : cluster.writes()) {
            String before = home.uid();
            CoreOptions options = core.options();
            Optional<String> next = Optional.of("2026.11." + ++version);
            cluster.failOn(write, AWAY);
            assertThrows(ApiFailure.Unavailable.class, () -> core.update(next, false), write);
            assertEquals(options, core.options(), write);
            assertEquals(before, home.uid(), write);
            assertEquals(Optional.of(options.runs()), home.template(), write);
            cluster.recover();
            core.update(next, false);
            assertEquals("localhost/core:" + next.get(), home.image());
        }
    }

    @Test
    void whicheverWriteOfAnInstallationFailsTheNextOneWorks() {
        List<String> writes = List.of("apply secrets", "apply services/homeassistant-headless", "apply statefulsets");
        for (String write : writes) {
            FakeCluster empty = new FakeCluster();
            Path folder = share.resolve(write.replace('/', '-'));
            Core fresh = new CoreRoom(empty, settings(folder, PATIENCE)).core;
            empty.failOn(write, AWAY);
            assertThrows(ApiFailure.Unavailable.class, fresh::install);
            assertFalse(fresh.isInstalled(), write);
            empty.recover();
            fresh.install();
            assertTrue(fresh.isInstalled());
            assertTrue(((Cluster) empty)
                    .watched(Kind.STATEFUL_SET)
                    .find("homeassistant")
                    .isPresent());
        }
    }

    @Test
    void whicheverServiceFailsAReportedPortIsNotSavedAndTheNextReportWorks() {
        core.start();
        for (String service : List.of("homeassistant-headless", "homeassistant")) {
            cluster.failOn("apply services/" + service, AWAY);
            assertThrows(ApiFailure.Unavailable.class, () -> core.change(options -> withPort(options, 9000)));
            assertEquals(8123, core.options().port());
            cluster.recover();
            core.change(options -> withPort(options, 9000));
            assertEquals(9000, target("homeassistant"));
            assertEquals(9000, target("homeassistant-headless"));
            core.change(options -> withPort(options, 8123));
        }
    }

    @Test
    void optionsThatCannotBeSavedChangeNothingInTheCluster() throws IOException {
        core.start();
        Path file = share.resolve("homeassistant.json");
        Files.delete(file);
        Files.createDirectories(file.resolve("in-the-way"));
        cluster.forgetWrites();
        assertThrows(RuntimeException.class, () -> core.change(options -> withPort(options, 9000)));
        assertEquals(List.of(), cluster.writes());
        assertEquals(8123, core.options().port());
        assertThrows(RuntimeException.class, () -> core.update(Optional.of("2026.12.0"), false));
        assertEquals(Optional.of("localhost/core:2026.11.0"), home.template());
        Files.delete(file.resolve("in-the-way"));
        Files.delete(file);
        core.update(Optional.of("2026.12.0"), false);
        assertEquals("localhost/core:2026.12.0", home.image());
    }

    private int target(String service) {
        return ((Cluster) cluster)
                .watched(Kind.SERVICE)
                .find(service)
                .orElseThrow()
                .getSpec()
                .getPorts()
                .getFirst()
                .getTargetPort()
                .getIntValue();
    }
}
