package hakube.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real Home Assistant Core takes an HTTP configuration back and restarts when nobody has confirmed it after five minutes. Here six
 * go by, and the Supervisor's own watch on Core looks three times.
 */
class CoreWatchSlowIT {

    private static final Duration WATCHED = Duration.ofMinutes(6);

    @TempDir
    private Path folder;

    @Test
    void aNewHomeKeepsItsProxiesAndHasNothingToRepair() throws Exception {
        try (JoinedCore joined = JoinedCore.in(folder, CoreHome.fresh())) {
            joined.supervisor().await("the promotion", JoinedCore.LIMIT, () -> joined.supervisor()
                    .log()
                    .contains("trusts the proxies of the settings from now on"));
            assertFalse(configuration(joined).contains("trusted_proxies"), configuration(joined));
            staysAsItIs(joined, 0);
        }
    }

    @Test
    void anExistingHomeKeepsItsProxiesAndHasNothingToRepair() throws Exception {
        try (JoinedCore joined = JoinedCore.in(folder, CoreHome.existing())) {
            joined.followTheTrial();
            staysAsItIs(joined, 1);
        }
    }

    /** @param restarts how often Core had to be restarted until now */
    private static void staysAsItIs(JoinedCore joined, int restarts) throws IOException {
        String before = config(joined);
        int connections = joined.connections();
        Instant end = Instant.now().plus(WATCHED);
        while (Instant.now().isBefore(end)) {
            assertEquals(before, config(joined));
            assertEquals(connections, joined.connections());
            LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
        }
        assertTrue(before.contains("[\"127.0.0.0/8\"]"), before);
        assertEquals(restarts, joined.proxy().of("POST", "/core/restart").size());
        assertEquals(List.of(), joined.repairsOf("http"));
        assertEquals(0, joined.times("Home Assistant does not answer"), joined.supervisor()::log);
        assertEquals(List.of(), joined.core().logged("homeassistant.components.http", "WARNING", "ERROR", "CRITICAL"));
    }

    /** What the Supervisor had written there before Core's first start. */
    private static String configuration(JoinedCore joined) throws IOException {
        return Files.readString(joined.supervisor().share().resolve("homeassistant/configuration.yaml"));
    }

    private static String config(JoinedCore joined) throws IOException {
        JsonObject config = joined.core().command("http/config", Map.of()).getAsJsonObject();
        return config.get("stable") + " " + config.get("pending") + " " + config.get("revert_at");
    }
}
