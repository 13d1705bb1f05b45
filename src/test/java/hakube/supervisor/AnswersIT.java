package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import hakube.api.ContractShape;
import hakube.api.Endpoint;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every JSON route that is served answers with every key of the contract, each of its type: clients have no defaults. */
class AnswersIT {

    /** Only the app itself may ask. */
    private static final Set<String> NOT_FOR_PEOPLE = Set.of("/addons/{app}/options/config");

    /** What issue by issue becomes more; a route that is lost is a fault. */
    private static final int LEAST = 16;

    @TempDir
    private Path folder;

    @Test
    void servedAnswersHaveEveryKeyOfTheContract() throws Exception {
        try (Space space = ControlPlane.namespace("answers");
                SupervisorProcess supervisor = new SupervisorProcess(space, folder)) {
            space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
            supervisor.offer("sample", StartupIT.SAMPLE).startToRunning();
            supervisor.post("/store/addons/local_sample/install").data();
            supervisor.post("/addons/local_sample/start").data();

            List<String> faults = new ArrayList<>();
            List<String> served = new ArrayList<>();
            for (Endpoint endpoint : Endpoint.all()) {
                if (endpoint.method().equals("GET")
                        && endpoint.response().startsWith("json: ")
                        && endpoint.v1()
                                .filter(path -> !NOT_FOR_PEOPLE.contains(path))
                                .isPresent()) {
                    check(supervisor, endpoint, faults, served);
                }
            }

            assertEquals(List.of(), faults);
            assertTrue(served.size() >= LEAST, served::toString);
        }
    }

    private static void check(SupervisorProcess supervisor, Endpoint endpoint, List<String> faults, List<String> served)
            throws Exception {
        String path = endpoint.v1()
                .orElseThrow()
                .replace("{app}", "local_sample")
                .replace("{repository}", "local")
                .replace("{version}", "1.0")
                .replaceAll("\\{[^}]+}", "x1");
        SupervisorProcess.Answer answer = supervisor.get(path);
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
