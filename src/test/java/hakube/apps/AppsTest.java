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
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppsTest {

    private static final Duration AT_ONCE = Duration.ofSeconds(20);
    private static final String ONCE = """
            name: Once
            version: "1"
            slug: once
            description: Runs once
            arch: [amd64]
            image: localhost/once
            startup: once
            """;

    @TempDir
    private Path share;

    private AppsHome home;

    @BeforeEach
    void wake() {
        home = new AppsHome(share).wake();
    }

    // --- install ---

    @Test
    void anInstallationMakesStoppedObjectsAndNoSecret() {
        home.install(SAMPLE);
        assertEquals(
                List.of("apply services/ha-addons", "apply deployments/" + NAME, "apply services/" + NAME),
                home.cluster.writes());
        assertEquals(Set.of("Deployment " + NAME, "Service " + NAME), home.objects());
        assertEquals(0, home.deployment(NAME).getSpec().getReplicas());
        assertEquals(AppState.STOPPED, home.apps.state(SLUG));
        assertTrue(Files.isDirectory(share.resolve("addons/data/" + SLUG)));
    }

    @Test
    void whatAClusterCannotRunIsRefusedBeforeTheFirstWrite() throws IOException {
        ApiFailure refusal = assertThrows(
                ApiFailure.UnsupportedHere.class, () -> home.install(SAMPLE + "host_network: true\nusb: true\n"));
        assertEquals(
                "App Sample can't run on Kubernetes: host networking is not available; device passthrough is not"
                        + " available (USB)",
                refusal.getMessage());
        assertNothingIsLeft();
    }

    @Test
    void theSameAppIsNotInstalledTwice() {
        home.install(SAMPLE);
        home.cluster.forgetWrites();
        assertThrows(ApiFailure.BadRequest.class, () -> home.install(SAMPLE));
        assertEquals(List.of(), home.cluster.writes());
        assertTrue(home.apps.isInstalled(SLUG));
    }

    @Test
    void anAppDoesNotTakeAnObjectThatBelongsToSomebodyElse() throws IOException {
        home.cluster.put(
                Kind.DEPLOYMENT,
                new V1Deployment()
                        .metadata(new V1ObjectMeta().name(NAME).putLabelsItem("app", "theirs"))
                        .spec(new V1DeploymentSpec().replicas(3)));
        ApiFailure refusal = assertThrows(ApiFailure.BadRequest.class, () -> home.install(SAMPLE));
        assertTrue(refusal.getMessage().contains("Deployment local-sample in namespace home-assistant"));
        assertEquals(List.of(), home.cluster.writes());
        assertEquals(
                3,
                home.cluster.read(Kind.DEPLOYMENT, NAME).orElseThrow().getSpec().getReplicas());
    }

    @Test
    void twoAppsWhoseNamesMeetDoNotShareObjects() {
        home.install(SAMPLE.replace("slug: sample", "slug: my_tool"));
        home.cluster.forgetWrites();
        ApiFailure refusal = assertThrows(
                ApiFailure.BadRequest.class, () -> home.install(SAMPLE.replace("slug: sample", "slug: my-tool")));
        assertTrue(refusal.getMessage().contains("local_my_tool"), refusal.getMessage());
        assertEquals(List.of(), home.cluster.writes());
        assertEquals(Set.of("Deployment local-my-tool", "Service local-my-tool"), home.objects());
    }

    @Test
    void anInstallationThatCannotBeWrittenDownLeavesNothing() throws IOException {
        Files.createDirectories(share.resolve("apps.json/full"));
        assertThrows(java.io.UncheckedIOException.class, () -> home.install(SAMPLE));
        Files.delete(share.resolve("apps.json/full"));
        Files.delete(share.resolve("apps.json"));
        assertNothingIsLeft();
        assertEquals(Set.of(), home.objects());
    }

    // --- start ---

    @Test
    void aStartWritesSecretAndTemplateBeforeItScales() {
        running();
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
        running();
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
        running();
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
        java.util.HashMap<String, Integer> none = new java.util.HashMap<>();
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
        running();
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
        List<String> log = logged(
                AppRun.class,
                () -> assertTimeout(AT_ONCE, () -> {
                    ApiFailure failure = assertThrows(ApiFailure.Internal.class, () -> home.apps.start(SLUG));
                    assertEquals(Optional.of("app_unknown_error"), failure.errorKey());
                    assertEquals(Map.of("app", SLUG), failure.extraFields());
                }));
        assertTrue(log.toString().contains(reason + ": because"), log.toString());
        assertEquals(AppState.ERROR, home.apps.state(SLUG));
    }

    @Test
    void aStartEndsAtOnceWhenTheProcessCrashes() {
        home.install(SAMPLE);
        onScale(1, () -> home.cluster.put(Kind.POD, TestPods.ended(SLUG, 3)));
        onScale(0, () -> home.cluster.remove(Kind.POD, NAME + "-pod"));
        List<String> log = logged(
                AppRun.class,
                () -> assertTimeout(
                        AT_ONCE, () -> assertThrows(ApiFailure.Internal.class, () -> home.apps.start(SLUG))));
        assertTrue(log.toString().contains("code 3"), log.toString());
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
    void whatRunsOnceRunsAsAJobAndItsDeploymentStaysAtNothing() {
        home.install(ONCE);
        home.cluster.onWrite(write -> {
            if (write.equals("create jobs/local-once")) {
                home.cluster.put(Kind.POD, TestPods.ofJob(TestPods.ended("local_once", 0)));
            }
        });
        assertTimeout(AT_ONCE, () -> home.apps.start("local_once"));
        assertEquals(AppState.STOPPED, home.apps.state("local_once"));
        assertEquals(0, home.deployment("local-once").getSpec().getReplicas());
        assertFalse(home.cluster.writes().toString().contains("scale"));
    }

    @Test
    void aSecondRunReplacesTheJobOfTheFirst() {
        home.install(ONCE);
        List<String> made = new ArrayList<>();
        home.cluster.onWrite(write -> {
            if (write.equals("create jobs/local-once")) {
                made.add(write);
                home.cluster.put(Kind.POD, TestPods.ofJob(TestPods.ended("local_once", made.size() == 1 ? 4 : 0)));
            } else if (write.equals("delete jobs/local-once")) {
                home.cluster.remove(Kind.POD, "local-once-pod-run");
            }
        });
        assertThrows(ApiFailure.Internal.class, () -> home.apps.start("local_once"));
        assertEquals(AppState.ERROR, home.apps.state("local_once"));
        AppsHome.await("the code kept", () -> AppStates.exitCode(home.deployment("local-once")) == 4);
        home.awaitIdle("local_once");
        home.apps.start("local_once");
        assertEquals(AppState.STOPPED, home.apps.state("local_once"));
        assertEquals(2, made.size());
    }

    // --- stop, restart, busy ---

    @Test
    void aStopWaitsUntilThePodIsGone() {
        running();
        home.cluster.forgetWrites();
        home.apps.stop(SLUG);
        assertEquals(List.of("scale deployments/" + NAME + " 0"), home.cluster.writes());
        assertEquals(AppState.STOPPED, home.apps.state(SLUG));
        assertEquals(List.of(), home.board.pods(SLUG));
    }

    @Test
    void aStopIsNotHeldUpByAPodThatItsNodeGaveUp() {
        running();
        V1Pod evicted = TestPods.born(TestPods.pending(SLUG), 1)
                .status(new V1PodStatus().phase("Failed").reason("Evicted"));
        home.cluster.put(Kind.POD, evicted);
        assertTimeout(AT_ONCE, () -> home.apps.stop(SLUG));
        assertEquals(AppState.STOPPED, home.apps.state(SLUG));
        assertEquals(List.of(), home.board.pods(SLUG));
    }

    @Test
    void aStopOfAStoppedAppForgetsHowItsLastRunEnded() {
        home.install(SAMPLE);
        home.cluster.annotate(Kind.DEPLOYMENT, NAME, Map.of(Labels.EXIT_CODE, "3"));
        home.apps.stop(SLUG);
        assertEquals(AppState.STOPPED, home.apps.state(SLUG));
    }

    @Test
    void aRestartReplacesThePodAndTheToken() {
        running();
        String token = home.token(NAME);
        String pod = home.board.pods(SLUG).getFirst().getMetadata().getUid();
        home.apps.restart(SLUG);
        assertNotEquals(token, home.token(NAME));
        assertNotEquals(pod, home.board.pods(SLUG).getFirst().getMetadata().getUid());
        assertEquals(AppState.STARTED, home.apps.state(SLUG));
    }

    @Test
    void aBusyAppRefusesEveryOtherVerb() {
        home.install(SAMPLE);
        List<Consumer<String>> verbs = List.of(
                home.apps::start,
                home.apps::stop,
                home.apps::restart,
                slug -> home.apps.uninstall(slug, false),
                slug -> home.apps.change(slug, user -> user));
        List<String> refusals = new ArrayList<>();
        Runnable all = () ->
                verbs.forEach(verb -> refusals.add(assertThrows(ApiFailure.BadRequest.class, () -> verb.accept(SLUG))
                        .getMessage()));
        // On another thread: what the start itself does is part of it.
        home.cluster.before(
                "apply secrets/" + NAME, () -> CompletableFuture.runAsync(all).join());
        home.cluster.autoRun();
        home.apps.start(SLUG);
        assertEquals(Set.of("Another job is running for job group app_" + SLUG), Set.copyOf(refusals));
        assertEquals(verbs.size(), refusals.size());
        home.apps.stop(SLUG);
    }

    @Test
    void anUnknownAppIsToldSo() {
        for (Consumer<String> verb : List.<Consumer<String>>of(home.apps::start, home.apps::stop, home.apps::restart)) {
            ApiFailure failure = assertThrows(ApiFailure.BadRequest.class, () -> verb.accept("local_unknown"));
            assertEquals("App is not installed", failure.getMessage());
        }
        assertEquals(AppState.UNKNOWN, home.apps.state("local_unknown"));
    }

    // --- uninstall ---

    @Test
    void anUninstallationOfARunningAppLeavesNothingButThePublicFolder() throws IOException {
        running();
        Files.writeString(share.resolve("addon_configs/" + SLUG + "/mine"), "");
        home.apps.uninstall(SLUG, false);
        assertTrue(Files.exists(share.resolve("addon_configs/" + SLUG + "/mine")));
        assertNothingIsLeft();
    }

    @Test
    void thePublicFolderGoesWhenAsked() throws IOException {
        running();
        home.apps.uninstall(SLUG, true);
        assertFalse(Files.exists(share.resolve("addon_configs/" + SLUG)));
        assertNothingIsLeft();
    }

    @Test
    void anAppWhoseDeploymentWasDeletedByHandIsUnknownUntilAStartMakesItAgain() {
        running();
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

    // --- helpers ---

    private void running() {
        home.install(SAMPLE);
        home.cluster.autoRun();
        home.cluster.forgetWrites();
        home.apps.start(SLUG);
    }

    private void assertNothingIsLeft() throws IOException {
        assertEquals(Set.of(), home.objects());
        assertEquals(List.of(), home.ports.entries());
        assertFalse(home.apps.isInstalled(SLUG));
        assertFalse(Files.exists(share.resolve("addons/data/" + SLUG)));
        for (String file : List.of("apps.json", "ingress.json", "jobs.json")) {
            if (Files.exists(share.resolve(file))) {
                assertFalse(Files.readString(share.resolve(file)).contains(SLUG), file);
            }
        }
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

    private static List<String> logged(Class<?> by, Runnable work) {
        List<String> lines = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(by.getName());
        logger.addHandler(handler);
        try {
            work.run();
        } finally {
            logger.removeHandler(handler);
        }
        return lines;
    }
}
