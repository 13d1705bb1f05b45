package hakube.apps;

import static hakube.apps.AppsHome.NAME;
import static hakube.apps.AppsHome.SAMPLE;
import static hakube.apps.AppsHome.SLUG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.kubernetes.Kind;
import hakube.kubernetes.Labels;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AppRecoveryTest {

    @TempDir
    private Path disk;

    /** The end of the process. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @EnumSource(AppsVerb.class)
    void whatIsKilledBeforeAnyWriteIsFinishedOrUndoneAtTheNextStart(AppsVerb verb) throws IOException {
        int number = 1;
        while (killedAt(verb, number, true)) {
            number++;
        }
        assertTrue(number > 1, "no write was met");
    }

    @ParameterizedTest
    @EnumSource(AppsVerb.class)
    void whatIsKilledAfterAnyWriteIsFinishedOrUndoneAtTheNextStart(AppsVerb verb) throws IOException {
        int number = 1;
        while (killedAt(verb, number, false)) {
            number++;
        }
        assertTrue(number > 1, "no write was met");
    }

    private boolean killedAt(AppsVerb verb, int number, boolean before) throws IOException {
        String when = verb + " killed " + (before ? "before" : "after") + " write " + number;
        AppsHome home = verb.prepare(disk.resolve(when));
        Path copy = disk.resolve(when + ", next");
        AtomicInteger count = new AtomicInteger();
        Runnable kill = () -> {
            copy(home.share, copy);
            throw new Killed();
        };
        Runnable arm = () -> List.of("apply", "create", "swap", "annotate", "scale", "delete")
                .forEach(write -> home.cluster.before(write, () -> {
                    if (count.get() == number - 1 && Files.notExists(copy)) {
                        kill.run();
                    }
                }));
        if (before && number == 1) {
            arm.run();
        }
        home.cluster.onWrite(write -> {
            int done = count.incrementAndGet();
            if (before && done == number - 1) {
                arm.run();
            } else if (!before && done == number) {
                kill.run();
            }
        });
        try {
            verb.run(home);
            home.awaitIdle(SLUG);
            return false;
        } catch (Killed _) {
            home.awaitIdle(SLUG);
            home.cluster.runPods();
        }
        AppsHome next = new AppsHome(copy, home.cluster).wake();
        next.awaitIdle(SLUG);
        switch (verb) {
            case RESTART, REBUILD -> assertEquals(AppState.STARTED, next.apps.state(SLUG), when);
            case UPDATE -> {
                assertEquals(AppState.STARTED, next.apps.state(SLUG), when);
                assertIsOneVersion(next, when);
            }
            case UPDATE_STOPPED -> {
                assertEquals(AppState.STOPPED, next.apps.state(SLUG), when);
                assertIsOneVersion(next, when);
            }
            case COLD_BACKUP -> {
                assertEquals(AppState.STARTED, next.apps.state(SLUG), when);
                assertFalse(next.file.find(SLUG).orElseThrow().user().own().isPaused(), when);
            }
            case STOP -> assertEquals(AppState.STOPPED, next.apps.state(SLUG), when);
            case UNINSTALL, UNINSTALL_WITH_CONFIG -> assertFalse(next.apps.isInstalled(SLUG), when);
            case INSTALL, START -> {
                // Done or not, as it came; what must hold is asked next.
            }
        }
        Order.check(next, when);
        Order.checkGoesOn(next, when);
        next.awaitIdle(SLUG);
        return true;
    }

    /** File and cluster agree, and no update is under way. */
    static void assertIsOneVersion(AppsHome home, String when) {
        InstalledApp app = home.file.find(SLUG).orElseThrow();
        assertEquals(app.manifest().version(), app.user().version(), when);
        assertEquals(app.image(), home.image(), when);
        assertEquals(Optional.empty(), app.user().updating(), when);
    }

    @Test
    void whatBelongsToNoInstalledAppIsDeletedAndNothingElse() throws IOException {
        AppsHome home = new AppsHome(disk).wake();
        home.cluster.autoRun();
        home.install(SAMPLE)
                .install(SAMPLE.replace("slug: sample", "slug: other").replace("/tcp: 7, 7/udp: 7", "/tcp: 8"));
        home.apps.start(SLUG);
        home.apps.start("local_other");
        home.cluster.put(Kind.SECRET, secret("theirs", Map.of(Labels.TYPE, "addon", Labels.SLUG, "local_sample")));
        home.cluster.put(Kind.SECRET, secret("plain", Map.of("app", "theirs")));
        home.cluster.put(
                Kind.SECRET, secret("supervisor-cli-token", Map.of(Labels.MANAGED, "true", Labels.TYPE, "supervisor")));
        home.cluster.put(
                Kind.SERVICE,
                new V1Service()
                        .metadata(new V1ObjectMeta()
                                .name("homeassistant")
                                .labels(Map.of(Labels.MANAGED, "true", Labels.TYPE, "core")))
                        .spec(new V1ServiceSpec()));
        home.file.remove(SLUG);

        AppsHome next = new AppsHome(disk, home.cluster).wake();
        assertFalse(next.objects().toString().contains(NAME), next.objects().toString());
        assertEquals(AppState.STARTED, next.apps.state("local_other"));
        assertEquals(
                List.of("8/tcp"),
                next.ports.entries().stream()
                        .map(entry -> entry.external().toString())
                        .toList());
        for (String kept : List.of("theirs", "plain", "supervisor-cli-token")) {
            assertTrue(home.cluster.read(Kind.SECRET, kept).isPresent(), kept);
        }
        assertTrue(home.cluster.read(Kind.SERVICE, "homeassistant").isPresent());
        assertTrue(home.cluster.read(Kind.SERVICE, AppWorkload.HEADLESS).isPresent());
        next.awaitIdle("local_other");
    }

    @Test
    void anAppThatCannotBeReadKeepsItsObjects() throws IOException {
        AppsHome home = running();
        String text = Files.readString(disk.resolve("apps.json"));
        Files.writeString(disk.resolve("apps.json"), text.replace("\"name\": \"Sample\"", "\"name\": \"\""));
        AppsHome next = new AppsHome(disk, home.cluster).wake();
        assertFalse(next.apps.isInstalled(SLUG));
        assertEquals(home.objects(), next.objects());
        assertEquals(2, next.ports.entries().size());
    }

    @Test
    void aDeploymentThatWasDeletedIsMadeAgainStopped() {
        AppsHome home = running();
        home.cluster.remove(Kind.DEPLOYMENT, NAME);
        home.cluster.remove(Kind.POD, NAME + "-pod");
        AppsHome next = new AppsHome(disk, home.cluster).wake();
        assertEquals(0, next.deployment(NAME).getSpec().getReplicas());
        assertEquals(AppState.STOPPED, next.apps.state(SLUG));
        assertTrue(next.objects().contains("Service " + NAME));
    }

    @Test
    void aServiceThatWasDeletedIsMadeAgainAndTheAppGoesOn() {
        AppsHome home = running();
        home.cluster.remove(Kind.SERVICE, NAME);
        home.cluster.forgetWrites();
        AppsHome next = new AppsHome(disk, home.cluster).wake();
        assertEquals(List.of("apply services/" + NAME), home.cluster.writes());
        assertEquals(AppState.STARTED, next.apps.state(SLUG));
    }

    @Test
    void whatRunsIsAdoptedWithoutAWrite() {
        AppsHome home = running();
        home.cluster.forgetWrites();
        AppsHome next = new AppsHome(disk, home.cluster).wake();
        assertEquals(AppState.STARTED, next.apps.state(SLUG));
        assertEquals(List.of(), home.cluster.writes());
    }

    @Test
    void oneAppsTroubleStopsNoOther() {
        AppsHome home = running();
        home.install(SAMPLE.replace("slug: sample", "slug: other"));
        home.cluster.remove(Kind.SERVICE, NAME);
        home.cluster.remove(Kind.SERVICE, "local-other");
        home.cluster.failOn("apply services/" + NAME, AppsHome.away());
        AppsHome next = new AppsHome(disk, home.cluster).wake();
        assertTrue(
                next.objects().contains("Service local-other"), next.objects().toString());
        assertFalse(next.objects().contains("Service " + NAME), next.objects().toString());
    }

    @Test
    void aPortRegistryThatCannotBeReadDoesNotKeepTheAppsFromBeingWatched() {
        AppsHome home = running();
        home.cluster.put(
                Kind.CONFIG_MAP,
                new V1ConfigMap()
                        .metadata(new V1ObjectMeta()
                                .name("supervisor-port-registry")
                                .putLabelsItem(Labels.MANAGED, "true"))
                        .putDataItem("registry.json", "nonsense"));
        AppsHome next = new AppsHome(disk, home.cluster).wake();
        home.cluster.put(Kind.POD, TestPods.ended(SLUG, 0));
        AppsHome.await(
                "scaled to nothing", () -> next.deployment(NAME).getSpec().getReplicas() == 0);
        next.awaitIdle(SLUG);
        home.awaitIdle(SLUG);
    }

    @Test
    void anUninstallationThatWasCutOffIsFinishedAsSoonAsThePodIsGone() {
        AppsHome home = new AppsHome(disk);
        home.install(SAMPLE);
        home.cluster.runPods();
        home.cluster.scale(Kind.DEPLOYMENT, NAME, 1);
        home.cluster.put(Kind.POD, TestPods.running(SLUG));
        InstalledApp app = home.file.find(SLUG).orElseThrow();
        home.file.put(app.with(app.user().withLeaving(Optional.of(false))));
        home.cluster.onWrite(write -> {
            if (write.equals("scale deployments/" + NAME + " 0")) {
                Thread.startVirtualThread(() -> home.cluster.remove(Kind.POD, NAME + "-pod"));
            }
        });
        AppsHome next = new AppsHome(disk, home.cluster);
        assertTimeout(Duration.ofSeconds(20), next::wake);
        assertFalse(next.apps.isInstalled(SLUG));
        assertEquals(Set.of(), next.objects());
    }

    private AppsHome running() {
        AppsHome home = new AppsHome(disk).wake();
        home.cluster.autoRun();
        home.install(SAMPLE);
        home.apps.start(SLUG);
        home.awaitIdle(SLUG);
        return home;
    }

    private static V1Secret secret(String name, Map<String, String> labels) {
        return new V1Secret().metadata(new V1ObjectMeta().name(name).labels(labels));
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
