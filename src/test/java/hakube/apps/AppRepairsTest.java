package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.kubernetes.Kind;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the resolution centre says of apps, and does about it, through the real server. */
@AppHouse.Served
class AppRepairsTest {

    private static final String FROST = "local_frost";
    private static final String SHELF = "local_shelf";

    private final AppHouse house;
    private final Apps apps;
    private final AppIssues issues;
    private final Events events;
    private final OpenIssues open;

    @Inject
    AppRepairsTest(AppHouse house, Apps apps, AppIssues issues, Events events) {
        this.house = house;
        this.apps = apps;
        this.issues = issues;
        this.events = events;
        this.open = new OpenIssues(house);
    }

    @BeforeEach
    void oneAppIsInstalled() {
        house.install("frost", "ports: {80/tcp: 8080, 81/tcp: null}\n");
        house.install("shelf", "ports: {90/tcp: 8080}\n");
    }

    @AfterEach
    void nobodyIsInstalled() {
        apps.slugs().forEach(slug -> apps.uninstall(slug, true));
        events.fire(new SupervisorEvent.IssueSolved("docker_ratelimit", "system", Optional.empty()));
        house.post("/resolution/healthcheck", "");
    }

    @Test
    void whatIsInOrderIsNoIssue() {
        house.post("/resolution/healthcheck", "").data();
        assertEquals(List.of(), open.types());
    }

    @Test
    void anAppThatItsRepositoryWithdrewCanBeRemoved() throws IOException {
        house.withdraw("frost");
        house.post("/resolution/check/detached_addon_removed/run", "").data();
        assertEquals(List.of("detached_addon_removed " + FROST), open.types());

        open.apply("detached_addon_removed", "execute_remove");

        assertFalse(apps.isInstalled(FROST));
        assertTrue(apps.isInstalled(SHELF));
        assertEquals(List.of(), open.types());
    }

    @Test
    void anAppThatComesBackIsNoIssueAnyMore() throws IOException {
        house.withdraw("frost");
        house.post("/resolution/healthcheck", "").data();
        assertEquals(List.of("detached_addon_removed " + FROST), open.types());
        house.offer("frost", "");
        house.post("/resolution/healthcheck", "").data();
        assertEquals(List.of(), open.types());
    }

    @Test
    void anAppThatItsAuthorGivesUpIsToldWithAdvice() {
        house.offer("frost", "stage: deprecated\n");
        house.post("/resolution/healthcheck", "").data();
        assertEquals(List.of("deprecated_addon " + FROST), open.types());
        assertEquals(List.of(), open.suggestions(open.issue("deprecated_addon")), "upstream has no fix-up for it");
        assertEquals(
                List.of("execute_remove"),
                house.data("/resolution/info").getJsonArray("suggestions").stream()
                        .map(item -> item.asJsonObject().getString("type"))
                        .toList());
    }

    @Test
    void aPortConflictIsMendedByGivingThePortUp() {
        start(FROST, 200);
        start(SHELF, 400);
        JsonObject conflict = open.issue("app_port_conflict");
        assertEquals(SHELF, conflict.getString("reference"));
        assertEquals(8080, conflict.getJsonObject("reference_extra").getInt("port"));
        assertEquals(List.of("clear_port_config", "execute_start"), open.suggestions(conflict));

        house.post("/resolution/healthcheck", "").data();
        assertEquals(List.of("app_port_conflict " + SHELF), open.types(), "it is still true");

        open.apply("app_port_conflict", "clear_port_config");

        assertEquals("started", house.data("/addons/local_shelf/info").getString("state"));
        assertEquals("{\"90/tcp\":null}", network(SHELF));
        assertEquals("{\"80/tcp\":8080,\"81/tcp\":null}", network(FROST));
        assertEquals(List.of(), open.types());
        assertEquals("started", house.data("/addons/local_frost/info").getString("state"));
    }

    @Test
    void aPortConflictIsMendedByAStartOnceThePortIsFree() {
        start(FROST, 200);
        start(SHELF, 400);
        String suggestion = open.uuidOf(open.issue("app_port_conflict"), "execute_start");
        assertEquals(400, house.post("/resolution/suggestion/" + suggestion, "").status());
        assertEquals(List.of("app_port_conflict " + SHELF), open.types());

        house.post("/addons/local_frost/options", "{\"network\": {\"80/tcp\": null}}")
                .data();
        house.post("/addons/local_frost/restart", "").data();
        open.apply("app_port_conflict", "execute_start");
        assertEquals("started", house.data("/addons/local_shelf/info").getString("state"));
        assertEquals(List.of(), open.types());
    }

    @Test
    void aPortConflictIsOverWhenThePortIsNotAskedForAnyMore() {
        start(FROST, 200);
        start(SHELF, 400);
        house.post("/addons/local_shelf/options", "{\"network\": {\"90/tcp\": 9090}}")
                .data();
        assertEquals(List.of("app_port_conflict " + SHELF), open.types());
        house.post("/resolution/check/app_port_conflict/run", "").data();
        assertEquals(List.of(), open.types());
    }

    @Test
    void aBootThatFailedIsMendedByAStart() {
        issues.bootFailed(FROST, "no room");
        assertEquals(List.of("execute_start", "disable_boot"), open.suggestions(open.issue("boot_fail")));
        open.apply("boot_fail", "execute_start");
        assertEquals("started", house.data("/addons/local_frost/info").getString("state"));
        assertEquals(List.of(), open.types());
    }

    @Test
    void anEndForWantOfMemoryIsMendedByARestart() {
        start(FROST, 200);
        String token = house.tokenOf(FROST);
        issues.troubled(FROST, AppIssues.OUT_OF_MEMORY, "container addon was ended");
        issues.troubled(FROST, AppIssues.EVICTED, "The node was low on resource: memory.");
        assertEquals(List.of("execute_restart"), open.suggestions(open.issue("app_out_of_memory")));
        assertEquals(List.of("execute_restart"), open.suggestions(open.issue("app_evicted")));
        open.apply("app_out_of_memory", "execute_restart");
        assertEquals("started", house.data("/addons/local_frost/info").getString("state"));
        assertNotEquals(token, house.tokenOf(FROST));
        assertEquals(List.of(), open.types());
    }

    @Test
    void aBootThatFailedNeedNotBeTriedAgain() {
        assertEquals("auto", house.data("/addons/local_frost/info").getString("boot"));
        issues.bootFailed(FROST, "no room");
        open.apply("boot_fail", "disable_boot");
        assertEquals("manual", house.data("/addons/local_frost/info").getString("boot"));
        assertEquals("auto", house.data("/addons/local_shelf/info").getString("boot"));
        assertEquals(List.of(), open.types());
    }

    @Test
    void aStartByHandAlsoMendsAndAnUninstallationEndsTheMatter() {
        issues.bootFailed(FROST, "no room");
        issues.bootFailed(SHELF, "no room");
        start(FROST, 200);
        assertEquals(List.of("boot_fail " + SHELF), open.types());
        start(SHELF, 400);
        house.post("/addons/local_shelf/uninstall", "{}").data();
        assertEquals(List.of(), open.types());
    }

    @Test
    void aRepairOfAnAppThatIsGoneIsDone() {
        issues.bootFailed(FROST, "no room");
        String suggestion = open.uuidOf(open.issue("boot_fail"), "execute_start");
        events.fire(new SupervisorEvent.IssueFound(
                "boot_fail", "addon", Optional.of("local_ghost"), List.of("execute_start"), "gone"));
        String ghost = open.suggestionOf("local_ghost");
        house.post("/resolution/suggestion/" + ghost, "").data();
        assertEquals(List.of("boot_fail " + FROST), open.types());
        assertEquals(suggestion, open.suggestionOf(FROST));
    }

    @Test
    void anImageThatDoesNotComeIsPulledAnewByItself() {
        start(FROST, 200);
        house.cluster().put(Kind.POD, TestPods.waiting(FROST, "ImagePullBackOff"));
        events.fire(new SupervisorEvent.AppStateChanged(FROST, "error"));
        assertEquals(List.of("missing_image " + FROST), open.types());
        JsonObject repair = house.data(
                        "/resolution/issue/" + open.issue("missing_image").getString("uuid") + "/suggestions")
                .getJsonArray("suggestions")
                .getJsonObject(0);
        assertEquals("execute_repair", repair.getString("type"));
        assertTrue(repair.getBoolean("auto"));
        assertEquals("error", house.data("/addons/local_frost/info").getString("state"));

        house.post("/resolution/healthcheck", "").data();

        assertEquals("started", house.data("/addons/local_frost/info").getString("state"));
        assertEquals(List.of(), open.types());
    }

    @Test
    void aRegistryThatGivesNoMoreAsksForALogin() {
        start(FROST, 200);
        var pod = TestPods.waiting(FROST, "ErrImagePull");
        pod.getStatus()
                .getContainerStatuses()
                .getLast()
                .getState()
                .getWaiting()
                .message("failed to pull: 429 Too Many Requests - Server message: toomanyrequests");
        house.cluster().put(Kind.POD, pod);
        events.fire(new SupervisorEvent.AppStateChanged(FROST, "error"));
        assertEquals(List.of("missing_image " + FROST, "docker_ratelimit null"), open.types());
        assertEquals(List.of(), open.suggestions(open.issue("docker_ratelimit")), "a login is a person's matter");
        house.post("/resolution/suggestion/" + open.suggestionOf(null), "").data();
        assertEquals(List.of(), open.types(), "the repair that follows by itself has had the image");
        house.cluster().autoRun();
    }

    @Test
    void aProcessThatCrashesIsNoMissingImage() {
        start(FROST, 200);
        house.cluster().put(Kind.POD, TestPods.waiting(FROST, "CreateContainerConfigError"));
        events.fire(new SupervisorEvent.AppStateChanged(FROST, "error"));
        assertEquals(List.of(), open.types());
        house.cluster().autoRun();
    }

    private void start(String slug, int status) {
        AppHouse.Answer answer = house.post("/addons/" + slug + "/start", "");
        assertEquals(status, answer.status(), answer::text);
    }

    private String network(String slug) {
        return house.data("/addons/" + slug + "/info").getJsonObject("network").toString();
    }
}
