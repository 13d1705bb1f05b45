package hakube.core;

import static hakube.core.InstalledCore.PATIENCE;
import static hakube.core.InstalledCore.settings;
import static hakube.core.InstalledCore.withPort;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.events.SupervisorEvent;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoreTest {

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
    void anInstallationMakesEverythingButAPod() {
        assertEquals(
                List.of("homeassistant", "homeassistant-headless"),
                ((Cluster) cluster)
                        .watched(Kind.SERVICE).all().stream()
                                .map(service -> service.getMetadata().getName())
                                .sorted()
                                .toList());
        assertEquals(Optional.of("localhost/core:2026.11.0"), home.template());
        assertFalse(core.isRunning());
        assertEquals(Optional.empty(), core.pod());
        assertTrue(Files.exists(share.resolve("homeassistant/configuration.yaml")));
    }

    @Test
    void aStartAppliesTheTemplateBeforeItScales() {
        core.start();
        assertEquals(
                List.of(
                        "apply secrets/homeassistant-token",
                        "apply secrets/homeassistant-link",
                        "apply networkpolicies/homeassistant-link",
                        "apply services/homeassistant-headless",
                        "apply services/homeassistant",
                        "apply statefulsets/homeassistant",
                        "scale statefulsets/homeassistant 1"),
                cluster.writes());
        assertTrue(core.isRunning());
        assertTrue(home.room.told.contains(new SupervisorEvent.CoreStateChanged(true)));
    }

    @Test
    void aStartFromNothingMakesANewTokenAndTheTemplateSaysSo() {
        core.start();
        String first = home.token();
        core.stop();
        core.start();
        assertNotEquals(first, home.token());
        assertEquals(
                CoreSecret.hash(home.token()),
                core.pod().orElseThrow().getMetadata().getAnnotations().get("io.hass.token-hash"));
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
        String before = home.uid();
        cluster.forgetWrites();
        core.restart(true);
        assertNotEquals(before, home.uid());
        assertFalse(cluster.writes().contains("apply secrets/homeassistant-token"));
        assertTrue(Files.exists(share.resolve("homeassistant/safe-mode")));
    }

    @Test
    void aRestartOfAStoppedCoreStartsIt() {
        core.restart(false);
        assertTrue(core.pod().map(PodFault::isReady).orElse(false));
        assertFalse(Files.exists(share.resolve("homeassistant/safe-mode")));
    }

    @Test
    void aChangedTemplateWaitsForTheNextRestart() {
        core.start();
        String before = home.uid();
        core.change(options -> withPort(options, 9000));
        assertEquals(before, home.uid());
        core.restart(false);
        assertEquals(
                9000,
                core.pod()
                        .orElseThrow()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getPorts()
                        .getFirst()
                        .getContainerPort());
    }

    @Test
    void aChosenImageWaitsForTheNextRebuild() {
        core.start();
        home.room.controls.options("{\"image\": \"registry.local:5000/mine/core\"}");
        core.restart(false);
        assertEquals("localhost/core:2026.11.0", home.image());
        core.rebuild(false);
        assertEquals("registry.local:5000/mine/core:2026.11.0", home.image());
        home.room.controls.options("{\"image\": null}");
        core.rebuild(false);
        assertEquals("localhost/core:2026.11.0", home.image());
    }

    @Test
    void aReportedPortReachesTheServicesAtOnce() {
        core.start();
        cluster.forgetWrites();
        core.change(options -> withPort(options, 9000));
        assertEquals(
                List.of("apply services/homeassistant", "apply services/homeassistant-headless"),
                cluster.writes().stream().sorted().toList());
        cluster.forgetWrites();
        core.change(options -> withPort(options, 9000));
        assertEquals(List.of(), cluster.writes());
    }

    @Test
    void gatewaysAreToldThatCoreSpeaksTls() {
        core.start();
        assertEquals(Set.of(""), protocols());
        core.listensOn(8123, true);
        assertEquals(Set.of("https"), protocols());
        core.listensOn(8123, false);
        assertEquals(Set.of(""), protocols());
    }

    /** What the ports of Core's Service are said to speak. */
    private Set<String> protocols() {
        return ((Cluster) cluster)
                .watched(Kind.SERVICE).find("homeassistant").orElseThrow().getSpec().getPorts().stream()
                        .map(port -> Objects.requireNonNullElse(port.getAppProtocol(), ""))
                        .collect(Collectors.toSet());
    }

    @Test
    void withoutAnInstallationEveryVerbSaysSo() {
        Core none = new CoreRoom(new FakeCluster(), settings(share.resolve("none"), PATIENCE)).core;
        String text = "Home Assistant is not installed";
        assertEquals(
                text, assertThrows(ApiFailure.BadRequest.class, none::start).getMessage());
        assertEquals(
                text,
                assertThrows(ApiFailure.BadRequest.class, () -> none.restart(true))
                        .getMessage());
        assertEquals(
                text, assertThrows(ApiFailure.BadRequest.class, none::check).getMessage());
        assertEquals(
                text,
                assertThrows(ApiFailure.BadRequest.class, () -> none.update(Optional.of("1"), false))
                        .getMessage());
        assertFalse(Files.exists(share.resolve("none/homeassistant/safe-mode")));
    }

    @Test
    void whatAnotherSupervisorLeftIsAdopted() {
        core.start();
        Core later = new CoreRoom(cluster, settings(share.resolve("other"), PATIENCE)).core;
        later.adopt();
        assertEquals("2026.11.0", later.options().version());
        assertEquals("localhost/core", later.options().installedImage());
        assertTrue(later.isRunning());
    }
}
