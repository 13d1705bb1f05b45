package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rebuild of an app that has an image, as clients ask for it. */
@AppHouse.Served
class AppRebuildTest {

    private static final String FROST = "local_frost";
    private static final String FORCE = "{\"force\": true}";

    private final AppHouse house;

    @Inject
    AppRebuildTest(AppHouse house) {
        this.house = house;
    }

    @BeforeEach
    void oneAppIsInstalled() {
        house.install("frost", "");
    }

    @Test
    void itIsRefusedAsUpstreamDoes() throws IOException {
        house.cluster().forgetWrites();
        assertEquals(
                "400 app_rebuild_image_based_error: Cannot rebuild app local_frost, it is image-based",
                rebuild("{}").failure());
        assertEquals(
                "400 -: extra keys not allowed @ data['now']. Got True",
                rebuild("{\"now\": true}").failure());
        house.offer("frost", "2.0.0", "");
        assertEquals(
                "400 app_rebuild_version_changed_error: Cannot rebuild app local_frost, its version has changed;"
                        + " update it instead",
                rebuild(FORCE).failure());
        house.withdraw("frost");
        assertEquals(
                "400 app_not_in_store_error: App local_frost is not available inside store",
                rebuild(FORCE).failure());
        assertEquals(List.of(), house.cluster().writes());
    }

    @Test
    void withForceItIsAStartThatPullsAnew() {
        house.post("/addons/local_frost/start", "").data();
        String token = house.tokenOf(FROST);
        assertEquals("IfNotPresent", policy());

        assertEquals(0, rebuild(FORCE).data().size());

        assertEquals("Always", policy());
        assertEquals("started", house.data("/addons/local_frost/info").getString("state"));
        assertNotEquals(token, house.tokenOf(FROST));
        house.post("/addons/local_frost/restart", "").data();
        assertEquals("IfNotPresent", policy());
    }

    @Test
    void whatDoesNotRunHasNothingToPull() {
        house.cluster().forgetWrites();
        assertEquals(
                "400 app_not_running_error: App local_frost is not running",
                rebuild(FORCE).failure());
        assertEquals(List.of(), house.cluster().writes());
        assertEquals("stopped", house.data("/addons/local_frost/info").getString("state"));
    }

    private AppHouse.Answer rebuild(String body) {
        return house.post("/addons/local_frost/rebuild", body);
    }

    private String policy() {
        return house.container(FROST).getImagePullPolicy();
    }
}
