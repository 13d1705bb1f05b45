package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import hakube.api.ContractShape;
import hakube.api.Endpoint;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route that changes something and answers with more than that it did, in both versions: the keys of the contract. */
class WrittenAnswersIT {

    private static final Duration JOBS = Duration.ofSeconds(120);

    @TempDir
    private static Path folder;

    private static Space space;
    private static SupervisorProcess supervisor;
    private static int version;

    /** A route in one of its versions. */
    record Call(Endpoint endpoint, String path) {

        /** What version 1 calls it. */
        String name() {
            return path.replaceFirst("^/v2/", "/").replaceFirst("/apps/", "/addons/");
        }

        @Override
        public String toString() {
            return endpoint.method() + " " + path;
        }
    }

    @BeforeAll
    static void furnish() throws Exception {
        space = ControlPlane.namespace("written");
        space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
        supervisor = new SupervisorProcess(space, folder);
        // Nothing answers in a simulated pod, so that the wait for Core has to be short.
        supervisor.with("SUPERVISOR_CORE_START_TIMEOUT", "PT2S");
        Files.writeString(
                supervisor.share().resolve("config.json"), "{\"feature_flags\": {\"supervisor_v2_api\": true}}");
        supervisor
                .offer("sample", sample("1.0"))
                .offer("other", StartupIT.SAMPLE.replace("slug: sample", "slug: other"))
                .startToRunning();
        supervisor.post("/store/addons/local_sample/install").data();
        supervisor.post("/addons/local_sample/start").data();
    }

    @AfterAll
    static void end() throws Exception {
        try (Space first = space;
                SupervisorProcess second = supervisor) {
            // The last is closed first.
        }
    }

    static Stream<Call> calls() {
        return Endpoint.all().stream()
                .filter(row -> !row.method().equals("GET"))
                .filter(row ->
                        row.response().startsWith("json: ") && !row.response().startsWith("json: {}"))
                .flatMap(row -> row.paths().stream().map(path -> new Call(row, path)))
                // Until backups are written.
                .filter(call -> !call.name().startsWith("/backups"));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void theAnswerHasEveryKeyOfTheContract(Call call) throws Exception {
        String newest = "1." + ++version;
        if (call.name().contains("/update")) {
            supervisor.offer("sample", sample(newest));
            supervisor.post("/store/reload").data();
        }

        SupervisorProcess.Answer answer = supervisor.ask(
                call.endpoint().method(),
                call.path()
                        .replace("{app}", call.name().contains("/install") ? "local_other" : "local_sample")
                        .replace("{version}", call.name().contains("/install") ? "1.0" : newest)
                        .replace("{revision}", call.path().contains("{revision}") ? revision() : ""),
                body(call),
                token(call));

        assertEquals(200, answer.status(), answer::body);
        assertEquals(
                List.of(),
                ContractShape.faults(
                        call.endpoint().response(),
                        JsonParser.parseString(answer.body()).getAsJsonObject().get("data"),
                        call.path().startsWith("/v2/") ? ContractShape.Version.V2 : ContractShape.Version.V1));
        supervisor.await("the end of all jobs", JOBS, WrittenAnswersIT::areJobsDone);
        if (call.name().contains("/install")) {
            supervisor.post("/addons/local_other/uninstall").data();
        }
    }

    /** The newest one that an update has replaced; the table has those before. */
    private static String revision() throws IOException {
        return supervisor
                .get("/addons/local_sample/revisions")
                .data()
                .getAsJsonArray("revisions")
                .get(0)
                .getAsJsonObject()
                .get("revision")
                .getAsString();
    }

    private static String body(Call call) {
        if (call.name().equals("/discovery")) {
            return "{\"service\": \"mqtt\", \"config\": {\"port\": 7007}}";
        }
        if (call.name().startsWith("/core/") || call.name().startsWith("/homeassistant/")) {
            return "{\"background\": true, \"version\": \"2026.11." + version + "\"}";
        }
        return call.endpoint().request().contains("background:") ? "{\"background\": true}" : "{}";
    }

    private static String token(Call call) throws IOException {
        return switch (call.name()) {
            case "/discovery" ->
                space.secret("local-sample-env", "SUPERVISOR_TOKEN").orElseThrow();
            case "/ingress/session" ->
                space.secret("homeassistant-token", "token").orElseThrow();
            default -> supervisor.token();
        };
    }

    private static boolean areJobsDone() {
        try {
            return StreamSupport.stream(
                            supervisor
                                    .get("/jobs/info")
                                    .data()
                                    .getAsJsonArray("jobs")
                                    .spliterator(),
                            false)
                    .map(JsonElement::getAsJsonObject)
                    .allMatch(job -> job.get("done").getAsBoolean());
        } catch (IOException failure) {
            return false;
        }
    }

    private static String sample(String number) {
        return StartupIT.SAMPLE.replace("version: \"1.0\"", "version: \"" + number + "\"") + "discovery: [mqtt]\n";
    }
}
