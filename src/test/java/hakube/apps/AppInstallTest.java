package hakube.apps;

import static hakube.apps.AppsHome.NAME;
import static hakube.apps.AppsHome.SAMPLE;
import static hakube.apps.AppsHome.SLUG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.kubernetes.Kind;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What installations and uninstallations leave. */
class AppInstallTest {

    @TempDir
    private Path share;

    private AppsHome home;

    @BeforeEach
    void wake() {
        home = new AppsHome(share).wake();
    }

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
    void theImageIsThatOfTheArchitecture() {
        String manifest = SAMPLE.replace("image: localhost/sample", "image: localhost/{arch}-sample");
        home.install(manifest);
        assertEquals("localhost/amd64-sample:1.0", home.image());
        home.update.update(AppsHome.offer(manifest.replace("\"1.0\"", "\"2.0\"")), "amd64", false);
        assertEquals("localhost/amd64-sample:2.0", home.image());
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
    void appsWhoseSlugsDifferInCaseShareNothing() {
        home.run();
        Set<String> own = home.objects();
        home.install(SAMPLE.replace("slug: sample", "slug: Sample").replace("{7/tcp: 7, 7/udp: 7}", "{7/tcp: 8}"));
        home.apps.start("local_Sample");
        Set<String> others = new TreeSet<>(home.objects());
        others.removeAll(own);
        assertEquals(own.size(), others.size(), others.toString());
        assertEquals(2, pods().map(V1PodSpec::getHostname).distinct().count());
        assertEquals(
                2,
                pods().flatMap(pod -> pod.getContainers().stream())
                        .filter(container -> container.getName().equals(AppWorkload.CONTAINER))
                        .flatMap(container -> container.getVolumeMounts().stream())
                        .filter(mount -> mount.getMountPath().equals("/data"))
                        .map(V1VolumeMount::getSubPath)
                        .distinct()
                        .count());

        home.apps.uninstall("local_Sample", true);

        assertEquals(own, home.objects());
        assertEquals(AppState.STARTED, home.apps.state(SLUG));
        assertTrue(Files.exists(share.resolve("addons/data/" + SLUG + "/options.json")));
        assertTrue(Files.exists(share.resolve("addon_configs/" + SLUG)));
    }

    private Stream<V1PodSpec> pods() {
        return home.watched(Kind.POD).all().stream().map(V1Pod::getSpec);
    }

    @Test
    void anInstallationThatCannotBeWrittenDownLeavesNothing() throws IOException {
        Files.createDirectories(share.resolve("apps.json/full"));
        assertThrows(UncheckedIOException.class, () -> home.install(SAMPLE));
        Files.delete(share.resolve("apps.json/full"));
        Files.delete(share.resolve("apps.json"));
        assertNothingIsLeft();
        assertEquals(Set.of(), home.objects());
    }

    @Test
    void anUninstallationOfARunningAppLeavesNothingButThePublicFolder() throws IOException {
        home.run();
        Files.writeString(share.resolve("addon_configs/" + SLUG + "/mine"), "");
        home.apps.uninstall(SLUG, false);
        assertTrue(Files.exists(share.resolve("addon_configs/" + SLUG + "/mine")));
        assertNothingIsLeft();
    }

    @Test
    void thePublicFolderGoesWhenAsked() throws IOException {
        home.run();
        home.apps.uninstall(SLUG, true);
        assertFalse(Files.exists(share.resolve("addon_configs/" + SLUG)));
        assertNothingIsLeft();
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
}
