package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.state.SupervisorState;
import hakube.testing.Administrator;
import hakube.testing.ApiClient;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that have lost a part which they name. */
@HelidonTest
@AddBean(RestoreHouse.Parts.class)
@AddBean(RestoreHouse.class)
@AddConfig(key = "management.port", value = "0")
class MissingPartTest {

    private static final String KEPT = "local_kept";

    private final RestoreHouse house;
    private final ApiClient api;

    @Inject
    MissingPartTest(RestoreHouse house, WebTarget target) {
        this.house = house;
        this.api = new ApiClient(target.getUri());
    }

    @BeforeEach
    void whatWouldBeReplacedIsThere() throws IOException {
        house.fresh();
        house.run("kept", "");
        house.write("share/state", "old");
        house.write("addons/data/" + KEPT + "/state", "old");
        house.write("homeassistant/state", "old");
    }

    private static MadeBackup made() {
        return new MadeBackup()
                .core(RestoreHouse.CORE_VERSION, false, Map.of("state", "new"))
                .app(KEPT, "1.0.0", "started", "", Map.of("state", "new"))
                .folder("share", Map.of("state", "new"))
                .folder("addons/local", Map.of("state", "new"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"homeassistant", KEPT, "addons_local"})
    void oneIsNamedAndNothingIsTouched(String lost) throws IOException {
        Backup backup = house.backup(made().without(lost));
        house.cluster.forgetWrites();

        var failure =
                assertThrows(ApiFailure.BadRequest.class, () -> house.restorer.restore(backup, RestoreHouse.full()));

        String refusal = "Backup 0badcafe is damaged: it names " + lost
                + " as a part, which is not inside of it. Nothing was changed";
        assertEquals(refusal, failure.getMessage());
        assertEquals(Map.of("state", "old"), house.tree("share"));
        assertEquals("old", house.tree("addons/data/" + KEPT).get("state"));
        assertEquals("old", house.tree("homeassistant").get("state"));
        assertEquals(List.of(), house.cluster.writes(), "nothing was stopped");
        assertTrue(house.isRunning(KEPT));
        assertEquals(SupervisorState.RUNNING, house.state.current());
        assertFalse(Files.exists(house.folders.of(".restore")));
        assertEquals(
                "400 -: " + refusal,
                api.post("/backups/0badcafe/restore/preview", Administrator.TOKEN, "")
                        .failure());
    }

    @Test
    void allOfThemAreNamed() throws IOException {
        Backup backup = house.backup(made().without("share").without(KEPT));

        var failure =
                assertThrows(ApiFailure.BadRequest.class, () -> house.restorer.restore(backup, RestoreHouse.full()));

        assertTrue(failure.getMessage().contains(" it names local_kept, share as a part"), failure.getMessage());
    }

    @Test
    void thoseThatNobodyWantsDoNotMatter() throws IOException {
        Backup backup = house.backup(made().without(KEPT));
        house.restorer.restore(backup, RestoreHouse.partial(false, List.of(), Set.of("share"), ""));
        assertEquals(Map.of("state", "new"), house.tree("share"));
    }
}
