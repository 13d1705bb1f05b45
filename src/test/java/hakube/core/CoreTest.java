package hakube.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.events.SupervisorEvent;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import io.kubernetes.client.openapi.models.CoreV1Event;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1ObjectReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoreTest {

    private static final ApiFailure AWAY =
            ApiFailure.Unavailable.cluster("The API server does not answer", new IOException());

    @TempDir
    private Path share;

    private final FakeCluster cluster = new FakeCluster();
    private final Cluster port = cluster;
    private CoreRoom room;
    private Core core;

    @BeforeEach
    void installed() {
        furnish(Duration.ofMinutes(10));
        core.install();
        cluster.autoRun();
        cluster.forgetWrites();
    }

    @Test
    void anInstallationMakesEverythingButAPod() {
        assertEquals(
                List.of("homeassistant", "homeassistant-headless"),
                port.watched(Kind.SERVICE).all().stream()
                        .map(service -> service.getMetadata().getName())
                        .sorted()
                        .toList());
        assertEquals(Optional.of("localhost/core:2026.11.0"), template());
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
        assertTrue(room.told.contains(new SupervisorEvent.CoreStateChanged(true)));
    }

    @Test
    void aStartFromNothingMakesANewTokenAndTheTemplateSaysSo() {
        core.start();
        String first = token();
        core.stop();
        core.start();
        assertNotEquals(first, token());
        assertEquals(
                CoreSecret.hash(token()),
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
        String before = uid();
        cluster.forgetWrites();
        core.restart(true);
        assertNotEquals(before, uid());
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
        String before = uid();
        core.change(options -> port(options, 9000));
        assertEquals(before, uid());
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
        room.controls.options("{\"image\": \"registry.local:5000/mine/core\"}");
        core.restart(false);
        assertEquals("localhost/core:2026.11.0", image());
        core.rebuild(false);
        assertEquals("registry.local:5000/mine/core:2026.11.0", image());
        room.controls.options("{\"image\": null}");
        core.rebuild(false);
        assertEquals("localhost/core:2026.11.0", image());
    }

    @Test
    void aReportedPortReachesTheServicesAtOnce() {
        core.start();
        cluster.forgetWrites();
        core.change(options -> port(options, 9000));
        assertEquals(
                List.of("apply services/homeassistant", "apply services/homeassistant-headless"),
                cluster.writes().stream().sorted().toList());
        cluster.forgetWrites();
        core.change(options -> port(options, 9000));
        assertEquals(List.of(), cluster.writes());
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
                    CoreSecret.hash(token()),
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
            String before = uid();
            cluster.failOn(write, AWAY);
            assertThrows(ApiFailure.Unavailable.class, () -> core.restart(true), write);
            assertEquals(before, uid(), write);
            assertFalse(Files.exists(share.resolve("homeassistant/safe-mode")), write);
            cluster.recover();
            core.restart(false);
            assertNotEquals(before, uid(), write);
        }
    }

    @Test
    void whicheverWriteOfAnUpdateFailsTheFormerVersionStaysAndTheNextUpdateWorks() {
        core.start();
        cluster.forgetWrites();
        core.update(Optional.of("2026.11.1"));
        int version = 1;
        for (String write : cluster.writes()) {
            String before = uid();
            CoreOptions options = core.options();
            Optional<String> next = Optional.of("2026.11." + ++version);
            cluster.failOn(write, AWAY);
            assertThrows(ApiFailure.Unavailable.class, () -> core.update(next), write);
            assertEquals(options, core.options(), write);
            assertEquals(before, uid(), write);
            assertEquals(Optional.of(options.runs()), template(), write);
            cluster.recover();
            core.update(next);
            assertEquals("localhost/core:" + next.get(), image());
        }
    }

    @Test
    void whicheverWriteOfAnInstallationFailsTheNextOneWorks() {
        List<String> writes = List.of("apply secrets", "apply services/homeassistant-headless", "apply statefulsets");
        for (String write : writes) {
            FakeCluster empty = new FakeCluster();
            Path folder = share.resolve(write.replace('/', '-'));
            Core fresh = new CoreRoom(empty, settings(folder, Duration.ofMinutes(10))).core;
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
            assertThrows(ApiFailure.Unavailable.class, () -> core.change(options -> port(options, 9000)));
            assertEquals(8123, core.options().port());
            cluster.recover();
            core.change(options -> port(options, 9000));
            assertEquals(9000, target("homeassistant"));
            assertEquals(9000, target("homeassistant-headless"));
            core.change(options -> port(options, 8123));
        }
    }

    @Test
    void optionsThatCannotBeSavedChangeNothingInTheCluster() throws IOException {
        core.start();
        Path file = share.resolve("homeassistant.json");
        Files.delete(file);
        Files.createDirectories(file.resolve("in-the-way"));
        cluster.forgetWrites();
        assertThrows(RuntimeException.class, () -> core.change(options -> port(options, 9000)));
        assertEquals(List.of(), cluster.writes());
        assertEquals(8123, core.options().port());
        assertThrows(RuntimeException.class, () -> core.update(Optional.of("2026.12.0")));
        assertEquals(Optional.of("localhost/core:2026.11.0"), template());
        Files.delete(file.resolve("in-the-way"));
        Files.delete(file);
        core.update(Optional.of("2026.12.0"));
        assertEquals("localhost/core:2026.12.0", image());
    }

    @Test
    void aDecidedFailureEndsTheStartAtOnceWithThePodsOwnReason() {
        onScale(() -> SamplePod.waiting(cluster, "ImagePullBackOff", "Back-off pulling image \"localhost/core\""));
        assertEquals(
                "Home Assistant did not start: ImagePullBackOff: Back-off pulling image \"localhost/core\"",
                assertThrows(ApiFailure.BadRequest.class, core::start).getMessage());
    }

    @Test
    void aCrashNamesItsExitCode() {
        onScale(() -> SamplePod.crashing(cluster, 7));
        assertEquals(
                "Home Assistant did not start: CrashLoopBackOff: back-off 10s restarting failed container (exit code 7)",
                assertThrows(ApiFailure.BadRequest.class, core::start).getMessage());
    }

    @Test
    void aPodThatIsStuckIsReplacedByTheNextStart() {
        Runnable first = onScale(() -> SamplePod.waiting(cluster, "ErrImagePull", "no such image"));
        assertThrows(ApiFailure.BadRequest.class, core::start);
        String stuck = uid();
        first.run();
        core.start();
        assertNotEquals(stuck, uid());
        assertTrue(core.pod().map(PodFault::isReady).orElse(false));
    }

    @Test
    void aStartEndsWithItsTimeAndSaysWhatThePodSays() {
        furnish(Duration.ofMillis(200));
        onScale(() -> SamplePod.unschedulable(cluster, "0/1 nodes are available"));
        assertEquals(
                "Home Assistant did not start: it is not ready after 0 s: Unschedulable: 0/1 nodes are available",
                assertThrows(ApiFailure.BadRequest.class, core::start).getMessage());
    }

    @Test
    void whereThereIsNoPodTheEventsSayWhy() {
        FakeCluster idle = new FakeCluster();
        Core slow = new CoreRoom(idle, settings(share.resolve("idle"), Duration.ofMillis(200))).core;
        slow.install();
        idle.put(
                Kind.EVENT,
                new CoreV1Event()
                        .metadata(new V1ObjectMeta().name("event"))
                        .type("Warning")
                        .reason("FailedCreate")
                        .message("exceeded quota: pods")
                        .involvedObject(
                                new V1ObjectReference().kind("StatefulSet").name("homeassistant")));
        String said = assertThrows(ApiFailure.BadRequest.class, slow::start).getMessage();
        assertTrue(said.endsWith("FailedCreate: exceeded quota: pods"), said);
    }

    @Test
    void anUpdateThatDoesNotComeUpIsRolledBack() {
        core.start();
        refuse("2026.12.0");
        String said = assertThrows(ApiFailure.BadRequest.class, () -> core.update(Optional.of("2026.12.0")))
                .getMessage();
        assertEquals(
                "The update to 2026.12.0 failed: ImagePullBackOff: no such tag. Home Assistant 2026.11.0 runs again",
                said);
        assertEquals("2026.11.0", core.options().version());
        assertEquals("localhost/core:2026.11.0", image());
        assertTrue(core.pod().map(PodFault::isReady).orElse(false));
        assertEquals(Optional.of("localhost/core:2026.11.0"), template());
        assertTrue(room.told.stream()
                .anyMatch(event -> event instanceof SupervisorEvent.IssueFound issue
                        && issue.type().equals("update_rollback")
                        && issue.context().equals("core")));
    }

    @Test
    void clientsSeeAnUpdateGoOnAndEnd() {
        core.start();
        room.told.clear();
        core.update(Optional.of("2026.12.0"));
        List<Map<String, Object>> told = room.told.stream()
                .filter(SupervisorEvent.JobChanged.class::isInstance)
                .map(event -> ((SupervisorEvent.JobChanged) event).fields())
                .toList();
        List<Object> progress = told.stream().map(job -> job.get("progress")).toList();
        assertEquals(0.0, progress.getFirst());
        assertEquals(100.0, progress.getLast());
        assertEquals(progress.stream().sorted().toList(), progress, "it never goes back");
        assertTrue(progress.contains(80.0), progress::toString);
        assertEquals(
                Set.of("home_assistant_core_update homeassistant"),
                Set.copyOf(told.stream()
                        .map(job -> job.get("name") + " " + job.get("reference"))
                        .toList()));
        assertEquals(true, told.getLast().get("done"));
    }

    @Test
    void anUpdateOfAStoppedCoreStartsNothing() {
        core.update(Optional.of("2026.12.0"));
        assertFalse(core.isRunning());
        assertEquals(Optional.of("localhost/core:2026.12.0"), template());
    }

    @Test
    void theInstalledVersionIsNoUpdate() {
        assertEquals(
                "Version 2026.11.0 of Home Assistant is already installed",
                assertThrows(ApiFailure.BadRequest.class, () -> core.update(Optional.empty()))
                        .getMessage());
        assertThrows(ApiFailure.BadRequest.class, () -> core.updateInBackground(Optional.of("2026.11.0")));
        assertFalse(room.jobs.isRunning(Core.GROUP));
    }

    @Test
    void anUpdateInTheBackgroundAnswersWithItsJobAndGoesOn() throws InterruptedException {
        core.start();
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        cluster.before("delete pods/homeassistant-0", () -> {
            reached.countDown();
            awaitQuietly(goOn);
        });
        String job = core.updateInBackground(Optional.of("2026.12.0"));
        assertTrue(job.matches("[0-9a-f]{32}"), job);
        assertTrue(reached.await(10, TimeUnit.SECONDS));
        assertEquals(
                "Another job is running for job group home_assistant_core",
                assertThrows(ApiFailure.BadRequest.class, core::stop).getMessage());
        goOn.countDown();
        while (room.jobs.isRunning(Core.GROUP)) {
            Thread.onSpinWait();
        }
        assertEquals("localhost/core:2026.12.0", image());
    }

    @Test
    void withoutAnInstallationEveryVerbSaysSo() {
        Core none = new CoreRoom(new FakeCluster(), settings(share.resolve("none"), Duration.ofMinutes(10))).core;
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
                assertThrows(ApiFailure.BadRequest.class, () -> none.update(Optional.of("1")))
                        .getMessage());
        assertFalse(Files.exists(share.resolve("none/homeassistant/safe-mode")));
    }

    @Test
    void whatAnotherSupervisorLeftIsAdopted() {
        core.start();
        Core later = new CoreRoom(cluster, settings(share.resolve("other"), Duration.ofMinutes(10))).core;
        later.adopt();
        assertEquals("2026.11.0", later.options().version());
        assertEquals("localhost/core", later.options().installedImage());
        assertTrue(later.isRunning());
    }

    @Test
    void anUpdateThatACrashCutOffIsUndoneAtTheNextStart() {
        core.start();
        String before = uid();
        // What a process that dies between file and pod leaves: template and file are new, the pod is old.
        cluster.before("delete pods/homeassistant-0", () -> {
            throw new Error("the process ends here");
        });
        assertThrows(Error.class, () -> core.update(Optional.of("2026.12.0")));
        assertEquals("2026.12.0", core.options().version());
        assertEquals(Optional.of("localhost/core:2026.12.0"), template());
        furnish(Duration.ofMinutes(10));
        assertEquals("2026.11.0", core.options().version());
        assertEquals(Optional.of("localhost/core:2026.11.0"), template());
        assertEquals(before, uid());
    }

    private void furnish(Duration startTimeout) {
        room = new CoreRoom(cluster, settings(share, startTimeout));
        core = room.core;
        core.adopt();
    }

    private static Settings settings(Path folder, Duration startTimeout) {
        Settings plain = TestSettings.of(folder);
        Settings.CoreSettings given = plain.core();
        return TestSettings.withCore(
                plain,
                new Settings.CoreSettings(
                        given.trustedProxies(),
                        given.serviceName(),
                        given.servicePort(),
                        Optional.of("localhost/core"),
                        Optional.of("2026.11.0"),
                        given.versionUrl(),
                        startTimeout,
                        given.link(),
                        given.linkPolicy()));
    }

    /** From now on the first pod after a start is this one; the returned action ends that. */
    private Runnable onScale(java.util.function.Supplier<io.kubernetes.client.openapi.models.V1Pod> pod) {
        boolean[] active = {true};
        cluster.onWrite(write -> {
            if (active[0] && write.equals("scale statefulsets/homeassistant 1")) {
                cluster.put(Kind.POD, pod.get());
            }
        });
        return () -> active[0] = false;
    }

    /** From now on no node can pull that version. */
    private void refuse(String version) {
        cluster.onWrite(write -> {
            if (write.equals("delete pods/homeassistant-0")
                    && template().orElseThrow().endsWith(":" + version)) {
                cluster.put(Kind.POD, SamplePod.waiting(cluster, "ImagePullBackOff", "no such tag"));
            }
        });
    }

    private Optional<String> template() {
        return port.watched(Kind.STATEFUL_SET).find("homeassistant").map(set -> set.getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage());
    }

    private String uid() {
        return core.pod().orElseThrow().getMetadata().getUid();
    }

    private String image() {
        return core.pod().orElseThrow().getSpec().getContainers().getFirst().getImage();
    }

    private int target(String service) {
        return port.watched(Kind.SERVICE)
                .find(service)
                .orElseThrow()
                .getSpec()
                .getPorts()
                .getFirst()
                .getTargetPort()
                .getIntValue();
    }

    private String token() {
        byte[] token = port.watched(Kind.SECRET)
                .find("homeassistant-token")
                .orElseThrow()
                .getData()
                .get("token");
        return new String(token, StandardCharsets.UTF_8);
    }

    private static CoreOptions port(CoreOptions known, int port) {
        return new CoreOptions(
                known.version(),
                known.image(),
                known.overrideImage(),
                known.installedImage(),
                known.boot(),
                port,
                known.ssl(),
                known.watchdog(),
                known.audioInput(),
                known.audioOutput(),
                known.backupsExcludeDatabase(),
                known.duplicateLogFile());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
