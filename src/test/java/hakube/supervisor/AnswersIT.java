package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import hakube.api.ContractShape;
import hakube.api.Endpoint;
import hakube.api.ServedRoutes;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every JSON route that is served answers with every key of the contract, each of its type: clients have no defaults. */
class AnswersIT {

    /** Only the app itself may ask, or Core alone could answer. */
    private static final Set<String> NOT_FOR_PEOPLE = Set.of("/addons/{app}/options/config", "/auth", "/auth/list");

    private static final String OFFERING = StartupIT.SAMPLE + """
            ingress: true
            services: ["mqtt:provide"]
            discovery: [mqtt]
            """;

    @TempDir
    private Path folder;

    private Space space;
    private SupervisorProcess supervisor;
    /** What stands for the places of a path, the longest names first. */
    private final Map<String, String> places = new LinkedHashMap<>();

    @BeforeEach
    void makeAnInstallationWithSomethingOfEverything() throws Exception {
        space = ControlPlane.namespace("answers");
        space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
        supervisor = new SupervisorProcess(space, folder);
        Files.writeString(
                supervisor.share().resolve("config.json"), "{\"feature_flags\": {\"supervisor_v2_api\": true}}");
        // A damaged file is an issue, a file in the way of an installation a job that failed.
        Files.writeString(supervisor.share().resolve("security.json"), "damaged");
        Files.createDirectories(supervisor.share().resolve("addons/data"));
        Files.writeString(supervisor.share().resolve("addons/data/local_second"), "in the way");
        Files.createDirectories(supervisor.share().resolve("backup"));
        try (InputStream backup = AnswersIT.class.getResourceAsStream("/hakube/backups/full-plain-gz.tar")) {
            Files.copy(backup, supervisor.share().resolve("backup/e8c0675c.tar"));
        }
        supervisor
                .offer("sample", OFFERING)
                .offer("second", StartupIT.SAMPLE.replace("slug: sample", "slug: second"))
                .startToRunning();
        supervisor.post("/store/addons/local_sample/install").data();
        supervisor.post("/addons/local_sample/start").data();
        places.put("/jobs/{uuid}", "/jobs/" + failInTheBackground());
        places.put("/discovery/{uuid}", "/discovery/" + offer());
        places.put("{issue}", firstIssue());
        places.putAll(Map.of(
                "{app}", "local_sample",
                "{repository}", "local",
                "{version}", "1.0",
                "{service}", "mqtt",
                "{interface}", "default",
                "{disk}", "default",
                "{slug}", "e8c0675c"));
    }

    @AfterEach
    void end() throws Exception {
        supervisor.close();
        space.close();
    }

    @Test
    void servedAnswersHaveEveryKeyOfTheContract() throws Exception {
        List<String> faults = new ArrayList<>();
        for (Endpoint endpoint : Endpoint.all()) {
            if (endpoint.method().equals("GET") && endpoint.response().startsWith("json: ")) {
                for (String path : endpoint.paths()) {
                    if (ServedRoutes.contains("GET", path) && !NOT_FOR_PEOPLE.contains(firstName(path))) {
                        check(endpoint, path, faults);
                    }
                }
            }
        }

        assertEquals(List.of(), faults);
    }

    private void check(Endpoint endpoint, String template, List<String> faults) throws IOException {
        String path = template;
        for (Map.Entry<String, String> place : places.entrySet()) {
            path = path.replace(place.getKey(), place.getValue());
        }
        path = path.replaceAll("\\{[^}]+}", "x1");
        SupervisorProcess.Answer answer = supervisor.ask("GET", path, "", tokenFor(endpoint, template));
        if (answer.status() != 200) {
            faults.add(path + " answers " + answer.status() + " " + answer.body());
            return;
        }
        for (String fault : ContractShape.faults(
                endpoint.response(),
                JsonParser.parseString(answer.body()).getAsJsonObject().get("data"),
                template.startsWith("/v2/") ? ContractShape.Version.V2 : ContractShape.Version.V1)) {
            faults.add(path + ": " + fault);
        }
    }

    private String failInTheBackground() throws IOException {
        return supervisor
                .ask("POST", "/store/addons/local_second/install", "{\"background\": true}")
                .data()
                .get("job_id")
                .getAsString();
    }

    private String firstIssue() throws IOException {
        return supervisor
                .get("/resolution/info")
                .data()
                .getAsJsonArray("issues")
                .get(0)
                .getAsJsonObject()
                .get("uuid")
                .getAsString();
    }

    /** The app tells of itself. @return the id of its message */
    private String offer() throws IOException {
        supervisor
                .ask(
                        "POST",
                        "/services/mqtt",
                        "{\"host\": \"local-sample\", \"port\": 7007, \"username\": \"u\", \"password\": \"p\"}",
                        app())
                .data();
        return supervisor
                .ask("POST", "/discovery", "{\"service\": \"mqtt\", \"config\": {\"port\": 7007}}", app())
                .data()
                .get("uuid")
                .getAsString();
    }

    /** Who may ask this. */
    private String tokenFor(Endpoint endpoint, String path) throws IOException {
        if (endpoint.role().equals("never-addon")) {
            return space.secret("homeassistant-token", "token").orElseThrow();
        }
        return firstName(path).equals("/services/{service}") ? app() : supervisor.token();
    }

    /** What version 1 calls it. */
    private static String firstName(String path) {
        return path.replaceFirst("^/v2/", "/").replaceFirst("^/apps/", "/addons/");
    }

    private String app() throws IOException {
        return space.secret("local-sample-env", "SUPERVISOR_TOKEN").orElseThrow();
    }
}
