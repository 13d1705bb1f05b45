package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import hakube.testing.ApiProxy;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty apps at a boot: phase by phase, and with few writes to the API server. */
class BootIT {

    private static final List<String> PHASES = List.of("initialize", "system", "services", "application");
    private static final int APPS = 50;
    private static final int MOST_WRITES = 10;

    @TempDir
    private Path folder;

    @Test
    void fiftyAppsStartInPhasesWithTenWritesEachAtMost() throws Exception {
        try (Space space = ControlPlane.namespace("boot");
                ApiProxy proxy = ApiProxy.before(space.supervisorKubeconfig(), folder);
                SupervisorProcess supervisor = new SupervisorProcess(space, folder)) {
            space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
            supervisor.with("SUPERVISOR_K8S_KUBECONFIG", proxy.kubeconfig().toString());
            for (int number = 0; number < APPS; number++) {
                supervisor.offer(name(number), manifest(number));
            }
            supervisor.startToRunning();
            supervisor
                    .ask("POST", "/core/options", "{\"boot\": false, \"watchdog\": false}")
                    .data();
            supervisor.post("/core/stop").data();
            for (int number = 0; number < APPS; number++) {
                supervisor
                        .post("/store/addons/local_" + name(number) + "/install")
                        .data();
            }
            assertEquals(0, supervisor.stop(), supervisor.log());
            proxy.forget();

            supervisor.startToRunning();

            List<ApiProxy.Asked> writes = proxy.asked().stream()
                    .filter(asked -> !asked.method().equals("GET"))
                    .toList();
            assertEquals(APPS, started(supervisor), supervisor.log());
            assertAreFew(writes);
            assertAreInPhases(writes);
        }
    }

    /** All writes of the boot, those for all apps together included, and those that name one app. */
    private static void assertAreFew(List<ApiProxy.Asked> writes) {
        System.out.println("boot of " + APPS + " apps: " + writes.size() + " writes, " + byKind(writes));
        assertTrue(writes.size() <= APPS * MOST_WRITES, writes.size() + " writes: " + byKind(writes));
        IntStream.range(0, APPS).forEach(number -> {
            List<ApiProxy.Asked> own = writes.stream()
                    .filter(write ->
                            write.path().matches(".*/local-" + name(number).replace('_', '-') + "(-env|/scale)?"))
                    .toList();
            assertTrue(own.size() <= MOST_WRITES && own.size() >= 4, own.toString());
        });
    }

    private static void assertAreInPhases(List<ApiProxy.Asked> writes) {
        List<Integer> order = new ArrayList<>();
        writes.stream()
                .filter(write -> write.path().matches(".*/local-sample-[0-9]+/scale"))
                .map(write -> Integer.parseInt(write.path().replaceAll(".*local-sample-([0-9]+)/scale", "$1")))
                .forEach(number -> order.add(number % PHASES.size()));
        assertEquals(APPS, order.size());
        assertEquals(order.stream().sorted().toList(), order);
    }

    private static Map<String, Long> byKind(List<ApiProxy.Asked> writes) {
        Map<String, Long> kinds = new TreeMap<>();
        writes.forEach(write -> kinds.merge(
                write.method() + " "
                        + write.path().replaceAll(".*/namespaces/[^/]+/", "").replaceAll("/[^/]+(/scale)?$", "$1"),
                1L,
                Long::sum));
        return kinds;
    }

    private static long started(SupervisorProcess supervisor) throws IOException {
        long started = 0;
        for (JsonElement app : supervisor.get("/addons").data().getAsJsonArray("addons")) {
            if (app.getAsJsonObject().get("state").getAsString().equals("started")) {
                started++;
            }
        }
        return started;
    }

    private static String name(int number) {
        return "sample_" + number;
    }

    private static String manifest(int number) {
        return """
                name: Sample %1$d
                version: "1.0"
                slug: %2$s
                description: One of fifty
                arch: [amd64, aarch64]
                image: localhost/hakube/busybox
                init: false
                startup: %3$s
                boot: auto
                map: [share:rw, app_config:rw]
                ports:
                  80/tcp: %4$d
                options: {level: info}
                schema: {level: str}
                """.formatted(number, name(number), PHASES.get(number % PHASES.size()), 20_000 + number);
    }
}
