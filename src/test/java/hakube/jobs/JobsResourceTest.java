package hakube.jobs;

import static hakube.testing.Administrator.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import hakube.api.ApiFailure;
import hakube.api.ContractShape;
import hakube.api.Endpoint;
import hakube.state.State;
import hakube.state.SupervisorOptions;
import hakube.state.SupervisorState;
import hakube.testing.Administrator;
import hakube.testing.CallersHouse;
import hakube.testing.Features;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The routes of jobs through the real server. */
@CallersHouse.Served
class JobsResourceTest {

    private static final String OK = "{\"result\":\"ok\",\"data\":{}}";

    private final Administrator administrator;
    private final State state;
    private final Jobs jobs;

    @Inject
    JobsResourceTest(WebTarget target, State state, Jobs jobs) {
        this.administrator = new Administrator(target);
        this.state = state;
        this.jobs = jobs;
    }

    @BeforeEach
    void open() {
        state.enter(SupervisorState.RUNNING);
    }

    @AfterEach
    void noJobIsKept() {
        jobs.ledger().trees().forEach(job -> jobs.ledger().remove(job.uuid()));
    }

    @Test
    void anIdleSupervisorHasNoJobs() {
        assertEquals(
                "{\"result\":\"ok\",\"data\":{\"ignore_conditions\":[],\"jobs\":[]}}",
                administrator
                        .get("/jobs/info", 200)
                        .replaceFirst("(\"data\":\\{)(\"jobs\":\\[]),(\"ignore.*?])", "$1$3,$2"));
    }

    @Test
    void aTreeWithAnErrorHasTheShapeOfTheContract() {
        String uuid = failedBackup();

        assertEquals(List.of(), ContractShape.faults(shape("/jobs/info"), administrator.data("/jobs/info")));
        JsonObject job = administrator.data("/jobs/" + uuid);
        assertEquals(List.of(), ContractShape.faults(shape("/jobs/{uuid}"), job));
        assertEquals(true, job.get("done").getAsBoolean());
        JsonObject child = job.getAsJsonArray("child_jobs").get(0).getAsJsonObject();
        assertEquals("backup_store_folders", child.get("name").getAsString());
        JsonObject error = child.getAsJsonArray("errors").get(0).getAsJsonObject();
        assertEquals("no room", error.get("message").getAsString());
        assertEquals("BackupError", error.get("type").getAsString());
        assertTrue(error.get("error_key").isJsonNull(), error::toString);
        assertTrue(error.get("extra_fields").isJsonNull(), error::toString);
    }

    @Test
    void aChildIsFoundByItself() {
        JsonObject root = administrator.data("/jobs/" + failedBackup());
        String child = root.getAsJsonArray("child_jobs")
                .get(0)
                .getAsJsonObject()
                .get("uuid")
                .getAsString();
        assertEquals(
                "backup_store_folders",
                administrator.data("/jobs/" + child).get("name").getAsString());
    }

    @Test
    void whatIsDoneCanBeDeletedOnce() {
        String uuid = failedBackup();
        assertEquals(OK, text(200, administrator.call("/jobs/" + uuid).delete()));
        assertNotFound(administrator.call("/jobs/" + uuid).delete());
        assertNotFound(administrator.call("/jobs/" + uuid).get());
    }

    @Test
    void whatRunsCannotBeDeleted() {
        jobs.run(Work.of("app_start", "local_a"), () -> {
            String uuid = Job.current().orElseThrow().uuid();
            assertEquals(
                    "{\"result\":\"error\",\"message\":\"Job " + uuid + " is not done!\"}",
                    text(400, administrator.call("/jobs/" + uuid).delete()));
        });
    }

    @Test
    void clientsGetTheNamesThatTheyKnowUnlessAFlagSaysOtherwise() {
        jobs.run(Work.of("app_manager_update", "local_a").kept(), () -> {});
        jobs.run(
                Work.of("backup_manager_full_backup").kept(),
                () -> jobs.run(
                        Work.of("app_manager_update"),
                        () -> Job.current().orElseThrow().stage("apps")));
        jobs.run(
                Work.of("backup_manager_full_restore").kept(),
                () -> Job.current().orElseThrow().stage("remove_delta_apps"));

        assertEquals(
                List.of("backup_manager_full_restore", "backup_manager_full_backup", "addon_manager_update"), names());
        assertEquals("remove_delta_addons", stage(0));
        JsonObject inner = jobsNow()
                .get(1)
                .getAsJsonObject()
                .getAsJsonArray("child_jobs")
                .get(0)
                .getAsJsonObject();
        assertEquals("addon_manager_update", inner.get("name").getAsString());
        assertEquals("apps", inner.get("stage").getAsString(), "only those of backups have other stages");
        jobs.run(Work.of("backup_store_apps").kept(), () -> jobs.run(Work.of("backup_app_save", "local_a"), () -> {}));
        JsonObject children = jobsNow().get(0).getAsJsonObject();
        assertEquals("backup_store_addons", children.get("name").getAsString());
        assertEquals(
                "backup_addon_save",
                children.getAsJsonArray("child_jobs")
                        .get(0)
                        .getAsJsonObject()
                        .get("name")
                        .getAsString(),
                "where released Cores look for what failed");

        state.change(options -> withFlag(options, true));
        try {
            assertEquals("app_manager_update", names().getLast());
            assertEquals("remove_delta_apps", stage(1));
        } finally {
            state.change(options -> withFlag(options, false));
        }
    }

    private String failedBackup() {
        String[] uuid = new String[1];
        jobs.run(
                Work.of("backup_manager_partial_backup", "0a1b2c3d")
                        .in("backup_manager")
                        .kept(),
                () -> {
                    Job job = Job.current().orElseThrow();
                    uuid[0] = job.uuid();
                    job.stage("folders");
                    try {
                        jobs.run(Work.of("backup_store_folders"), (Runnable) () -> {
                            throw new ApiFailure.BadRequest("no room");
                        });
                    } catch (ApiFailure part) {
                        job.error(part);
                    }
                });
        return uuid[0];
    }

    private static String shape(String path) {
        return Endpoint.all().stream()
                .filter(row -> row.method().equals("GET") && row.v1().equals(Optional.of(path)))
                .findFirst()
                .orElseThrow()
                .response();
    }

    private JsonArray jobsNow() {
        return administrator.data("/jobs/info").getAsJsonArray("jobs");
    }

    private List<String> names() {
        return jobsNow().asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(job -> job.get("name").getAsString())
                .toList();
    }

    private String stage(int index) {
        return jobsNow().get(index).getAsJsonObject().get("stage").getAsString();
    }

    private static SupervisorOptions withFlag(SupervisorOptions known, boolean on) {
        return Features.with(known, Map.of("supervisor_websocket_v2_api", on));
    }

    private static void assertNotFound(Response answer) {
        assertEquals("{\"result\":\"error\",\"message\":\"Job does not exist\"}", text(404, answer));
    }
}
