package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import hakube.testing.ControlPlane;
import hakube.testing.HostileApps;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Twenty hostile apps and a good one, in the heap that the image has. */
class HostileAppsIT {

    private static final int LONGEST_LINE = 1200;

    @TempDir
    private Path folder;

    @Test
    void theGoodAppAmongHostileOnesIsInstalledAndStarts() throws Exception {
        try (Space space = ControlPlane.namespace("hostile");
                SupervisorProcess supervisor = new SupervisorProcess(space, folder)) {
            space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
            Set<String> hostile = HostileApps.in(supervisor.share().resolve("addons/local"));
            supervisor.offer("sample", StartupIT.SAMPLE).startToRunning();

            JsonArray offered = supervisor.get("/store/addons").data().getAsJsonArray("addons");
            assertEquals(1, offered.size(), offered.toString());
            assertEquals(
                    200, supervisor.post("/store/addons/local_sample/install").status());
            assertEquals(200, supervisor.post("/addons/local_sample/start").status());
            JsonArray listed = supervisor.get("/addons").data().getAsJsonArray("addons");
            assertEquals("started", listed.get(0).getAsJsonObject().get("state").getAsString());
            assertEquals(200, supervisor.post("/store/reload").status());

            List<String> told = supervisor
                    .log()
                    .lines()
                    .filter(line -> line.contains("Cannot use"))
                    .toList();
            assertTrue(told.size() <= hostile.size(), supervisor.log());
            assertTrue(told.stream().allMatch(line -> line.length() <= LONGEST_LINE), supervisor.log());
            assertTrue(
                    supervisor.log().lines().allMatch(line -> line.startsWith("20") || line.startsWith("    ")),
                    supervisor.log());
        }
    }
}
