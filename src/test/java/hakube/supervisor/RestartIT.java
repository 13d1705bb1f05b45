package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restart that was asked for by the API: the answer comes, then the process ends in good order. */
class RestartIT {

    @TempDir
    private Path folder;

    @Test
    void theProcessEndsWithZeroAndKnowsItsOptionsAfterwards() throws Exception {
        try (Space space = ControlPlane.namespace("restart");
                SupervisorProcess supervisor = new SupervisorProcess(space, folder)) {
            space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
            supervisor.startToRunning();
            String own = supervisor.get("/supervisor/logs/latest").body();
            assertTrue(own.contains("INFO     state: Supervisor is now in state running"), own);
            supervisor
                    .ask("POST", "/supervisor/options", "{\"timezone\": \"Europe/Berlin\", \"logging\": \"debug\"}")
                    .data();

            supervisor.post("/supervisor/restart").data();

            long pid = supervisor.pid();
            supervisor.await("the end of the process", Duration.ofSeconds(30), () -> ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .isEmpty());
            assertEquals(0, supervisor.stop(), supervisor.log());
            supervisor.startToRunning();
            JsonObject info = supervisor.get("/supervisor/info").data();
            assertEquals("Europe/Berlin", info.get("timezone").getAsString());
            assertEquals("debug", info.get("logging").getAsString());
        }
    }
}
