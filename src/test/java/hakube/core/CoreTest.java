package hakube.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.events.Events;
import hakube.jobs.Jobs;
import hakube.kubernetes.FakeCluster;
import hakube.state.State;
import hakube.storage.Folders;
import hakube.versions.Channel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoreTest {

    @TempDir
    private Path share;

    private final FakeCluster cluster = new FakeCluster();
    private Core core;

    @BeforeEach
    void installed() {
        Settings plain = TestSettings.of(share);
        Settings.CoreSettings given = plain.core();
        Settings settings = new Settings(
                plain.supervisor(),
                plain.cluster(),
                plain.claim(),
                new Settings.CoreSettings(
                        given.trustedProxies(),
                        given.serviceName(),
                        given.servicePort(),
                        Optional.of("localhost/core"),
                        Optional.of("2026.11.0"),
                        given.versionUrl(),
                        given.startTimeout(),
                        given.link(),
                        given.linkPolicy()),
                plain.internalGateway(),
                plain.publicGateway(),
                plain.portRegistry(),
                plain.apps(),
                plain.store());
        Folders folders = new Folders(share);
        Events events = new Events();
        State state = new State(settings, folders, events);
        core = new Core(
                cluster, settings, folders, state, new Jobs(folders), new Channel(settings, folders, state, events), events);
        core.adopt();
        core.install();
        cluster.autoRun();
        cluster.forgetWrites();
    }

    @Test
    void aStartAppliesTheTemplateBeforeItScales() {
        core.start();
        assertEquals(
                List.of(
                        "apply secrets/homeassistant-token",
                        "apply services/homeassistant-headless",
                        "apply services/homeassistant",
                        "apply statefulsets/homeassistant",
                        "scale statefulsets/homeassistant 1"),
                cluster.writes());
        assertTrue(core.isRunning());
    }

    @Test
    void aSecondStartWritesNothing() {
        core.start();
        cluster.forgetWrites();
        core.start();
        assertEquals(List.of(), cluster.writes());
    }

    @Test
    void aStopWaitsUntilThePodIsGone() {
        core.start();
        core.stop();
        assertFalse(core.isRunning());
        assertEquals(Optional.empty(), core.pod());
    }

    @Test
    void aRestartReplacesThePodAndKeepsTheToken() {
        core.start();
        String before = core.pod().orElseThrow().getMetadata().getUid();
        cluster.forgetWrites();
        core.restart(true);
        assertFalse(before.equals(core.pod().orElseThrow().getMetadata().getUid()));
        assertFalse(cluster.writes().contains("apply secrets/homeassistant-token"));
        assertTrue(Files.exists(share.resolve("homeassistant/safe-mode")));
    }
}
