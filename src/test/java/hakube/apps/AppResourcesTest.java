package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AppResourcesTest {

    private static final AppResources CHOSEN = new AppResources(Map.of("cpu", "100m"), Map.of("memory", "1Gi"));

    @Test
    void whatTheUserChoseLiesOverTheSettings() {
        assertEquals(
                new AppResources(Map.of("cpu", "100m", "memory", "64Mi"), Map.of("cpu", "2", "memory", "1Gi")),
                CHOSEN.over(Map.of("cpu", "1", "memory", "64Mi"), Map.of("cpu", "2")));
        assertEquals(AppResources.NONE, AppResources.NONE.over(Map.of(), Map.of()));
    }

    @Test
    void aRequestAboveALimitOfTheSettingsIsAConflict() {
        assertEquals(
                Optional.empty(), CHOSEN.over(Map.of(), Map.of("cpu", "0.1")).conflict());
        assertEquals(
                Optional.of("the request cpu: 100m is more than the limit 0.05 that applies"),
                CHOSEN.over(Map.of(), Map.of("cpu", "0.05")).conflict());
    }

    @Test
    void aFileGivesBackWhatWasWrittenAndNothingThatIsNoQuantity() {
        assertEquals(CHOSEN, AppResources.read(CHOSEN.json().orElseThrow()));
        assertEquals(AppResources.NONE, AppResources.read(null));
        assertEquals(
                new AppResources(Map.of(), Map.of("memory", "1Gi")),
                AppResources.read(Map.of("requests", Map.of("cpu", "much"), "limits", Map.of("memory", "1Gi"))));
        assertEquals(Optional.empty(), AppResources.NONE.json());
    }
}
