package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import hakube.api.ContractShape;
import hakube.api.Endpoint;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

    /** What issue by issue becomes more; a route that is lost is a fault. */
    private static final int LEAST = 21;

    @TempDir
    private Path folder;

    @Test
    void servedAnswersHaveEveryKeyOfTheContract() throws Exception {
        try (Space space = ControlPlane.namespace("answers");
                SupervisorProcess supervisor = new SupervisorProcess(space, folder)) {
            space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
            supervisor.offer("sample", OFFERING).startToRunning();
            supervisor.post("/store/addons/local_sample/install").data();
            supervisor.post("/addons/local_sample/start").data();
            Callers callers = new Callers(supervisor);
            String message = callers.offer();

            List<String> faults = new ArrayList<>();
            List<String> served = new ArrayList<>();
            for (Endpoint endpoint : Endpoint.all()) {
                if (endpoint.method().equals("GET")
                        && endpoint.response().startsWith("json: ")
                        && endpoint.v1()
                                .filter(path -> !NOT_FOR_PEOPLE.contains(path))
                                .isPresent()) {
                    check(supervisor, callers, message, endpoint, faults, served);
                }
            }

            assertEquals(List.of(), faults);
            assertTrue(served.size() >= LEAST, served::toString);
        }
    }

    /** Who may ask what. */
    private record Callers(SupervisorProcess supervisor) {

        /** The app tells of itself. @return the id of its message */
        String offer() throws IOException {
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

        String tokenFor(Endpoint endpoint) throws IOException {
            if (endpoint.role().equals("never-addon")) {
                return supervisor.space().secret("homeassistant-token", "token").orElseThrow();
            }
            return endpoint.v1().orElseThrow().equals("/services/{service}") ? app() : supervisor.token();
        }

        private String app() throws IOException {
            return supervisor
                    .space()
                    .secret("local-sample-env", "SUPERVISOR_TOKEN")
                    .orElseThrow();
        }
    }

    private static void check(
            SupervisorProcess supervisor,
            Callers callers,
            String message,
            Endpoint endpoint,
            List<String> faults,
            List<String> served)
            throws Exception {
        String path = endpoint.v1()
                .orElseThrow()
                .replace("{app}", "local_sample")
                .replace("{repository}", "local")
                .replace("{version}", "1.0")
                .replace("{service}", "mqtt")
                .replace("/discovery/{uuid}", "/discovery/" + message)
                .replaceAll("\\{[^}]+}", "x1");
        SupervisorProcess.Answer answer = supervisor.ask("GET", path, "", callers.tokenFor(endpoint));
        if (Set.of("runtime_not_ready_error", "runtime_not_supported_error").contains(answer.text("error_key"))) {
            return;
        }
        if (answer.status() != 200) {
            faults.add(path + " answers " + answer.status() + " " + answer.body());
            return;
        }
        served.add(path);
        ContractShape.faults(
                        endpoint.response(),
                        JsonParser.parseString(answer.body()).getAsJsonObject().get("data"))
                .forEach(fault -> faults.add(path + ": " + fault));
    }
}
