package hakube.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.access.Caller;
import hakube.access.Callers;
import hakube.access.Tokens;
import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.jobs.Jobs;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.state.State;
import hakube.state.SupervisorState;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServicePort;
import io.kubernetes.client.openapi.models.V1ServiceSpec;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes of Core through the real server, by both of their names. */
@HelidonTest
@AddBean(CoreResourceTest.House.class)
@AddConfig(key = "management.port", value = "0")
class CoreResourceTest {

    private static final String ADMINISTRATOR = "ad".repeat(56);
    private static final String BACKUP_APP = "ba".repeat(56);
    private static final String OK = "{\"result\":\"ok\",\"data\":{}}";

    private final WebTarget target;
    private final State state;
    private final Core core;
    private final Jobs jobs;
    private final FakeCluster cluster;

    @Inject
    CoreResourceTest(WebTarget target, State state, Core core, Jobs jobs, Cluster cluster) {
        this.target = target;
        this.state = state;
        this.core = core;
        this.jobs = jobs;
        this.cluster = (FakeCluster) cluster;
    }

    @BeforeEach
    void installed() {
        state.enter(SupervisorState.RUNNING);
        cluster.autoRun();
        core.change(known -> CoreOptions.INITIAL);
        core.install();
    }

    @AfterEach
    void stopped() {
        cluster.recover();
        core.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/core", "/homeassistant"})
    void infoHasEveryFieldOfTheContract(String prefix) {
        cluster.put(
                Kind.SERVICE,
                new V1Service()
                        .metadata(new V1ObjectMeta().name("homeassistant").labels(Map.of("io.hass.managed", "true")))
                        .spec(new V1ServiceSpec()
                                .clusterIP("fd00::7")
                                .addClusterIPsItem("fd00::7")
                                .addClusterIPsItem("10.43.0.7")
                                .addPortsItem(new V1ServicePort().port(80))));
        try (Response answer = call(prefix + "/info").get()) {
            assertEquals(200, answer.getStatus());
            assertTrue(answer.getHeaderString("Content-Type").startsWith("application/json"));
            String arch = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "amd64";
            assertEquals(
                    ("{'result':'ok','data':{'arch':'" + arch + "','audio_input':null,'audio_output':null,"
                                    + "'backups_exclude_database':false,'boot':true,'duplicate_log_file':false,"
                                    + "'image':'localhost/core','ip_address':'10.43.0.7',"
                                    + "'machine':'generic-x86-64','port':8123,'ssl':false,'update_available':false,"
                                    + "'version':'2026.11.0','version_latest':'2026.11.0','watchdog':true}}")
                            .replace('\'', '"'),
                    answer.readEntity(String.class));
        }
    }

    @Test
    void infoWithoutAnInstallationStillParses() {
        core.change(known -> CoreOptions.INITIAL);
        String info = text(200, call("/core/info").get());
        assertTrue(info.contains("\"version\":null"), info);
        assertTrue(info.contains("\"version_latest\":\"2026.11.0\""), info);
        assertTrue(info.contains("\"update_available\":false"), info);
        assertTrue(info.contains("\"image\":\"localhost/core\""), info);
    }

    @Test
    void onlyALaterVersionIsAnUpdate() {
        core.change(known -> known.withInstalled("2026.12.0", "localhost/core"));
        assertTrue(text(200, call("/core/info").get()).contains("\"update_available\":false"));
        core.change(known -> known.withInstalled("2026.9.4", "localhost/core"));
        assertTrue(text(200, call("/core/info").get()).contains("\"update_available\":true"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/core", "/homeassistant"})
    void statsAreThoseOfThePodAndARefusalWhenThereIsNone(String prefix) {
        assertEquals(
                "{\"result\":\"error\",\"message\":\"Home Assistant is not running\"}",
                text(400, call(prefix + "/stats").get()));
        post(prefix + "/start", null, 200);
        String zeros = "{\"result\":\"ok\",\"data\":{\"blk_read\":0,\"blk_write\":0,\"cpu_percent\":0.0,"
                + "\"memory_limit\":0,\"memory_percent\":0.0,\"memory_usage\":0,\"network_rx\":0,\"network_tx\":0}}";
        assertEquals(zeros, text(200, call(prefix + "/stats").get()));
        cluster.usage("homeassistant-0", new Cluster.Usage(0.125, 300 << 20));
        String used = text(200, call(prefix + "/stats").get());
        assertTrue(used.contains("\"cpu_percent\":12.5"), used);
        assertTrue(used.contains("\"memory_usage\":" + (300 << 20)), used);
        cluster.usage("homeassistant-0", new Cluster.Usage(0, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"port\": 0}; value must be at least 1 for dictionary value @ data['port']. Got 0",
                "{\"port\": 65536}; value must be at most 65535 for dictionary value @ data['port']. Got 65536",
                "{\"port\": \"x\"}; expected int for dictionary value @ data['port']. Got 'x'",
                "{\"boot\": \"perhaps\"}; expected boolean for dictionary value @ data['boot']. Got 'perhaps'",
                "{\"image\": \"no image\"}; not a valid value for dictionary value @ data['image']. Got 'no image'",
                "{\"image\": \"core:1\"}; not a valid value for dictionary value @ data['image']. Got 'core:1'",
                "{\"refresh_token\": 7}; not a valid value for dictionary value @ data['refresh_token']. Got 7",
                "{\"foo\": 1}; extra keys not allowed @ data['foo']. Got 1",
                "[]; expected a dictionary. Got []",
                "{; Invalid json",
            })
    void optionsSayWhatIsWrong(String body, String message) {
        CoreOptions before = core.options();
        for (String prefix : new String[] {"/core", "/homeassistant"}) {
            assertEquals(
                    "{\"result\":\"error\",\"message\":\"" + message + "\"}", post(prefix + "/options", body, 400));
        }
        assertEquals(before, core.options());
    }

    @Test
    void severalFaultsStandOnALineEach() {
        String said = post("/core/options", "{\"port\": 0, \"foo\": null}", 400);
        assertTrue(said.contains("extra keys not allowed @ data['foo']. Got None\\nvalue must be at least 1"), said);
    }

    @ParameterizedTest
    @CsvSource({"/core,true", "/core,false", "/homeassistant,true", "/homeassistant,false"})
    void whatCoreReportsAtItsStartIsTaken(String prefix, boolean isOld) {
        String body = isOld
                ? "{\"ssl\":true,\"port\":9001,\"refresh_token\":\"x\",\"watchdog\":false}"
                : "{\"ssl\":true,\"port\":9002,\"refresh_token\":null}";
        assertEquals(OK, post(prefix + "/options", body, 200));
        String info = text(200, call(prefix + "/info").get());
        assertTrue(info.contains("\"port\":" + (isOld ? 9001 : 9002)), info);
        assertTrue(info.contains("\"ssl\":true"), info);
        assertTrue(info.contains("\"watchdog\":" + !isOld), info);
    }

    @Test
    void everyOptionIsKept() {
        assertEquals(
                OK,
                post(
                        "/core/options",
                        "{\"boot\":\"off\",\"image\":\"registry.local:5000/a/b\",\"audio_output\":\"o\","
                                + "\"audio_input\":\"i\",\"backups_exclude_database\":1,\"duplicate_log_file\":\"yes\"}",
                        200));
        String info = text(200, call("/core/info").get());
        for (String part : new String[] {
            "\"boot\":false",
            "\"image\":\"registry.local:5000/a/b\"",
            "\"audio_output\":\"o\"",
            "\"audio_input\":\"i\"",
            "\"backups_exclude_database\":true",
            "\"duplicate_log_file\":true",
        }) {
            assertTrue(info.contains(part), part + " in " + info);
        }
        assertEquals(OK, post("/core/options", "{\"image\":null,\"audio_output\":null}", 200));
        info = text(200, call("/core/info").get());
        assertTrue(info.contains("\"image\":\"localhost/core\""), info);
        assertTrue(info.contains("\"audio_output\":null"), info);
        assertTrue(info.contains("\"audio_input\":\"i\""), info);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/core", "/homeassistant"})
    void theVerbsAnswerEmptyAndDoWhatTheySay(String prefix) {
        assertEquals(OK, post(prefix + "/start", null, 200));
        assertTrue(core.isRunning());
        String first = uid();
        assertEquals(OK, post(prefix + "/restart", "{\"safe_mode\": true, \"force\": false}", 200));
        String second = uid();
        assertTrue(!second.equals(first));
        assertEquals(OK, post(prefix + "/rebuild", "", 200));
        assertTrue(!uid().equals(second));
        assertEquals(OK, post(prefix + "/update", "{\"version\": \"2026.11.1\"}", 200));
        assertTrue(text(200, call(prefix + "/info").get()).contains("\"version\":\"2026.11.1\""));
        assertEquals(OK, post(prefix + "/stop", "{\"force\": true}", 200));
        assertEquals(Optional.empty(), core.pod());
    }

    @Test
    void anUpdateSaysWhatItCannotDo() {
        assertEquals(
                "{\"result\":\"error\",\"message\":\"Version 2026.11.0 of Home Assistant is already installed\"}",
                post("/core/update", null, 400));
        assertTrue(post("/core/update", "{\"version\": \"a b\"}", 400).contains("data['version']. Got 'a b'"));
        assertTrue(post("/core/update", "{\"background\": \"yes\"}", 400).contains("expected bool for"));
        assertTrue(post("/core/update", "{\"version\": \"2026.12.0\", \"backup\": true}", 503)
                .contains("\"error_key\":\"runtime_not_ready_error\""));
        assertTrue(post("/core/update", "{\"version\": \"2026.11.0\", \"background\": true}", 400)
                .contains("already installed"));
    }

    @Test
    void anUpdateInTheBackgroundAnswersWithItsJob() {
        String answer = post("/core/update", "{\"version\": \"2026.12.0\", \"background\": true}", 200);
        assertTrue(answer.matches("\\{\"result\":\"ok\",\"data\":\\{\"job_id\":\"[0-9a-f]{32}\"}}"), answer);
        Cluster port = cluster;
        assertTrue(port.watched(Kind.STATEFUL_SET)
                .await(Duration.ofSeconds(10), sets -> sets.find("homeassistant")
                        .map(set -> set.getSpec()
                                .getTemplate()
                                .getSpec()
                                .getContainers()
                                .getFirst()
                                .getImage())
                        .filter("localhost/core:2026.12.0"::equals))
                .isPresent());
        awaitIdle();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/core", "/homeassistant"})
    void theCheckAnswersWithItsOwnWords(String prefix) {
        judge(true, "2026-11-25T10:00:00.000000001Z Testing configuration at /config\n");
        assertEquals(OK, post(prefix + "/check", null, 200));
        judge(
                false,
                "2026-11-25T10:00:00.000000001Z \u001b[31mFailed config\u001b[0m\n2026-11-25T10:00:01Z   light: x\n");
        assertEquals(
                "{\"result\":\"error\",\"message\":\"Failed config\\n  light: x\"}",
                post(prefix + "/check", null, 400));
        judge(true, "2026-11-25T10:00:00Z ERROR:homeassistant.util.yaml.loader:could not find expected ':'\n");
        assertTrue(post(prefix + "/check", null, 400).contains("could not find expected ':'"));
        Cluster port = cluster;
        assertEquals(Optional.empty(), port.watched(Kind.POD).find("homeassistant-check"));
    }

    @Test
    void whatTheClusterRefusesIsSaid() {
        ApiFailure away = ApiFailure.Unavailable.cluster("The API server does not answer", new IOException());
        cluster.failOn("apply", away);
        assertEquals(
                "{\"result\":\"error\",\"message\":\"The API server does not answer\","
                        + "\"error_key\":\"cluster_unavailable_error\"}",
                post("/core/start", null, 503));
        cluster.recover();
        cluster.failOn("create pods", new ApiFailure.MissingPermission("create", "pods"));
        assertTrue(post("/core/check", null, 400)
                .contains("\"error_key\":\"missing_permission_error\",\"extra_fields\":{"));
    }

    @Test
    void aVerbMeetsAnotherOnesWorkWithARefusal() {
        String[] second = new String[1];
        cluster.before("scale statefulsets/homeassistant 1", () -> second[0] = post("/core/stop", null, 400));
        post("/core/start", null, 200);
        assertEquals(
                "{\"result\":\"error\",\"message\":\"Another job is running for job group home_assistant_core\"}",
                second[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/core", "/homeassistant"})
    void theLogIsTextWithItsCursor(String prefix) {
        assertEquals("", text(200, call(prefix + "/logs").get()));
        post(prefix + "/start", null, 200);
        cluster.logs(
                "homeassistant-0",
                "2026-11-25T10:00:00.000000001Z one\n2026-11-25T10:00:01.5Z \u001b[31mtwo\u001b[0m\n");
        try (Response answer =
                call(prefix + "/logs").header("Accept", "text/plain, */*").get()) {
            assertEquals(200, answer.getStatus());
            assertTrue(answer.getHeaderString("Content-Type").startsWith("text/plain"));
            assertTrue(!answer.getHeaderString("X-First-Cursor").contains(":"));
            assertEquals("no", answer.getHeaderString("X-Accel-Buffering"));
            assertEquals("one\n\u001b[31mtwo\u001b[0m\n", answer.readEntity(String.class));
        }
        assertEquals("one\ntwo\n", text(200, call(prefix + "/logs/latest").get()));
        assertTrue(
                text(200, call(prefix + "/logs").header("Accept", "text/x-log").get())
                        .startsWith("2026-11-25 10:00:00.000 homeassistant-0 homeassistant: one\n"));
        assertEquals(
                "one\n\u001b[31mtwo\u001b[0m\n",
                text(200, call(prefix + "/logs/boots/0").get()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/core/logs/boots/-1; Logs only contain 1 boots",
                "/homeassistant/logs/boots/-1/follow; Logs only contain 1 boots",
                "/core/logs/boots/7; Logs only contain 1 boots",
            })
    void aLogThatIsNotThereIsRefusedAsText(String path, String message) {
        post("/core/start", null, 200);
        try (Response answer = call(path).get()) {
            assertEquals(400, answer.getStatus());
            assertTrue(answer.getHeaderString("Content-Type").startsWith("text/plain"));
            assertEquals(message, answer.readEntity(String.class));
        }
        try (Response answer = call("/core/logs").header("Accept", "image/png").get()) {
            assertEquals(400, answer.getStatus());
            assertTrue(answer.readEntity(String.class).startsWith("Invalid content type requested."));
        }
    }

    @Test
    void anAppNeedsARoleForCore() {
        for (String path : new String[] {"/core/stats", "/core/logs", "/homeassistant/logs"}) {
            try (Response answer = target.path(path)
                    .request()
                    .header("X-Supervisor-Token", BACKUP_APP)
                    .get()) {
                assertEquals(403, answer.getStatus(), path);
            }
        }
        assertEquals(
                200,
                target.path("/core/info")
                        .request()
                        .header("X-Supervisor-Token", BACKUP_APP)
                        .get()
                        .getStatus());
    }

    /** The next check of the configuration ends so. */
    private void judge(boolean isValid, String log) {
        cluster.logs("homeassistant-check", log);
        Cluster port = cluster;
        boolean[] isDone = {false};
        cluster.onWrite(write -> {
            if (!isDone[0] && write.equals("create pods/homeassistant-check")) {
                isDone[0] = true;
                port.watched(Kind.POD)
                        .find("homeassistant-check")
                        .ifPresent(pod -> cluster.put(Kind.POD, SamplePod.checked(pod, isValid)));
            }
        });
    }

    private void awaitIdle() {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (jobs.isRunning(Core.GROUP) && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertEquals("2026.12.0", core.options().version());
    }

    private String uid() {
        return core.pod().orElseThrow().getMetadata().getUid();
    }

    private Invocation.Builder call(String path) {
        return target.path(path).request().header("X-Supervisor-Token", ADMINISTRATOR);
    }

    /** As Core and the CLI do: the content type is that of no JSON. */
    private String post(String path, String body, int status) {
        return text(status, call(path).post(body == null ? null : Entity.entity(body, "application/octet-stream")));
    }

    private static String text(int status, Response answer) {
        try (answer) {
            String text = answer.readEntity(String.class);
            assertEquals(status, answer.getStatus(), text);
            return text;
        }
    }

    /** A house on a cluster in memory. */
    @Singleton
    @Alternative
    @Priority(1)
    static class House {

        @Produces
        @Singleton
        Settings settings() throws IOException {
            return TestSettings.withCore(
                    TestSettings.of(Files.createTempDirectory("share")),
                    Optional.of("localhost/core"),
                    Optional.of("2026.11.0"),
                    "http://localhost:9/");
        }

        @Produces
        @Singleton
        Cluster cluster() {
            FakeCluster cluster = new FakeCluster();
            cluster.put(
                    Kind.SECRET,
                    new V1Secret()
                            .metadata(new V1ObjectMeta()
                                    .name(Tokens.ADMINISTRATOR_SECRET)
                                    .labels(Map.of("io.hass.managed", "true")))
                            .data(Map.of(Tokens.KEY, ADMINISTRATOR.getBytes(StandardCharsets.UTF_8))));
            return cluster;
        }

        @Produces
        @Singleton
        Callers callers() {
            return token -> token.equals(BACKUP_APP)
                    ? Optional.of(new Caller.App("local_a", true, Caller.Role.BACKUP, false, false))
                    : Optional.empty();
        }
    }
}
