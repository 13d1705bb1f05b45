package hakube.apps;

import static hakube.apps.AppsHome.NAME;
import static hakube.apps.AppsHome.SAMPLE;
import static hakube.apps.AppsHome.SLUG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.kubernetes.Kind;
import hakube.kubernetes.Labels;
import hakube.testing.Logged;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How an app starts, and how a start ends that does not succeed. */
class AppStartTest {

    private static final Duration AT_ONCE = Duration.ofSeconds(20);

    @TempDir
    private Path share;

    private AppsHome home;

    @BeforeEach
    void wake() {
        home = new AppsHome(share).wake();
    }

    @Test
    void aStartWritesSecretAndTemplateBeforeItScales() {
        home.run();
        List<String> writes = home.cluster.writes();
        assertEquals(
                List.of(
                        "create configmaps/supervisor-port-registry",
                        "apply secrets/" + NAME + "-env",
                        "apply services/" + NAME,
                        "apply deployments/" + NAME,
                        "scale deployments/" + NAME + " 1"),
                writes);
        assertEquals(AppState.STARTED, home.apps.state(SLUG));
        assertTrue(Files.exists(share.resolve("addons/data/" + SLUG + "/options.json")));
        assertTrue(Files.isDirectory(share.resolve("addon_configs/" + SLUG)));
    }

    @Test
    void everyStartHasANewTokenThatOnlyTheSecretHolds() {
        home.run();
        String first = home.token(NAME);
        assertEquals(Hashes.shortHash(first), tokenHash());
        home.apps.stop(SLUG);
        home.apps.start(SLUG);
        String second = home.token(NAME);
        assertNotEquals(first, second);
        assertEquals(Hashes.shortHash(second), tokenHash());
        String deployment = WorkloadCase.plain(home.deployment(NAME)).toString();
        assertFalse(deployment.contains(second) || deployment.contains(first));
    }

    @Test
    void aSecondStartWritesNothing() {
        home.run();
        home.cluster.forgetWrites();
        home.apps.start(SLUG);
        assertEquals(List.of(), home.cluster.writes());
    }

    @Test
    void theUsersPortsArePublishedAndWithdrawnAtTheStartWithoutThem() {
        home.install(SAMPLE);
        home.cluster.autoRun();
        home.apps.start(SLUG);
        assertEquals(2, home.ports.entries().size());
        home.apps.stop(SLUG);
        assertEquals(2, home.ports.entries().size());
        HashMap<String, Integer> none = new HashMap<>();
        none.put("7/tcp", null);
        none.put("7/udp", 17);
        home.apps.change(SLUG, user -> user.withNetwork(Optional.of(none)));
        home.apps.start(SLUG);
        assertEquals(
                List.of("17/udp"),
                home.ports.entries().stream()
                        .map(entry -> entry.external().toString())
                        .toList());
    }

    @Test
    void aPortThatAnotherAppHasEndsTheStartBeforeAnyWrite() {
        home.run();
        home.install(SAMPLE.replace("slug: sample", "slug: other"));
        home.cluster.forgetWrites();
        ApiFailure conflict = assertThrows(ApiFailure.BadRequest.class, () -> home.apps.start("local_other"));
        assertEquals(Optional.of("app_port_conflict"), conflict.errorKey());
        assertEquals(Map.of("name", "local_other", "port", 7, "owner", SLUG), conflict.extraFields());
        assertTrue(conflict.getMessage().contains(SLUG), conflict.getMessage());
        assertEquals(List.of(), home.cluster.writes());
        assertFalse(Files.exists(share.resolve("addons/data/local_other/options.json")));
        assertEquals(AppState.STOPPED, home.apps.state("local_other"));
    }

    @Test
    void anInstalledAppThatAClusterCannotRunAnyMoreIsRefusedBeforeAnyWrite() {
        home.install(SAMPLE);
        InstalledApp app = home.file.find(SLUG).orElseThrow();
        home.file.put(new InstalledApp(
                SLUG,
                app.repository(),
                app.arch(),
                AppsHome.manifest(SAMPLE + "docker_api: true\nhost_pid: true\n"),
                app.user()));
        home.cluster.forgetWrites();
        ApiFailure refusal = assertThrows(ApiFailure.UnsupportedHere.class, () -> home.apps.start(SLUG));
        assertEquals(2, ((List<?>) refusal.extraFields().get("reasons")).size());
        assertEquals(List.of(), home.cluster.writes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ErrImagePull", "CreateContainerConfigError"})
    void aStartEndsAtOnceWhenItIsDecidedThatItFails(String reason) {
        home.install(SAMPLE);
        onScale(1, () -> home.cluster.put(Kind.POD, TestPods.waiting(SLUG, reason)));
        try (Logged log = Logged.by(AppRun.class)) {
            assertTimeout(AT_ONCE, () -> {
                ApiFailure failure = assertThrows(ApiFailure.Internal.class, () -> home.apps.start(SLUG));
                assertEquals(Optional.of("app_unknown_error"), failure.errorKey());
                assertEquals(Map.of("app", SLUG), failure.extraFields());
                assertEquals("App local_sample did not start: " + reason + ": because", failure.getMessage());
            });
            assertTrue(
                    log.lines().toString().contains(reason + ": because"),
                    log.lines().toString());
        }
        assertEquals(AppState.ERROR, home.apps.state(SLUG));
    }

    @Test
    void aStartEndsAtOnceWhenTheProcessCrashes() {
        home.install(SAMPLE);
        onScale(1, () -> home.cluster.put(Kind.POD, TestPods.ended(SLUG, 3)));
        onScale(0, () -> home.cluster.remove(Kind.POD, NAME + "-pod"));
        try (Logged log = Logged.by(AppRun.class)) {
            assertTimeout(
                    AT_ONCE,
                    () -> assertEquals(
                            "App local_sample did not start: its process ended with code 3",
                            assertThrows(ApiFailure.Internal.class, () -> home.apps.start(SLUG))
                                    .getMessage()));
            assertTrue(log.lines().toString().contains("code 3"), log.lines().toString());
        }
        AppsHome.await(
                "an end of the restarts", () -> home.deployment(NAME).getSpec().getReplicas() == 0);
        home.awaitIdle(SLUG);
        assertEquals(AppState.ERROR, home.apps.state(SLUG));
        assertEquals("3", home.deployment(NAME).getMetadata().getAnnotations().get(Labels.EXIT_CODE));
    }

    @Test
    void aStartAfterACrashForgetsItsCode() {
        home.install(SAMPLE);
        home.cluster.annotate(Kind.DEPLOYMENT, NAME, Map.of(Labels.EXIT_CODE, "3"));
        assertEquals(AppState.ERROR, home.apps.state(SLUG));
        home.cluster.autoRun();
        home.apps.start(SLUG);
        assertFalse(home.deployment(NAME).getMetadata().getAnnotations().containsKey(Labels.EXIT_CODE));
        assertEquals(AppState.STARTED, home.apps.state(SLUG));
    }

    @Test
    void anAppWhoseDeploymentWasDeletedByHandIsUnknownUntilAStartMakesItAgain() {
        home.run();
        home.cluster.remove(Kind.DEPLOYMENT, NAME);
        home.cluster.runPods();
        home.cluster.remove(Kind.POD, NAME + "-pod");
        assertEquals(AppState.UNKNOWN, home.apps.state(SLUG));
        home.apps.start(SLUG);
        assertEquals(AppState.STARTED, home.apps.state(SLUG));
        assertEquals(
                Set.of("Deployment " + NAME, "Pod " + NAME + "-pod", "Secret " + NAME + "-env", "Service " + NAME),
                home.objects());
    }

    private void onScale(int replicas, Runnable then) {
        home.cluster.onWrite(write -> {
            if (write.equals("scale deployments/" + NAME + " " + replicas)) {
                then.run();
            }
        });
    }

    private String tokenHash() {
        return home.deployment(NAME)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .get(Labels.TOKEN_HASH);
    }
}
