package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.apps.AppPhases;
import hakube.kubernetes.Kind;
import hakube.testing.Administrator;
import hakube.testing.ApiClient;
import hakube.testing.Logged;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import io.kubernetes.client.openapi.models.V1ContainerState;
import io.kubernetes.client.openapi.models.V1ContainerStateWaiting;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodStatus;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Apps in a backup whose image nobody has. */
@HelidonTest
@AddBean(RestoreHouse.Parts.class)
@AddBean(RestoreHouse.class)
@AddConfig(key = "management.port", value = "0")
class RestoreImagesTest {

    private static final String PARTIAL_JOB = "backup_manager_partial_restore";
    private static final String BUILT = "local_built";
    private static final String NO_BUILDER =
            "needs an image built from its Dockerfile; there is no image builder on a cluster";

    private final RestoreHouse house;
    private final ApiClient api;

    @Inject
    RestoreImagesTest(RestoreHouse house, WebTarget target) {
        this.house = house;
        this.api = new ApiClient(target.getUri());
    }

    @BeforeEach
    void aFreshHouse() throws IOException {
        house.fresh();
    }

    /** Built on the machine that it comes from, whose image is in the backup and of no use here. */
    private static MadeBackup built() {
        return new MadeBackup().app(BUILT, "2.0", MadeBackup.note(BUILT, "2.0", "started", ""), part -> {
            part.directory("data");
            part.file("data/state", "restored".getBytes(StandardCharsets.UTF_8), 0644);
            part.file("./image.tar", new byte[100], 0644);
        });
    }

    @Test
    void anAppThatWasBuiltGetsItsDataAndTheReasonIsTold() throws IOException {
        Backup backup = house.backup(built().app("local_plain", "1.0", "started", "", Map.of("state", "restored")));

        assertThrows(
                ApiFailure.BadRequest.class,
                () -> house.restorer.restore(
                        backup, RestoreHouse.partial(false, List.of(BUILT, "local_plain"), Set.of(), "")));

        assertEquals(Map.of("state", "restored"), house.tree("addons/data/" + BUILT), "and no image");
        assertEquals(List.of("local_plain"), house.apps.slugs());
        assertTrue(house.isRunning("local_plain"));
        String error = errorOf(BUILT);
        assertTrue(error.contains(NO_BUILDER), error);
        assertTrue(error.contains("Its data are restored, it is not installed"), error);
    }

    @Test
    void anInstalledAppStaysWhereTheOneInTheBackupWasBuilt() throws IOException {
        house.run("built", "");
        house.write("addons/data/" + BUILT + "/state", "old");
        Backup backup = house.backup(built());

        assertThrows(
                ApiFailure.BadRequest.class,
                () -> house.restorer.restore(backup, RestoreHouse.partial(false, List.of(BUILT), Set.of(), "")));

        assertEquals("old", house.tree("addons/data/" + BUILT).get("state"));
        assertEquals("1.0.0", house.apps.version(BUILT).orElseThrow());
        assertTrue(house.isRunning(BUILT));
        String error = errorOf(BUILT);
        assertTrue(error.contains(NO_BUILDER), error);
        assertTrue(error.contains("Version 1.0.0 stays installed, with the data that it has"), error);
    }

    /** Nobody knows before the start whether a registry has it. */
    @Test
    void anAppWhoseImageIsNowhereIsRestoredAndDoesNotRunAndTheReasonIsTold() throws IOException {
        Backup backup = house.backup(new MadeBackup()
                .app("local_late", "9.9", "started", "", Map.of("state", "restored"))
                .app("local_plain", "1.0", "started", "", Map.of("state", "restored")));
        house.cluster.before("scale deployments/local-late 1", () -> refuseImage("local-late"));

        try (Logged log = Logged.by(AppPhases.class)) {
            assertThrows(
                    ApiFailure.BadRequest.class,
                    () -> house.restorer.restore(
                            backup, RestoreHouse.partial(false, List.of("local_late", "local_plain"), Set.of(), "")));
            String told = log.lines().toString();
            assertTrue(told.contains("ErrImagePull: localhost/sample:9.9: not found"), told);
        }

        assertEquals("restored", house.tree("addons/data/local_late").get("state"));
        assertEquals("9.9", house.apps.version("local_late").orElseThrow());
        assertEquals("error", house.apps.state("local_late").wire());
        assertTrue(house.isRunning("local_plain"));
        String issues = api.get("/resolution/info", Administrator.TOKEN).text();
        assertTrue(issues.contains("\"boot_fail\"") && issues.contains("\"local_late\""), issues);
    }

    /** The pod of a deployment, as the kubelet reports it then. */
    private void refuseImage(String deployment) {
        V1PodTemplateSpec template = house.cluster
                .read(Kind.DEPLOYMENT, deployment)
                .orElseThrow()
                .getSpec()
                .getTemplate();
        house.cluster.put(
                Kind.POD,
                new V1Pod()
                        .metadata(new V1ObjectMeta()
                                .name(deployment + "-pod")
                                .labels(template.getMetadata().getLabels())
                                .annotations(template.getMetadata().getAnnotations()))
                        .spec(template.getSpec())
                        .status(new V1PodStatus()
                                .phase("Pending")
                                .addContainerStatusesItem(new V1ContainerStatus()
                                        .name(template.getSpec()
                                                .getContainers()
                                                .getFirst()
                                                .getName())
                                        .state(new V1ContainerState()
                                                .waiting(new V1ContainerStateWaiting()
                                                        .reason("ErrImagePull")
                                                        .message("localhost/sample:9.9: not found"))))));
    }

    /** What the job of that app says. */
    private String errorOf(String slug) {
        return house.job(PARTIAL_JOB).getJsonArray("child_jobs").stream()
                .map(JsonValue::asJsonObject)
                .filter(child -> child.getString("name").equals("backup_restore_apps"))
                .flatMap(apps -> apps.getJsonArray("child_jobs").stream())
                .map(JsonValue::asJsonObject)
                .filter(child -> slug.equals(child.getString("reference")))
                .map(child -> child.getJsonArray("errors").toString())
                .findFirst()
                .orElseThrow();
    }
}
